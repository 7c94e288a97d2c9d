package org.espace.certifications;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.espace.certifications.Competencies.MonthScore;

/** The best score of each month as bars between 0 and 100, and the line that qualifies. */
public record ScoreChart(String name, int width, int height, int left, int goal, List<Bar> bars) {

    private static final int TOP = 24;
    private static final int FOOT = 40;
    private static final BigDecimal MOST = BigDecimal.valueOf(100);

    public record Bar(MonthScore month, int x, int y, int width, int height) {

        public int middle() {
            return x + width / 2;
        }
    }

    static List<ScoreChart> of(List<MonthScore> months, BigDecimal atLeast) {
        return List.of(of("wide", 720, months, atLeast), of("narrow", 340, months, atLeast));
    }

    private static ScoreChart of(String name, int width, List<MonthScore> months, BigDecimal atLeast) {
        var height = 220;
        var left = 36;
        var slot = (width - left) / Math.max(1, months.size());
        var bars = new ArrayList<Bar>();
        for (var month : months) {
            var y = y(month.score().points(), height);
            bars.add(new Bar(
                    month, left + bars.size() * slot + slot / 5, y, slot * 3 / 5, y(BigDecimal.ZERO, height) - y));
        }
        return new ScoreChart(name, width, height, left, y(atLeast, height), bars);
    }

    public int zero() {
        return y(BigDecimal.ZERO, height);
    }

    private static int y(BigDecimal points, int height) {
        var span = BigDecimal.valueOf(height - TOP - FOOT);
        return height
                - FOOT
                - points.min(MOST)
                        .multiply(span)
                        .divide(MOST, 0, RoundingMode.HALF_UP)
                        .intValueExact();
    }
}
