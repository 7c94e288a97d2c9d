package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.espace.certifications.Definition.ByPoints;
import org.espace.certifications.Facts.Measured;
import org.espace.certifications.Facts.Proved;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The capability score that comes with Espace, by the numbers of its source, and what holds whatever the numbers. */
class ScoreTest {

    static final Definition MODERN_WORK = shipped("modern-work");
    private static final ByPoints POINTS = (ByPoints) MODERN_WORK.ways();
    private static final LocalDate TODAY = LocalDate.of(2026, 8, 20);
    private static final int ROUNDS = 2_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            case | track      | metric       | figure                     | has  | other figure               | has  | points
            A28  | enterprise | usage-growth | enterprise-growth-dpor     | 2000 | enterprise-growth-cpor     | 1500 | 30
            A28  | enterprise | usage-growth | enterprise-growth-dpor     | 2000 | enterprise-growth-cpor     |    0 | 15
            A31  | smb        | deployments  | smb-deployments-csp        |    4 | smb-deployments-cpor       |    4 | 20
            A31  | smb        | deployments  | smb-deployments-csp        |    4 | smb-deployments-cpor       |    0 | 10
            adds | enterprise | customer-adds| enterprise-adds            |    6 | smb-adds                   |    0 | 20
            adds | smb        | customer-adds| smb-adds                   |    4 | enterprise-adds            |    9 | 8
            """)
    void aMetricIsWorthTheBestOfItsFiguresUpToItsMost(
            String name,
            String track,
            String metric,
            String figure,
            String has,
            String other,
            String hasOther,
            String points) {
        var score = Score.of(POINTS, Map.of(figure, new BigDecimal(has), other, new BigDecimal(hasOther)));
        assertThat(score.tracks().stream()
                        .filter(one -> one.track().code().equals(track))
                        .flatMap(one -> one.metrics().stream())
                        .filter(one -> one.metric().code().equals(metric))
                        .findFirst()
                        .orElseThrow()
                        .points())
                .as(name)
                .isEqualByComparingTo(points);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            case                          | adds | growth | deployments | on         | until      | points | qualifies
            A32 69 points                 |    8 |   1200 |           4 | 2026-08-20 |            |     69 | false
            A32 70 with a zero metric     |    0 |   1500 |           9 | 2026-08-20 |            |     70 | false
            A32 70 on a day 4 months ago  |    8 |   1100 |           5 | 2026-04-10 | 2026-04-11 |     70 | true
            70 on a day before the window |    8 |   1100 |           5 | 2026-02-27 | 2026-02-28 |     70 | false
            70 on its first day           |    8 |   1100 |           5 | 2026-02-27 | 2026-03-02 |     70 | true
            """)
    void oneDayOfTheWindowWithSeventyPointsAndNoMetricAtZeroQualifies(
            String name,
            String adds,
            String growth,
            String deployments,
            LocalDate on,
            @Nullable LocalDate until,
            String points,
            boolean qualifies) {
        var measured = new ArrayList<Measured>();
        measured.add(measured("smb-adds", on, adds));
        measured.add(measured("smb-growth-csp", on, growth));
        measured.add(measured("smb-deployments-csp", on, deployments));
        if (until != null) {
            measured.add(measured("smb-adds", until, "0"));
            measured.add(measured("smb-growth-csp", until, "0"));
        }
        var facts = new Facts(
                measured,
                List.of(
                        proved(1, "modern-work-administrator", "intermediate"),
                        proved(2, "collaboration-engineer", "intermediate"),
                        proved(2, "modern-work-expert", "advanced")));
        assertThat(Score.of(POINTS, facts.figures(MODERN_WORK, on)).points())
                .as(name)
                .isEqualByComparingTo(points);
        assertThat(Progress.of(MODERN_WORK, facts, "FR", Set.of(), TODAY).qualifies(null))
                .as(name)
                .isEqualTo(qualifies);
    }

    @Test
    void aPersonCountsOnceHoweverManyCertificatesTheyHave() {
        var facts = new Facts(
                List.of(),
                List.of(
                        proved(1, "modern-work-administrator", "intermediate"),
                        proved(1, "collaboration-engineer", "intermediate")));
        assertThat(facts.figures(MODERN_WORK, TODAY).get("intermediate-people")).isEqualByComparingTo("1");
    }

    @Test
    void noFigureThatGrowsCostsPoints() {
        var chance = new SplittableRandom(1);
        for (var round = 0; round < ROUNDS; round++) {
            var figures = figures(chance);
            var before = Score.of(POINTS, figures);
            var more = new HashMap<>(figures);
            var grown = new ArrayList<>(figures.keySet()).get(chance.nextInt(figures.size()));
            more.merge(grown, BigDecimal.valueOf(chance.nextInt(1, 500)), BigDecimal::add);
            var after = Score.of(POINTS, more);
            assertThat(after.points()).as("%s, more %s", figures, grown).isGreaterThanOrEqualTo(before.points());
            assertThat(after.qualifies() || !before.qualifies()).isTrue();
        }
    }

    @Test
    void noMetricBringsMoreThanItsMostAndNoScoreMoreThanAHundred() {
        var chance = new SplittableRandom(2);
        for (var round = 0; round < ROUNDS; round++) {
            var score = Score.of(POINTS, figures(chance));
            assertThat(score.points()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
            score.tracks().stream()
                    .flatMap(track -> track.metrics().stream())
                    .forEach(metric -> assertThat(metric.points())
                            .isBetween(BigDecimal.ZERO, metric.metric().most()));
        }
    }

    @Test
    void theBetterTrackCountsAndWhicheverQualifiesQualifies() {
        var chance = new SplittableRandom(3);
        for (var round = 0; round < ROUNDS; round++) {
            var score = Score.of(POINTS, figures(chance));
            assertThat(score.tracks())
                    .allSatisfy(track -> assertThat(track.points()).isLessThanOrEqualTo(score.points()));
            assertThat(score.qualifies())
                    .isEqualTo(score.tracks().stream()
                            .anyMatch(track -> track.points().compareTo(BigDecimal.valueOf(70)) >= 0
                                    && track.everyMetricAboveZero()));
        }
    }

    /** Also below zero, and far above what counts. */
    private static Map<String, BigDecimal> figures(SplittableRandom chance) {
        var figures = new HashMap<String, BigDecimal>();
        MODERN_WORK.figures().keySet().stream()
                .sorted()
                .forEach(figure -> figures.put(
                        figure,
                        chance.nextInt(4) == 0
                                ? BigDecimal.valueOf(chance.nextInt(-20, 12))
                                : BigDecimal.valueOf(chance.nextLong(0, 500_000), 2)));
        return figures;
    }

    private static Measured measured(String figure, LocalDate day, String value) {
        return new Measured("modern-work", figure, day, new BigDecimal(value));
    }

    private static Proved proved(int learner, String certification, String level) {
        return new Proved(learner, certification, level, LocalDate.of(2026, 1, 1), null);
    }

    static Definition shipped(String code) {
        try (var text =
                Objects.requireNonNull(ScoreTest.class.getResourceAsStream("/competencies/" + code + ".yaml"))) {
            return DefinitionReader.read(new String(text.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
