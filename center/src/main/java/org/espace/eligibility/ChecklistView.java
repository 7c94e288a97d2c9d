package org.espace.eligibility;

import java.time.LocalDate;
import java.util.List;
import org.espace.partners.Location;
import org.espace.partners.Partner;
import org.espace.terms.Names;
import org.jspecify.annotations.Nullable;

/**
 * What the page of requirements shows.
 *
 * @param places the locations of which the reader may see this program
 * @param now what holds of the chosen day as we know it today; null without terms for that day
 * @param then what we answered at the end of that day; null when it is today
 */
public record ChecklistView(
        Partner partner,
        String program,
        Names name,
        List<Location> places,
        Location location,
        LocalDate day,
        LocalDate today,
        @Nullable Checklist now,
        @Nullable Checklist then) {

    /** @param version of the program that asks */
    public record Checklist(String version, Verdict verdict, LocalDate since, List<Line> lines) {}

    /** @param choices how each of the choices stands, of which one is enough */
    public record Line(Answer answer, List<Answer> choices) {}

    public boolean isToday() {
        return day.equals(today);
    }
}
