package org.espace.eligibility;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.espace.partners.Location;
import org.espace.terms.Condition;
import org.espace.terms.Names;
import org.jspecify.annotations.Nullable;

/**
 * Who may join one program, and what keeps the others out.
 *
 * @param conditions of the terms that hold, with how many locations stand how to each
 * @param rows those of the page
 * @param found how many there are on all pages
 */
public record RollView(
        String program,
        Names name,
        String version,
        List<OfCondition> conditions,
        List<Row> rows,
        int found,
        int pages,
        RollFilter filter) {

    public record OfCondition(Condition condition, Map<Answer.State, Integer> counts) {

        public int count(Answer.State state) {
            return counts.getOrDefault(state, 0);
        }
    }

    /** @param missing the conditions that are not met; filled for the rows of a page */
    public record Row(Location location, Verdict verdict, LocalDate since, List<Answer> missing) {}

    public String path() {
        return "/console/eligibility/" + program;
    }

    public String verdict() {
        return filter.verdict().map(Verdict::code).orElse("");
    }

    public String text() {
        return filter.text();
    }

    public int number() {
        return Math.min(filter.page(), pages - 1) + 1;
    }

    public String csv() {
        return path() + "/locations.csv" + filter.query(0);
    }

    public @Nullable String before() {
        return number() > 1 ? path() + filter.query(number() - 2) : null;
    }

    public @Nullable String after() {
        return number() < pages ? path() + filter.query(number()) : null;
    }
}
