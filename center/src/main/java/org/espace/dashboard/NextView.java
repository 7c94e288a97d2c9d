package org.espace.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espace.earnings.Advice;
import org.espace.earnings.NextStep;
import org.espace.engine.WhatNext;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * How one location of a partner stands with each lever, and what its next sales would earn.
 *
 * @param locations all of the partner's
 * @param chosen null when the partner has none
 * @param steps of the chosen one
 */
public record NextView(
        PartnerId partner,
        List<Location> locations,
        @Nullable LocationId chosen,
        List<NextStep> steps,
        LocalDate today) {

    /**
     * How far something is.
     *
     * @param key completes the message {@code next.…}
     * @param share done, out of 100; null where it cannot be told
     * @param full whether it is used up, rather than reached
     */
    public record Gauge(
            String key,
            Map<String, Object> arguments,
            @Nullable Integer share,
            boolean full) {}

    private static final int WHOLE = 100;

    public String href(Location location) {
        return "/partners/" + partner + "/next?location=" + location.id();
    }

    public String terms(NextStep step) {
        return TermsView.href(
                "/partners/" + partner + "/terms",
                step.terms().program(),
                step.terms().version());
    }

    public LocalDate lastDay(NextStep step) {
        return step.prospect().period().until().minusDays(1);
    }

    public long daysLeft(NextStep step) {
        return ChronoUnit.DAYS.between(today, step.prospect().period().until());
    }

    /** The most urgent first. */
    public List<Gauge> gauges(NextStep step) {
        var prospect = step.prospect();
        var gauges = new ArrayList<Gauge>();
        var toEarn = prospect.toEarn();
        if (toEarn != null) {
            gauges.add(new Gauge("to-earn", reach(toEarn), null, false));
        }
        var tier = prospect.nextTier();
        if (tier != null) {
            gauges.add(new Gauge("tier", reach(tier), share(tier), false));
        }
        for (var floor : prospect.floors()) {
            gauges.add(new Gauge(
                    floor.missing().isZero() ? "floor-reached" : "floor",
                    Map.of("floor", floor.floor(), "missing", floor.missing()),
                    share(floor.earned(), floor.floor()),
                    false));
        }
        for (var cap : prospect.caps()) {
            gauges.add(cap(cap));
        }
        for (var ceiling : prospect.ceilings()) {
            var balance = ceiling.balance();
            gauges.add(new Gauge(
                    Advice.key(ceiling),
                    Advice.arguments(ceiling),
                    share(balance.earned(), balance.most()),
                    balance.isUsedUp()));
        }
        return gauges;
    }

    private static Gauge cap(WhatNext.Balance cap) {
        var share = share(cap.earned(), cap.cap());
        var target = cap.target();
        if (cap.left().isZero()) {
            return new Gauge("cap-reached", Map.of("cap", cap.cap()), share, true);
        }
        return target == null
                ? new Gauge("cap", Map.of("cap", cap.cap(), "left", cap.left()), share, false)
                : new Gauge("cap-target", Map.of("cap", cap.cap(), "left", cap.left(), "target", target), share, false);
    }

    private static Map<String, Object> reach(WhatNext.Reach reach) {
        Object distance = switch (reach.measure()) {
            case REVENUE -> Money.ofMinor(reach.distance(), reach.pays().currency());
            case QUANTITY -> reach.distance();
        };
        return Map.of("measure", reach.measure().name(), "distance", distance, "pays", reach.pays());
    }

    private static @Nullable Integer share(WhatNext.Reach reach) {
        return reach.begins() <= 0
                ? null
                : Math.clamp((reach.begins() - reach.distance()) * WHOLE / reach.begins(), 0, WHOLE);
    }

    private static int share(Money part, Money whole) {
        return whole.isZero()
                ? WHOLE
                : part.amount()
                        .max(BigDecimal.ZERO)
                        .movePointRight(2)
                        .divide(whole.amount(), 0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(WHOLE))
                        .intValueExact();
    }
}
