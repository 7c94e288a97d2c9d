package org.espace.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.engine.Step;
import org.espace.money.Money;

/** A calculation as one would write it down: a figure under the other, with an operator before it and words beside it. */
public record Paper(List<Row> rows) {

    /**
     * @param operator what is done with the figure; empty before the first
     * @param code the words beside it: the message {@code step.<code>}
     * @param value money, a rate or a number
     * @param rule whether a line is drawn above, as over a sum
     */
    public record Row(String operator, String code, Map<String, Object> arguments, Object value, boolean rule) {}

    static Paper of(List<Step> steps) {
        var paper = new ArrayList<Row>();
        for (var step : steps) {
            var lines = new Lines(step, paper);
            switch (step.code()) {
                case "CONVERTED" ->
                    lines.add("", "amount").add("÷", "from").add("×", "to").result("result");
                case "RATE" -> lines.add("", "basis").add("×", "rate").result("result");
                case "PER_UNIT" -> lines.add("", "quantity").add("×", "each").result("result");
                case "ADDED_UP" -> lines.add("", "before").add("+", "basis").result("after");
                case "COUNTED" -> lines.add("", "before").add("+", "quantity").result("after");
                case "MARGINAL", "RETROACTIVE" ->
                    lines.add("", "after").add("−", "before").result("result");
                case "BASELINE" -> lines.add("", "before").add("+", "basis").result("after");
                case "GROWTH" -> lines.add("", "sold").add("−", "baseline").result("above");
                case "MORE", "HIGH_WATER", "WORTH", "HIGHER_OF", "COUNTING", "COUNTING_UNITS" ->
                    lines.add("", "before").add("→", "after");
                case "IN_ALL", "SMALLEST", "LARGEST" ->
                    lines.add("", "after").add("−", "before").result("result");
                case "PART" -> lines.add("", "after");
                case "CEILING_SHARE" ->
                    lines.add("", "revenue").add("×", "rate").result("result");
                case "CEILING" ->
                    lines.add("≤", "ceiling")
                            .add("", "before")
                            .add("−", "after")
                            .result("result");
                case "CAP" -> cap(lines);
                case "FLOOR" -> floor(lines);
                case "SPLIT" -> lines.add("", "rebate").add("", "coop").result("amount");
                default -> throw new IllegalArgumentException("no way to write down " + step);
            }
        }
        return new Paper(List.copyOf(paper));
    }

    private static void cap(Lines lines) {
        if (lines.value("withheld") instanceof Money withheld && withheld.isZero()) {
            lines.add("≤", "cap");
        } else {
            lines.add("≤", "cap").add("−", "withheld").result("result");
        }
    }

    private static void floor(Lines lines) {
        lines.add("≥", "floor");
        if (lines.value("withheld") instanceof Money withheld && !withheld.isZero()) {
            if (withheld.amount().signum() > 0) {
                lines.add("−", "withheld").result("result");
            } else {
                lines.add("+", "released").result("result");
            }
        }
    }

    /** Writes down the parts of one step. */
    private record Lines(Step step, List<Row> paper) {

        Object value(String part) {
            return Objects.requireNonNull(step.arguments().get(part), () -> part + " of " + step);
        }

        Lines add(String operator, String part) {
            return add(operator, part, false);
        }

        void result(String part) {
            add("=", part, true);
        }

        private Lines add(String operator, String part, boolean rule) {
            paper.add(new Row(operator, step.code() + "." + part, step.arguments(), value(part), rule));
            return this;
        }
    }
}
