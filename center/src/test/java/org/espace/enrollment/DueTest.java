package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.espace.eligibility.Eligibility;
import org.espace.eligibility.Verdict;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.payees.PayeeStanding;
import org.espace.terms.TermsReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a membership by itself, in a program whose year begins on 1 July. */
class DueTest {

    private static final LocationId LOCATION = new LocationId(7);

    private static Offer offer(LocalDate today, boolean conditional) {
        var terms =
                TermsReader.read("""
                program: growth
                name: {en: Growth, fr: Croissance}
                version: FY20
                effective: 2019-07-01/2021-07-01
                currency: USD
                fiscal-year-starts: 07-01
                open-to: {partner-types: all, countries: all}
                %ssplit: {rebate: 60%%, co-op: 40%%}
                levers:
                  - id: core
                    name: {en: Core, fr: Socle}
                    of: all
                    rate: 4%%
                """.formatted(conditional ? "requires:\n  - agreement: network-membership\n" : ""));
        return Offer.of(List.of(terms), List.of(), today);
    }

    /** A34: whoever once had the revenue stays though it fell below; whoever never had it is off-boarded. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "-", textBlock = """
            today      | stage     | since      | until      | verdict      | may stay | payees             | reminded | due       | day        | reason
            2020-01-10 | -         | -          | -          | ELIGIBLE     | yes      | MISSING            | 0        | INVITED   | 2020-04-09 | -
            2020-01-10 | -         | -          | -          | NOT_ELIGIBLE | no       | MISSING            | 0        | -         | -          | -
            2020-01-10 | -         | -          | -          | NOT_YET_KNOWN| yes      | MISSING            | 0        | -         | -          | -
            2020-01-23 | INVITED   | 2020-01-10 | 2020-04-09 | ELIGIBLE     | yes      | MISSING            | 0        | -         | -          | -
            2020-01-24 | INVITED   | 2020-01-10 | 2020-04-09 | ELIGIBLE     | yes      | MISSING            | 0        | REMINDED  | 2020-04-09 | -
            2020-01-24 | INVITED   | 2020-01-10 | 2020-04-09 | ELIGIBLE     | yes      | MISSING            | 1        | -         | -          | -
            2020-02-24 | INVITED   | 2020-01-10 | 2020-04-09 | ELIGIBLE     | yes      | MISSING            | 1        | REMINDED  | 2020-04-09 | -
            2020-03-24 | INVITED   | 2020-01-10 | 2020-04-09 | ELIGIBLE     | yes      | MISSING            | 2        | -         | -          | -
            2020-04-09 | INVITED   | 2020-01-10 | 2020-04-09 | ELIGIBLE     | yes      | MISSING            | 2        | EXPIRED   | 2020-04-09 | -
            2020-01-20 | INVITED   | 2020-01-10 | 2020-04-09 | NOT_ELIGIBLE | yes      | MISSING            | 0        | WITHDRAWN | 2020-01-20 | not-eligible
            2020-01-20 | INVITED   | 2020-01-10 | 2020-04-09 | NOT_YET_KNOWN| yes      | MISSING            | 0        | -         | -          | -
            2020-05-01 | EXPIRED   | 2020-04-09 | -          | ELIGIBLE     | yes      | MISSING            | 0        | -         | -          | -
            2020-07-01 | EXPIRED   | 2020-04-09 | -          | ELIGIBLE     | yes      | MISSING            | 0        | INVITED   | 2020-09-29 | -
            2020-05-01 | DECLINED  | 2020-04-09 | -          | ELIGIBLE     | yes      | MISSING            | 0        | -         | -          | -
            2020-05-01 | ENROLLED  | 2020-04-01 | -          | ELIGIBLE     | yes      | APPROVED           | 0        | -         | -          | -
            2020-05-01 | ENROLLED  | 2020-04-01 | -          | NOT_ELIGIBLE | yes      | APPROVED           | 0        | -         | -          | -
            2020-05-01 | ENROLLED  | 2020-04-01 | -          | NOT_ELIGIBLE | no       | APPROVED           | 0        | ENDED     | 2020-05-01 | off-boarded
            2020-06-01 | ENROLLED  | 2020-04-01 | -          | NOT_ELIGIBLE | yes      | APPROVED           | 0        | WARNED    | 2020-07-01 | requirements
            2020-06-01 | ENROLLED  | 2020-04-01 | -          | ELIGIBLE     | yes      | ACTION_REQUIRED    | 0        | WARNED    | 2020-07-01 | payment
            2020-07-01 | ENROLLED  | 2020-04-01 | -          | ELIGIBLE     | yes      | APPROVED           | 0        | RENEWED   | 2020-04-01 | -
            2020-07-02 | ENROLLED  | 2020-04-01 | -          | NOT_ELIGIBLE | yes      | APPROVED           | 0        | ENDED     | 2020-07-01 | requirements
            2020-07-02 | ENROLLED  | 2020-04-01 | -          | ELIGIBLE     | yes      | PENDING_VALIDATION | 0        | ENDED     | 2020-07-01 | payment
            2021-07-05 | INVITED   | 2021-05-20 | 2021-08-18 | ELIGIBLE     | yes      | MISSING            | 0        | WITHDRAWN | 2021-07-01 | discontinued
            2021-07-05 | ENROLLED  | 2021-05-01 | -          | ELIGIBLE     | yes      | APPROVED           | 0        | ENDED     | 2021-07-01 | discontinued
            """)
    void theDayAndWhatIsKnownSayWhatIsDue(
            LocalDate today,
            @Nullable Stage stage,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            Verdict verdict,
            String mayStay,
            PayeeStanding payees,
            int reminded,
            Step.@Nullable Kind due,
            @Nullable LocalDate day,
            @Nullable String reason) {
        var offer = offer(today, true);
        var membership = stage == null ? null : membership(stage, Objects.requireNonNull(since), until);
        var enrollment = stage == Stage.ENROLLED
                ? new Enrollment(LOCATION, "growth", Objects.requireNonNull(since), null)
                : null;
        var candidate = new Candidate(
                location(),
                offer,
                new Eligibility(LOCATION, "growth", verdict, LocalDate.parse("2019-07-01"), mayStay.equals("yes")),
                membership,
                enrollment,
                payees);
        assertThat(Due.of(candidate, today, reminded))
                .isEqualTo(due == null ? null : new Due(due, Objects.requireNonNull(day), reason));
    }

    @ParameterizedTest
    @CsvSource({"true, INVITED", "false,"})
    void aProgramThatAsksForNothingIsListedAndInvitesNobody(boolean conditional, Step.@Nullable Kind due) {
        var today = LocalDate.parse("2020-01-10");
        var candidate = new Candidate(
                location(),
                offer(today, conditional),
                new Eligibility(LOCATION, "growth", Verdict.ELIGIBLE, today, true),
                null,
                null,
                PayeeStanding.MISSING);
        var found = Due.of(candidate, today, 0);
        assertThat(found == null ? null : found.kind()).isEqualTo(due);
    }

    private static Membership membership(Stage stage, LocalDate since, @Nullable LocalDate until) {
        var year = since.isBefore(LocalDate.of(since.getYear(), 7, 1))
                ? LocalDate.of(since.getYear() - 1, 7, 1)
                : LocalDate.of(since.getYear(), 7, 1);
        return new Membership(new Step(
                new PartnerId(1),
                LOCATION,
                "growth",
                year,
                0,
                Step.Kind.valueOf(stage.name()),
                until == null ? since : until,
                null,
                null,
                since.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC),
                "test"));
    }

    private static Location location() {
        return new Location(LOCATION, new PartnerId(1), "7", "Lyon", "FR", "indirect-reseller");
    }
}
