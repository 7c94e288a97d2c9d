package org.espace.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.espace.money.Money;

/**
 * Where the bars of earnings by month stand: co-op upon rebate, what was taken back below the zero line.
 *
 * @param name tells two charts on one page apart
 * @param left how much of the width the labels of the lines take
 */
public record MonthChart(String name, int width, int height, int left, List<Tick> ticks, List<Bar> bars) {

    /** A line across, at a round amount. */
    public record Tick(int y, BigDecimal amount) {}

    /**
     * One month. Bars have no height where there is nothing to show.
     *
     * @param tip where the box with the figures begins, inside of the drawing
     * @param labelled false where its name would not fit beside the last one that did
     */
    public record Bar(
            MonthEarned month, int x, int width, Box rebate, Box coop, int tip, boolean labelled, boolean beginsYear) {

        public int middle() {
            return x + width / 2;
        }

        /** Where the bar itself begins, within the room that a pointer may hit. */
        public int inside() {
            return x + width / 5;
        }

        public int thickness() {
            return width - 2 * (width / 5);
        }
    }

    public record Box(int y, int height) {}

    /** What one month earned. */
    public record MonthEarned(YearMonth month, Money amount, Money rebate, Money coop) {}

    private static final int TOP = 12;
    private static final int BELOW = 44;
    private static final int TIP_WIDTH = 196;
    private static final int TICKS = 4;

    public int tipWidth() {
        return TIP_WIDTH;
    }

    /** For a wide page. */
    static MonthChart wide(List<MonthEarned> months) {
        return draw("wide", 960, 280, 64, months);
    }

    /** For a phone. */
    static MonthChart narrow(List<MonthEarned> months) {
        return draw("narrow", 360, 220, 48, months);
    }

    private static MonthChart draw(String name, int width, int height, int left, List<MonthEarned> months) {
        var highest = BigDecimal.ZERO;
        var lowest = BigDecimal.ZERO;
        for (var month : months) {
            highest = highest.max(above(month.rebate()).add(above(month.coop())));
            lowest = lowest.min(below(month.rebate()).add(below(month.coop())));
        }
        var step = roundStep(highest.subtract(lowest));
        var top = step.multiply(highest.divide(step, 0, RoundingMode.CEILING));
        var bottom = step.multiply(lowest.divide(step, 0, RoundingMode.FLOOR));
        var scale = new Scale(top, bottom, TOP, height - BELOW);
        var ticks = new ArrayList<Tick>();
        for (var amount = bottom; amount.compareTo(top) <= 0; amount = amount.add(step)) {
            ticks.add(new Tick(scale.y(amount), amount));
        }
        return new MonthChart(name, width, height, left, ticks, bars(width, left, months, scale));
    }

    private static List<Bar> bars(int width, int left, List<MonthEarned> months, Scale scale) {
        var slot = (width - left) / Math.max(1, months.size());
        var every = Math.ceilDiv(36, Math.max(1, slot));
        var bars = new ArrayList<Bar>();
        for (var month : months) {
            var x = left + bars.size() * slot;
            var rebate = scale.box(BigDecimal.ZERO, month.rebate().amount());
            var sameSide =
                    month.rebate().amount().signum() == month.coop().amount().signum();
            var from = sameSide ? month.rebate().amount() : BigDecimal.ZERO;
            var coop = scale.box(from, from.add(month.coop().amount()));
            var tip = Math.clamp(x + slot / 2 - TIP_WIDTH / 2, left, Math.max(left, width - TIP_WIDTH));
            var beginsYear = bars.isEmpty() || month.month().getMonthValue() == 1;
            bars.add(new Bar(month, x, slot, rebate, coop, tip, bars.size() % every == 0, beginsYear));
        }
        return bars;
    }

    /** 1, 2 or 5 times a power of ten, so that a handful of lines reach across the whole span. */
    private static BigDecimal roundStep(BigDecimal span) {
        if (span.signum() == 0) {
            return BigDecimal.ONE;
        }
        var least = span.divide(BigDecimal.valueOf(TICKS), 10, RoundingMode.CEILING);
        var power = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 1);
        for (var factor : List.of(1, 2, 5)) {
            var step = power.multiply(BigDecimal.valueOf(factor));
            if (step.compareTo(least) >= 0) {
                return step;
            }
        }
        return power.multiply(BigDecimal.TEN);
    }

    private static BigDecimal above(Money money) {
        return money.amount().max(BigDecimal.ZERO);
    }

    private static BigDecimal below(Money money) {
        return money.amount().min(BigDecimal.ZERO);
    }

    private record Scale(BigDecimal top, BigDecimal bottom, int from, int until) {

        int y(BigDecimal amount) {
            var span = top.subtract(bottom);
            if (span.signum() == 0) {
                return until;
            }
            var share = top.subtract(amount).multiply(BigDecimal.valueOf(until - from));
            return from + share.divide(span, 0, RoundingMode.HALF_UP).intValueExact();
        }

        Box box(BigDecimal one, BigDecimal other) {
            var y = y(one.max(other));
            return new Box(y, y(one.min(other)) - y);
        }
    }
}
