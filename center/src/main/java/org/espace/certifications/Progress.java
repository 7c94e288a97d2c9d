package org.espace.certifications;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.espace.certifications.Definition.ByGoals;
import org.espace.certifications.Definition.ByPoints;
import org.espace.certifications.Definition.Figure;
import org.espace.certifications.Definition.Goal;
import org.espace.certifications.Definition.Level;
import org.jspecify.annotations.Nullable;

/**
 * Where a company stands with a definition on a day.
 *
 * @param figures what is counted of it, by code
 * @param lacks what it would have to have attained before
 * @param levels empty for what is proved by points
 * @param score null for what is proved by goals
 * @param qualifiedOn the last day of the window on which its points were enough; null for none
 */
public record Progress(
        Definition definition,
        Facts facts,
        LocalDate day,
        Map<String, BigDecimal> figures,
        Set<String> lacks,
        List<OfLevel> levels,
        @Nullable Score score,
        @Nullable LocalDate qualifiedOn) {

    public record OfGoal(Goal goal, Figure figure, BigDecimal has, BigDecimal needs) {

        public boolean isReached() {
            return has.compareTo(needs) >= 0;
        }

        public BigDecimal missing() {
            return needs.subtract(has).max(BigDecimal.ZERO);
        }

        /** One person less, and it is not reached any more. */
        boolean hangsOnEverybody() {
            return figure.certified() != null && has.compareTo(needs) == 0;
        }
    }

    public record OfLevel(Level level, List<OfGoal> goals) {

        public boolean isReached() {
            return goals.stream().allMatch(OfGoal::isReached);
        }
    }

    /** @param attained codes that the company holds on the day */
    static Progress of(Definition definition, Facts facts, String country, Set<String> attained, LocalDate day) {
        var figures = facts.figures(definition, day);
        var lacks = new TreeSet<>(definition.holds());
        lacks.removeAll(attained);
        return switch (definition.ways()) {
            case ByGoals(var levels) ->
                new Progress(
                        definition,
                        facts,
                        day,
                        figures,
                        lacks,
                        levels.stream()
                                .map(level -> level(definition, level, figures, country))
                                .toList(),
                        null,
                        null);
            case ByPoints points ->
                new Progress(
                        definition,
                        facts,
                        day,
                        figures,
                        lacks,
                        List.of(),
                        Score.of(points, figures),
                        qualifiedOn(definition, points, facts, day).orElse(null));
        };
    }

    private static OfLevel level(Definition definition, Level level, Map<String, BigDecimal> figures, String country) {
        return new OfLevel(
                level,
                level.goals().stream()
                        .map(goal -> new OfGoal(
                                goal,
                                Objects.requireNonNull(definition.figures().get(goal.figure())),
                                figures.getOrDefault(goal.figure(), BigDecimal.ZERO),
                                goal.atLeast(country)))
                        .toList());
    }

    /** Points stand still between two changes, so the days of change are all that is looked at. */
    private static Optional<LocalDate> qualifiedOn(Definition definition, ByPoints points, Facts facts, LocalDate day) {
        var until = day;
        var days = new ArrayList<>(facts.changes(window(points, day), day)).reversed();
        for (var change : days) {
            if (Score.of(points, facts.figures(definition, change)).qualifies()) {
                return Optional.of(until);
            }
            until = change.minusDays(1);
        }
        return Optional.empty();
    }

    static LocalDate window(ByPoints points, LocalDate day) {
        return day.withDayOfMonth(1).minusMonths(points.monthsBack());
    }

    /** @param level null where there are no levels */
    boolean qualifies(@Nullable String level) {
        return lacks.isEmpty()
                && (score == null
                        ? levels.stream()
                                .anyMatch(one -> Objects.equals(one.level().code(), level) && one.isReached())
                        : level == null && qualifiedOn != null);
    }

    /** Levels that the company could attain today, the highest first; null stands for what has no levels. */
    public List<@Nullable String> open() {
        var open = new ArrayList<@Nullable String>();
        if (score != null) {
            if (qualifies(null)) {
                open.add(null);
            }
            return open;
        }
        levels.reversed().stream()
                .map(one -> one.level().code())
                .filter(this::qualifies)
                .forEach(open::add);
        return open;
    }

    /** A level that is reached and rests on every single one of its people. */
    boolean hangsOnEverybody(@Nullable String level) {
        return levels.stream()
                .filter(one -> Objects.equals(one.level().code(), level) && one.isReached())
                .anyMatch(one -> one.goals().stream().anyMatch(OfGoal::hangsOnEverybody));
    }
}
