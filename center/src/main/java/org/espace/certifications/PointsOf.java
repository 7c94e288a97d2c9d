package org.espace.certifications;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.espace.partners.PartnerId;

/**
 * A company's capability score in one area on one day.
 *
 * @param area the code of the designation
 * @param points of the better track, exact
 * @param everyMetricAboveZero in the track that the points are of
 */
public record PointsOf(
        PartnerId partner, String area, BigDecimal points, boolean everyMetricAboveZero, LocalDate day) {}
