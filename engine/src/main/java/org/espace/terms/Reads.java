package org.espace.terms;

import java.util.List;

/** Which of a group's two sums a formula looks at. A {@link Lever.Fixed} amount looks at neither's size. */
record Reads(boolean revenue, boolean quantity) {

    static Reads of(Lever.Formula formula) {
        return switch (formula) {
            case Lever.Flat _ -> new Reads(true, false);
            case Lever.PerUnit _ -> new Reads(false, true);
            case Lever.Fixed _ -> new Reads(false, false);
            case Lever.Marginal(var measure, var steps) -> of(measure, steps);
            case Lever.Retroactive(var measure, var steps) -> of(measure, steps);
            case Lever.Smallest(var parts) -> any(parts);
            case Lever.Largest(var parts) -> any(parts);
        };
    }

    private static Reads of(Lever.Measure measure, List<Lever.Step> steps) {
        var paid = any(steps.stream().map(Lever.Step::pays).toList());
        return switch (measure) {
            case REVENUE -> new Reads(true, paid.quantity);
            case QUANTITY -> new Reads(paid.revenue, true);
        };
    }

    private static Reads any(List<Lever.Formula> parts) {
        return parts.stream()
                .map(Reads::of)
                .reduce(new Reads(false, false), (a, b) -> new Reads(a.revenue || b.revenue, a.quantity || b.quantity));
    }
}
