package org.espace.terms;

import java.io.Serializable;
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

    public sealed interface Most extends Serializable {}

    public record Amount(Money amount) implements Most {}

    /** A share of the revenue of all sales that one of the levers selects. */
    public record OfRevenue(Rate rate) implements Most {}

    /** The amount of the location's approved plan for the day, and nothing without one. */
    public record OfPlan() implements Most {}
}
