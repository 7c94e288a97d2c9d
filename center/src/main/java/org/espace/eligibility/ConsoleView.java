package org.espace.eligibility;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many locations may join which program. */
public record ConsoleView(List<OfProgram> programs, Optional<Instant> asOf) {

    public record OfProgram(String program, String name, Map<Verdict, Integer> counts) {

        public int count(Verdict verdict) {
            return counts.getOrDefault(verdict, 0);
        }

        public int all() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
