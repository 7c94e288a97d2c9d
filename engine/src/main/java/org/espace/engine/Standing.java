package org.espace.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;

/** How a location stands with one program, day by day: which version rates its sales, or why none does. */
final class Standing {

    final short program;
    private final Stretch[] stretches;
    private int at;

    /** Where what was sold under it last is added up. */
    long soldKey = -1;

    int soldAt;

    private Standing(int program, List<Stretch> stretches) {
        this.program = (short) program;
        this.stretches = stretches.toArray(Stretch[]::new);
    }

    /**
     * Days on which nothing changes.
     *
     * @param terms the version in force, 0 for none
     * @param here what rates sales; null when {@code reason} says why nothing does
     * @param watching versions that compare periods, and only look at the sales of these days
     */
    record Stretch(
            int from, int until, short terms, @Nullable Here here, short reason, List<Here> watching) {}

    /** A version as it is for a location. */
    record Here(
            Rulebook.Version version,
            Facts.Location location,
            Conversion conversion,
            Matrix.Cells cells,
            Credit credit) {}

    /** @param here finds what a version is for a location for which conditions hold */
    static Standing of(
            int program,
            Facts.Location location,
            List<Rulebook.Version> versions,
            BiFunction<Rulebook.Version, LocalDate, Here> here) {
        var open =
                versions.stream().filter(version -> version.isOpenTo(location)).toList();
        var days = days(program, location, versions);
        var stretches = new ArrayList<Stretch>();
        for (var i = 0; i < days.size(); i++) {
            var day = days.get(i);
            var until = i + 1 < days.size() ? (int) days.get(i + 1).toEpochDay() : Integer.MAX_VALUE;
            var version = inForce(versions, day);
            var reason = reason(program, location, version, day);
            var watching = new ArrayList<Here>(0);
            for (var one : open) {
                if (one == version ? reason != null && one.looksBack() : one.watches(day)) {
                    watching.add(here.apply(one, day));
                }
            }
            stretches.add(new Stretch(
                    i == 0 ? Integer.MIN_VALUE : (int) day.toEpochDay(),
                    until,
                    version == null ? 0 : version.id,
                    version == null || reason != null ? null : here.apply(version, day),
                    reason == null ? 0 : reason.number(),
                    watching));
        }
        return new Standing(program, stretches);
    }

    private static Rulebook.@Nullable Version inForce(List<Rulebook.Version> versions, LocalDate day) {
        for (var version : versions) {
            if (version.terms.effective().contains(day)) {
                return version;
            }
        }
        return null;
    }

    Stretch on(int day) {
        var stretch = stretches[at];
        while (day < stretch.from) {
            stretch = stretches[--at];
        }
        while (day >= stretch.until) {
            stretch = stretches[++at];
        }
        return stretch;
    }

    static boolean holds(Facts.Location location, Requirement requirement, LocalDate day, boolean wholeMonths) {
        return location.holdings().stream()
                .anyMatch(holding ->
                        meets(holding, requirement) && contains(holding.since(), holding.until(), day, wholeMonths));
    }

    /** Whether it is what is required, on the days on which it is held. */
    static boolean meets(Facts.Holding holding, Requirement requirement) {
        return holding.kind() == requirement.kind()
                && requirement.anyOf().contains(holding.code())
                && isEnough(holding.level(), requirement.level());
    }

    private static boolean isEnough(@Nullable String held, @Nullable String asked) {
        return asked == null || (held != null && Requirement.LEVELS.indexOf(held) >= Requirement.LEVELS.indexOf(asked));
    }

    private static @Nullable Reason reason(
            int program, Facts.Location location, Rulebook.@Nullable Version version, LocalDate day) {
        var wholeMonths = version != null && version.terms.wholeMonths();
        if (!isEnrolled(program, location, day, wholeMonths)) {
            return Reason.NOT_ENROLLED_THEN;
        }
        if (version == null) {
            return Reason.NO_TERMS;
        }
        if (!version.isOpenTo(location)) {
            return Reason.NOT_OPEN;
        }
        for (var requirement : version.terms.requires()) {
            if (!holds(location, requirement, day, wholeMonths)) {
                return Reason.missing(requirement.kind());
            }
        }
        return null;
    }

    private static boolean isEnrolled(int program, Facts.Location location, LocalDate day, boolean wholeMonths) {
        for (var enrollment : location.enrollments()) {
            if (enrollment.program() == program && contains(enrollment.since(), enrollment.until(), day, wholeMonths)) {
                return true;
            }
        }
        return false;
    }

    static boolean contains(LocalDate since, @Nullable LocalDate until, LocalDate day, boolean wholeMonths) {
        var from = wholeMonths ? since.withDayOfMonth(1) : since;
        return !day.isBefore(from) && (until == null || day.isBefore(until));
    }

    /** Every day from which on something may be different, after one before them all. */
    private static List<LocalDate> days(int program, Facts.Location location, List<Rulebook.Version> versions) {
        var days = new TreeSet<LocalDate>();
        days.add(LocalDate.EPOCH.minusYears(1000));
        for (var version : versions) {
            days.add(version.watchFrom);
            days.add(version.terms.effective().from());
            days.add(version.terms.effective().until());
        }
        for (var enrollment : location.enrollments()) {
            if (enrollment.program() == program) {
                add(days, enrollment.since(), enrollment.until());
            }
        }
        for (var holding : location.holdings()) {
            add(days, holding.since(), holding.until());
        }
        return List.copyOf(days);
    }

    private static void add(Set<LocalDate> days, LocalDate since, @Nullable LocalDate until) {
        days.add(since);
        days.add(since.withDayOfMonth(1));
        if (until != null) {
            days.add(until);
        }
    }
}
