package org.espace.certifications;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.terms.Names;
import org.jspecify.annotations.Nullable;

/**
 * What a company has to prove for a competency, a designation or a specialization, as the vendor has written it.
 *
 * @param months for how long it is attained, until its anniversary; then it is to be proved again
 * @param figures what is counted of a company, by code
 * @param holds designations or competencies that the company has attained already
 */
public record Definition(
        Kind kind,
        String code,
        String version,
        Names name,
        LocalDate effective,
        int months,
        Map<String, Figure> figures,
        Set<String> holds,
        Ways ways) {

    public enum Kind {
        COMPETENCY,
        DESIGNATION,
        SPECIALIZATION
    }

    /** How it is proved. */
    public sealed interface Ways {}

    /** Each level by goals that are all reached on one day; the lowest level first. */
    public record ByGoals(List<Level> levels) implements Ways {

        public ByGoals {
            levels = List.copyOf(levels);
        }
    }

    /**
     * By points: the better track counts.
     *
     * @param atLeast to qualify, with every metric of the track above zero
     * @param monthsBack qualified on any day of this month and so many before it is qualified
     */
    public record ByPoints(BigDecimal atLeast, int monthsBack, List<Track> tracks) implements Ways {

        public ByPoints {
            tracks = List.copyOf(tracks);
        }
    }

    /** @param certified for a figure that counts people: with which certificates; null where a provider measures it */
    public record Figure(String code, Names name, @Nullable Certified certified) {}

    /**
     * Which certificates count; a person counts once however many they have.
     *
     * @param anyOf codes; empty for all of the level
     */
    public record Certified(Set<String> anyOf, @Nullable String level) {

        public Certified {
            anyOf = Set.copyOf(anyOf);
        }

        boolean counts(String certification, String ofLevel) {
            return (anyOf.isEmpty() || anyOf.contains(certification)) && (level == null || level.equals(ofLevel));
        }
    }

    /** @param code null where there is one level alone */
    public record Level(@Nullable String code, List<Goal> goals) {

        public Level {
            goals = List.copyOf(goals);
        }
    }

    /** @param inCountries where less is asked for, or more: by country */
    public record Goal(String figure, BigDecimal atLeast, Map<String, BigDecimal> inCountries) {

        public Goal {
            inCountries = Map.copyOf(inCountries);
        }

        BigDecimal atLeast(String country) {
            return inCountries.getOrDefault(country, atLeast);
        }
    }

    public record Track(String code, Names name, List<Metric> metrics) {

        public Track {
            metrics = List.copyOf(metrics);
        }
    }

    /** @param most points, whatever the figures; of several figures the best one counts */
    public record Metric(String code, Names name, BigDecimal most, List<Source> bestOf) {

        public Metric {
            bestOf = List.copyOf(bestOf);
        }
    }

    /** @param each points for each unit of the figure */
    public record Source(String figure, BigDecimal each) {}

    public Definition {
        figures = Map.copyOf(figures);
        holds = Set.copyOf(holds);
    }

    public Stream<Figure> peopleFigures() {
        return figures.values().stream().filter(figure -> figure.certified() != null);
    }
}
