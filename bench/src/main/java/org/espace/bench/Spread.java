package org.espace.bench;

import java.util.List;
import java.util.Locale;

/** A measured figure: the median of its runs, the least and the most. */
record Spread(double median, double least, double most, int runs) {

    static Spread of(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        var median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }

    @Override
    public String toString() {
        return runs == 1 ? number(median) : "%s [%s–%s]".formatted(number(median), number(least), number(most));
    }

    private static String number(double value) {
        var digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
