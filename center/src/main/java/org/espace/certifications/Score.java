package org.espace.certifications;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.espace.certifications.Definition.ByPoints;
import org.espace.certifications.Definition.Metric;
import org.espace.certifications.Definition.Track;

/** What a company's figures are worth on one day, track by track. Exact: points are products and sums, never quotients. */
public record Score(List<OfTrack> tracks, BigDecimal atLeast) {

    private static final Comparator<OfTrack> BETTER =
            Comparator.comparing(OfTrack::points).thenComparing(OfTrack::everyMetricAboveZero);

    public record OfMetric(Metric metric, BigDecimal points) {}

    public record OfTrack(Track track, List<OfMetric> metrics) {

        public BigDecimal points() {
            return metrics.stream().map(OfMetric::points).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        public boolean everyMetricAboveZero() {
            return metrics.stream().allMatch(metric -> metric.points().signum() > 0);
        }

        public boolean qualifies(BigDecimal atLeast) {
            return points().compareTo(atLeast) >= 0 && everyMetricAboveZero();
        }
    }

    /** @param figures by code; what is not there is zero, and what is below zero is worth nothing */
    static Score of(ByPoints definition, Map<String, BigDecimal> figures) {
        return new Score(
                definition.tracks().stream()
                        .map(track -> new OfTrack(
                                track,
                                track.metrics().stream()
                                        .map(metric -> new OfMetric(metric, points(metric, figures)))
                                        .toList()))
                        .toList(),
                definition.atLeast());
    }

    private static BigDecimal points(Metric metric, Map<String, BigDecimal> figures) {
        return metric.bestOf().stream()
                .map(source ->
                        figures.getOrDefault(source.figure(), BigDecimal.ZERO).multiply(source.each()))
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO)
                .max(BigDecimal.ZERO)
                .min(metric.most());
    }

    public OfTrack best() {
        return tracks.stream().max(BETTER).orElseThrow();
    }

    public BigDecimal points() {
        return best().points();
    }

    /** By whichever track: the better one may have a metric at zero. */
    public boolean qualifies() {
        return tracks.stream().anyMatch(track -> track.qualifies(atLeast));
    }
}
