package org.espace.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.espace.money.Money;

/**
 * Where the bars of differences stand, one below the other: what is won to the right of the zero line, what is lost to
 * its left. The figure stands at the end of its bar.
 *
 * @param name tells two charts on one page apart
 * @param zero where the line between won and lost is
 */
public record DifferenceChart(String name, int width, int height, int zero, List<Bar> bars) {

    /**
     * @param words where the baseline of the name is
     * @param figure where the figure begins, or ends when something is lost
     */
    public record Bar(String label, Money difference, int top, int x, int length, int words, int figure) {

        public boolean lost() {
            return difference.amount().signum() < 0;
        }

        public int baseline() {
            return top + THICKNESS - 4;
        }
    }

    /** Something that comes to another amount than before. */
    public record Difference(String label, Money amount) {}

    public static final int THICKNESS = 16;

    private static final int FIGURE = 104;
    private static final int GAP = 6;

    /** For a wide page: names beside the bars. */
    static DifferenceChart wide(List<Difference> differences) {
        return draw("wide", 960, 240, 28, 0, differences);
    }

    /** For a phone: names above the bars. */
    static DifferenceChart narrow(List<Difference> differences) {
        return draw("narrow", 360, 0, 44, 20, differences);
    }

    private static DifferenceChart draw(
            String name, int width, int left, int row, int above, List<Difference> differences) {
        var most = furthest(differences, 1);
        var least = furthest(differences, -1);
        var room = BigDecimal.valueOf(width - left
                - (most.signum() > 0 ? FIGURE : 0)
                - (least.signum() > 0 ? FIGURE : 0));
        var whole = most.add(least);
        var zero = left
                + (least.signum() > 0 ? FIGURE : 0)
                + (whole.signum() == 0 ? 0 : length(least, whole, room));
        var bars = new ArrayList<Bar>();
        for (var difference : differences) {
            var length = whole.signum() == 0
                    ? 0
                    : length(difference.amount().amount().abs(), whole, room);
            var lost = difference.amount().amount().signum() < 0;
            var top = bars.size() * row + above;
            bars.add(new Bar(
                    difference.label(),
                    difference.amount(),
                    top,
                    lost ? zero - length : zero,
                    length,
                    above == 0 ? top + THICKNESS - 4 : top - GAP,
                    lost ? zero - length - GAP : zero + length + GAP));
        }
        return new DifferenceChart(name, width, bars.size() * row, zero, bars);
    }

    private static BigDecimal furthest(List<Difference> differences, int sign) {
        return differences.stream()
                .map(difference -> difference.amount().amount().multiply(BigDecimal.valueOf(sign)))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static int length(BigDecimal amount, BigDecimal whole, BigDecimal room) {
        return amount.multiply(room).divide(whole, 0, RoundingMode.HALF_UP).intValueExact();
    }
}
