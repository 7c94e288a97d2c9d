package org.espace.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.certifications.Attained;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.sales.DaySum;
import org.espace.sales.RateSet;
import org.espace.terms.Condition;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

    private static final LocationId HERE = new LocationId(1);
    private static final PartnerId COMPANY = new PartnerId(1);
    private static final Condition.TrailingRevenue A34 =
            new Condition.TrailingRevenue(365, Money.of("25000", "USD"), Condition.Of.LOCATION, true);

    /** A34: trailing revenue of 25,000 USD over 365 days; once met, it lets stay. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            case                                    | sold                                    | day        | state   | since      | once met   | stays
            never had it                            | 2021-10-01 24999                        | 2022-03-01 | NOT_MET |            |            | false
            has it to the cent                      | 2021-10-01 25000                        | 2022-03-01 | MET     | 2021-10-01 | 2021-10-01 | true
            a cent is missing                       | 2021-10-01 24999.99                     | 2022-03-01 | NOT_MET |            |            | false
            had it once and fell to 24,999          | 2020-12-01 1; 2021-10-01 24999          | 2022-03-01 | NOT_MET | 2021-12-01 | 2021-10-01 | true
            on the last day that counts             | 2021-10-01 25000                        | 2022-09-30 | MET     | 2021-10-01 | 2021-10-01 | true
            on the first day that no longer does    | 2021-10-01 25000                        | 2022-10-01 | NOT_MET | 2022-10-01 | 2021-10-01 | true
            met again                               | 2020-01-01 25000; 2022-01-01 25000      | 2022-03-01 | MET     | 2022-01-01 | 2020-01-01 | true
            taken back by a return                  | 2021-10-01 25000; 2021-10-05 -1         | 2022-03-01 | NOT_MET | 2021-10-05 | 2021-10-01 | true
            nothing sold at all                     |                                         | 2022-03-01 | NOT_MET |            |            | false
            sold only after the day                 | 2022-03-02 25000                        | 2022-03-01 | NOT_MET |            |            | false
            """)
    void whoHasMetTheRevenueOnceStays(
            String name,
            @Nullable String sold,
            LocalDate day,
            Answer.State state,
            @Nullable LocalDate since,
            @Nullable LocalDate onceMet,
            boolean stays) {
        var answer = Question.answer(A34, selling(sold == null ? "" : sold), day);

        assertThat(name).isNotEmpty();
        assertThat(answer.state()).isEqualTo(state);
        assertThat(answer.since()).isEqualTo(since);
        assertThat(answer.onceMet()).isEqualTo(onceMet);
        assertThat(answer.letsStay()).isEqualTo(stays);
    }

    @Test
    void whatIsMissingIsSaidToTheCent() {
        var answer = Question.answer(A34, selling("2021-10-01 24999"), day("2022-03-01"));

        assertThat(answer.reason()).isEqualTo("too-little-sold");
        assertThat(answer.evidence()).containsEntry("amount", "24999.00 USD").containsEntry("missing", "1.00 USD");
    }

    @Test
    void whatWasSoldInAnotherCurrencyIsConvertedAtItsDay() {
        var known = selling("2022-01-10 20000 EUR; 2022-01-11 30000 EUR");

        assertThat(Question.answer(A34, with(known, rates("2022-01-07 USD 1.10")), day("2022-01-31")))
                .satisfies(answer -> assertThat(answer.evidence()).containsEntry("amount", "55000.00 USD"))
                .satisfies(answer -> assertThat(answer.since()).isEqualTo(day("2022-01-11")));
    }

    @Test
    void withoutARateItIsNotYetKnownAndNeverUnconverted() {
        var known = selling("2022-01-10 1000000 EUR");

        assertThat(Question.answer(A34, with(known, rates("2021-12-17 USD 1.10")), day("2022-01-31")))
                .satisfies(answer -> assertThat(answer.state()).isEqualTo(Answer.State.NOT_YET_KNOWN))
                .satisfies(answer -> assertThat(answer.reason()).isEqualTo("no-rate"))
                .satisfies(answer -> assertThat(answer.evidence())
                        .containsEntry("currency", "EUR")
                        .containsEntry("day", "2022-01-10"));
        assertThat(Question.answer(A34, with(known, rates("2021-12-18 USD 1.10")), day("2022-01-31"))
                        .state())
                .isEqualTo(Answer.State.MET);
    }

    @Test
    void whatAWholeCompanySellsCountsWhereTheTermsSaySo() {
        var known = new Known(
                place("indirect-reseller", "FR"),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                selling("2022-01-10 30000").sold(),
                List.of(),
                new Rates(List.of()));
        var ofCompany = new Condition.TrailingRevenue(365, Money.of("25000", "USD"), Condition.Of.PARTNER, false);

        assertThat(state(ofCompany, known, "2022-02-01")).isEqualTo("MET");
        assertThat(state(A34, known, "2022-02-01")).isEqualTo("NOT_MET");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            sold                                   | day        | first sale        | active in 90 days                  | active since
            -                                      | 2022-03-01 | NOT_MET           | NOT_MET nothing-sold               | -
            2022-03-01 10                          | 2022-03-01 | MET               | MET sold-lately                    | 2022-03-01
            2021-12-02 10                          | 2022-03-01 | MET               | MET sold-lately                    | 2021-12-02
            2021-12-01 10                          | 2022-03-01 | MET               | NOT_MET not-sold-lately            | 2022-03-01
            2021-09-01 10; 2021-11-30 10           | 2022-02-01 | MET               | MET sold-lately                    | 2021-09-01
            2021-09-01 10; 2021-12-01 10           | 2022-02-01 | MET               | MET sold-lately                    | 2021-12-01
            2022-03-02 10                          | 2022-03-01 | NOT_MET           | NOT_MET nothing-sold               | -
            2022-02-01 -10                         | 2022-03-01 | NOT_MET           | NOT_MET nothing-sold               | -
            """)
    void aSaleIsTheFirstOneOnceAndALateOneForAWhile(
            @Nullable String sold, LocalDate day, String first, String active, @Nullable LocalDate since) {
        var known = selling(sold == null ? "" : sold);
        var answer = Question.answer(new Condition.ActivelyReselling(90), known, day);

        assertThat(state(new Condition.FirstSale(), known, day.toString())).isEqualTo(first);
        assertThat(answer.state() + " " + answer.reason()).isEqualTo(active);
        assertThat(answer.since()).isEqualTo(since);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            held                                                       | day        | answer                | since
            -                                                          | 2022-03-01 | NOT_MET never-held    | -
            cloud silver 2022-01-01 -                                  | 2022-03-01 | MET held              | 2022-01-01
            cloud silver 2022-01-01 2022-03-01                         | 2022-03-01 | NOT_MET ended         | 2022-03-01
            cloud silver 2022-04-01 -                                  | 2022-03-01 | NOT_MET begins-later  | -
            cloud - 2022-01-01 -                                       | 2022-03-01 | NOT_MET level-too-low | 2022-01-01
            cloud gold 2022-01-01 -                                    | 2022-03-01 | MET held              | 2022-01-01
            cloud silver 2021-01-01 2022-01-01; data gold 2022-01-01 - | 2022-03-01 | MET held              | 2021-01-01
            cloud silver 2021-01-01 2021-12-31; data gold 2022-01-01 - | 2022-03-01 | MET held              | 2022-01-01
            security gold 2022-01-01 -                                 | 2022-03-01 | NOT_MET never-held    | -
            cloud silver 2022-01-01 2022-01-01                         | 2022-03-01 | NOT_MET never-held    | -
            """)
    void oneOfTheCompetenciesAtTheLevelIsEnough(
            @Nullable String held, LocalDate day, String answered, @Nullable LocalDate since) {
        var holdings = new ArrayList<Holding>();
        for (var text : held == null ? new String[0] : held.split("; ")) {
            var words = text.split(" ", -1);
            holdings.add(new Holding(
                    HERE,
                    Requirement.Kind.COMPETENCY,
                    words[0],
                    words[1].equals("-") ? null : words[1],
                    day(words[2]),
                    words[3].equals("-") ? null : day(words[3])));
        }
        var known = new Known(
                place("direct-reseller", "FR"),
                holdings,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new Rates(List.of()));
        var answer = Question.answer(
                new Requirement(Requirement.Kind.COMPETENCY, Set.of("cloud", "data"), "silver"), known, day);

        assertThat(answer.state() + " " + answer.reason()).isEqualTo(answered);
        assertThat(answer.since()).isEqualTo(since);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            designation | points | answer
            -           | -      | NOT_MET none-met
            -           | 24.9   | NOT_MET none-met
            -           | 25     | MET one-met
            modern-work | -      | MET one-met
            security    | 24     | NOT_MET none-met
            """)
    void aDesignationOr25PointsIsEnough(@Nullable String designation, @Nullable BigDecimal points, String answered) {
        var known = new Known(
                place("indirect-reseller", "FR"),
                List.of(),
                designation == null
                        ? List.of()
                        : List.of(new Attained(
                                COMPANY, "designation", designation, null, day("2025-01-01"), day("2026-01-01"))),
                points == null ? Map.of() : Map.of("modern-work", points),
                List.of(),
                List.of(),
                List.of(),
                new Rates(List.of()));
        var either = new Condition.AnyOf(List.of(
                new Condition.Designation(Set.of("modern-work")),
                new Condition.Points("modern-work", new BigDecimal("25"))));
        var answer = Question.answer(either, known, day("2025-10-01"));

        assertThat(answer.state() + " " + answer.reason()).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            numbers                              | day        | answer                   | since
            -                                    | 2026-03-01 | NOT_YET_KNOWN no-measure | -
            2026-03-02 5000                      | 2026-03-01 | NOT_YET_KNOWN no-measure | -
            2026-01-01 1000                      | 2026-03-01 | MET enough               | 2026-01-01
            2026-01-01 999.99                    | 2026-03-01 | NOT_MET too-little       | 2026-01-01
            2026-01-01 1000; 2026-02-01 1200     | 2026-03-01 | MET enough               | 2026-01-01
            2026-01-01 1000; 2026-02-01 900      | 2026-03-01 | NOT_MET too-little       | 2026-02-01
            """)
    void aNumberHoldsUntilALaterOneDoes(
            @Nullable String numbers, LocalDate day, String answered, @Nullable LocalDate since) {
        var measures = new ArrayList<Measure>();
        for (var text : numbers == null ? new String[0] : numbers.split("; ")) {
            var words = text.split(" ", -1);
            measures.add(new Measure(HERE, "sales-productivity", day(words[0]), new BigDecimal(words[1])));
        }
        var known = new Known(
                place("direct-reseller", "FR"),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                measures,
                new Rates(List.of()));
        var answer = Question.answer(new Condition.Measure("sales-productivity", new BigDecimal("1000")), known, day);

        assertThat(answer.state() + " " + answer.reason()).isEqualTo(answered);
        assertThat(answer.since()).isEqualTo(since);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            type              | country | answer
            indirect-reseller | FR      | MET open
            direct-reseller   | FR      | NOT_MET other-type
            indirect-reseller | US      | NOT_MET other-country
            """)
    void aProgramIsOpenToSomePartnersInSomeCountries(String type, String country, String answered) {
        var known = new Known(
                place(type, country),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new Rates(List.of()));
        var answer = Question.answer(
                new Condition.OpenTo(Set.of("indirect-reseller"), Set.of("FR", "DE")), known, day("2026-03-01"));

        assertThat(answer.state() + " " + answer.reason()).isEqualTo(answered);
    }

    private static String state(Condition condition, Known known, String day) {
        return Question.answer(condition, known, day(day)).state().name();
    }

    private static Known selling(String sold) {
        var sums = new ArrayList<DaySum>();
        for (var text : sold.isBlank() ? new String[0] : sold.split("; ")) {
            var words = text.split(" ", -1);
            sums.add(new DaySum(HERE, day(words[0]), words.length > 2 ? words[2] : "USD", new BigDecimal(words[1])));
        }
        sums.sort(Comparator.comparing(DaySum::day));
        return new Known(
                place("indirect-reseller", "FR"),
                List.of(),
                List.of(),
                Map.of(),
                sums,
                sums,
                List.of(),
                new Rates(List.of()));
    }

    private static Known with(Known known, Rates rates) {
        return new Known(
                known.location(),
                known.holdings(),
                known.designations(),
                known.points(),
                known.sold(),
                known.soldByPartner(),
                known.measures(),
                rates);
    }

    private static Rates rates(String text) {
        var words = text.split(" ", -1);
        return new Rates(List.of(new RateSet(1, day(words[0]), Map.of(words[1], new BigDecimal(words[2])))));
    }

    private static Location place(String type, String country) {
        return new Location(HERE, COMPANY, "L-1", "Here", country, type);
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }
}
