package org.espace.terms;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.espace.money.Money;
import org.espace.money.Rate;

/**
 * The most that several levers may earn together. What they earn beyond it is taken back on lines of the ceiling's own,
 * so that each lever's figures stay as they are.
 *
 * @param levers whose earnings it adds up; empty means all
 */
public record Ceiling(String id, Names name, Set<String> levers, Lever.Scope scope, Most most) implements Serializable {

    public boolean counts(String lever) {
        return levers.isEmpty() || levers.contains(lever);
    }

    /** Whether some lever's earnings count under both. */
    public boolean overlaps(Ceiling other, List<Lever> all) {
        return all.stream().anyMatch(lever -> counts(lever.id()) && other.counts(lever.id()));
    }

    /**
     * Whether it comes before the other one, which then counts what it has left: the other counts all of its levers, and
     * adds up at least what it adds up. A plan's days are taken to lie within one period of the other.
     */
    public boolean isWithin(Ceiling other, List<Lever> all) {
        return overlaps(other, all)
                && all.stream().allMatch(lever -> !counts(lever.id()) || other.counts(lever.id()))
                && (most instanceof OfPlan || other.most instanceof OfPlan || other.scope.holds(scope));
    }

    public sealed interface Most extends Serializable {}

    public record Amount(Money amount) implements Most {}

    /** A share of the revenue of all sales that one of the levers selects. */
    public record OfRevenue(Rate rate) implements Most {}

    /** The amount of the location's approved plan for the day, and nothing without one. */
    public record OfPlan() implements Most {}
}
