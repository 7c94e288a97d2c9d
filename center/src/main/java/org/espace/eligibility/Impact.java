package org.espace.eligibility;

import java.util.List;
import java.util.Map;
import org.espace.partners.Location;
import org.espace.terms.Condition;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would change if it held instead of the terms that do.
 *
 * @param standing the version that it is compared with; null when the program is new
 * @param counts how many locations have which verdict before and after
 * @param moves the locations whose verdict would be another, by location
 * @param conditions of the draft, in its order
 */
public record Impact(
        Terms draft,
        @Nullable String standing,
        Map<Change, Integer> counts,
        List<Move> moves,
        List<OfCondition> conditions) {

    /** @param before null when the program is new */
    public record Change(@Nullable Verdict before, Verdict after) {}

    /** @param missing the conditions of the draft that are not met */
    public record Move(Location location, Change change, List<Condition> missing) {}

    /** @param alone how many locations it keeps out that meet everything else */
    public record OfCondition(Condition condition, int met, int notMet, int notYetKnown, int alone) {}

    public int comeIn() {
        return moving(Verdict.ELIGIBLE, true);
    }

    public int goOut() {
        return moving(Verdict.ELIGIBLE, false);
    }

    public int stay() {
        return counts.getOrDefault(new Change(Verdict.ELIGIBLE, Verdict.ELIGIBLE), 0);
    }

    private int moving(Verdict verdict, boolean into) {
        return counts.entrySet().stream()
                .filter(entry -> (entry.getKey().after() == verdict) == into
                        && (entry.getKey().before() == verdict) != into)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
