package org.espace.agreements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.LocationType;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.espace.web.FormRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class AgreementsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BY = "admin@example.com";
    private static final Map<String, String> SIGNATURE =
            Map.of("signatory", "Brisolane’s director", "title", "Managing director", "agreed", "yes");

    @Autowired
    Agreements agreements;

    @Autowired
    Partners partners;

    @Autowired
    ApplicationEvents events;

    @Autowired
    Clock clock;

    PartnerId partner;
    LocalDate today;

    /** Each test publishes a later version than the tests before it. */
    String version;

    @BeforeEach
    void onePartner() {
        var number = "AGR-" + COUNT.incrementAndGet();
        version = number;
        today = LocalDate.now(clock);
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(
                List.of(new Partner(partner, number, "Brisolane", "FR")),
                List.of(new Location(
                        new LocationId(partners.newLocationIds().getAsInt()),
                        partner,
                        number,
                        "Lyon",
                        "FR",
                        LocationType.INDIRECT_RESELLER.code())));
    }

    @Test
    void whatIsSignedIsInForceFromTodayUntilItsTermEnds() {
        publish(version, today, "12");
        sign(version);

        assertThat(inForce(today)).containsExactly(version);
        assertThat(inForce(today.minusDays(1))).isEmpty();
        assertThat(inForce(today.plusMonths(12).minusDays(1))).containsExactly(version);
        assertThat(inForce(today.plusMonths(12))).isEmpty();
        assertThat(agreements.of(partner).getFirst())
                .satisfies(agreement -> assertThat(agreement.signatory()).isEqualTo("Brisolane’s director"))
                .satisfies(agreement -> assertThat(agreement.signedBy()).isEqualTo(BY));
    }

    @Test
    void aNewVersionTakesThePlaceOfTheEarlierOneAndTheHistoryKeepsBoth() {
        publish(version, today, "");
        sign(version);
        publish(version + ".b", today, "");
        sign(version + ".b");

        assertThat(inForce(today)).containsExactly(version + ".b");
        assertThat(agreements.of(partner))
                .extracting(Agreement::version, Agreement::until)
                .containsExactly(tuple(version + ".b", null), tuple(version, today));
    }

    @Test
    void theVersionInForceIsNotSignedTwice() {
        publish(version, today, "");
        sign(version);
        sign(version);
        assertThat(agreements.of(partner)).hasSize(1);
        assertThat(events.stream(Act.class).map(Act::action))
                .containsExactly("agreement.published", "agreement.signed");
    }

    @Test
    void aTextThatIsNotEffectiveYetOrIsReplacedCannotBeSigned() {
        publish(version, today, "");
        publish(version + ".b", today, "");
        publish(version + ".c", today.plusDays(1), "");

        assertThatThrownBy(() -> sign(version)).isInstanceOf(AgreementNotFound.class);
        assertThatThrownBy(() -> sign(version + ".c")).isInstanceOf(AgreementNotFound.class);
        sign(version + ".b");
    }

    @Test
    void aResellerSignsNoDistributorsAgreement() {
        agreements.publish(text(AgreementKind.CLOUD_DISTRIBUTOR, version, today, ""), "operator");
        assertThatThrownBy(() -> agreements.sign(partner, AgreementKind.CLOUD_DISTRIBUTOR, version, SIGNATURE, BY))
                .isInstanceOf(AgreementNotFound.class);
    }

    @Test
    void nothingIsSignedWithoutNameFunctionAndConsent() {
        publish(version, today, "");
        assertThat(faults(() -> agreements.sign(
                        partner, AgreementKind.NETWORK_MEMBERSHIP, version, Map.of("signatory", " "), BY)))
                .isEqualTo(Map.of("signatory", "missing", "title", "missing", "agreed", "not-agreed"));
        assertThat(agreements.of(partner)).isEmpty();
    }

    @Test
    void anAgreementThatIsEndedHoldsNoLongerFromTodayAndSaysWhy() {
        publish(version, today, "");
        sign(version);
        var id = agreements.of(partner).getFirst().id();
        assertThat(faults(() -> agreements.end(partner, id, Map.of(), "operator")))
                .isEqualTo(Map.of("reason", "missing"));
        agreements.end(partner, id, Map.of("reason", "Ended by the partner’s letter."), "operator");
        agreements.end(partner, id, Map.of("reason", "Ended by another letter."), "operator");

        assertThat(inForce(today)).isEmpty();
        assertThat(agreements.of(partner).getFirst().ended()).isEqualTo("Ended by the partner’s letter.");
        assertThatThrownBy(() -> agreements.end(
                        new PartnerId(partner.value() + 1_000_000),
                        id,
                        Map.of("reason", "not mine to end"),
                        "operator"))
                .isInstanceOf(AgreementNotFound.class);
    }

    @Test
    void aPublishedTextIsNeverChanged() {
        publish(version, today, "");
        publish(version, today, "");
        assertThat(faults(() -> publish(version, today, "12"))).isEqualTo(Map.of("version", "version-published"));
        assertThat(agreements.text(AgreementKind.NETWORK_MEMBERSHIP, version).months())
                .isNull();
    }

    @Test
    void aTextThatLacksALanguageIsNotPublished() {
        var text = new HashMap<>(text(AgreementKind.RESELLER, "..", today, "never"));
        text.put("french", "");
        assertThat(faults(() -> agreements.publish(text, "operator")))
                .isEqualTo(Map.of("version", "version", "months", "months", "french", "missing"));
    }

    private List<String> inForce(LocalDate day) {
        return agreements.inForce(partner, day).stream().map(Agreement::version).toList();
    }

    private void sign(String signed) {
        agreements.sign(partner, AgreementKind.NETWORK_MEMBERSHIP, signed, SIGNATURE, BY);
    }

    private void publish(String published, LocalDate effective, String months) {
        agreements.publish(text(AgreementKind.NETWORK_MEMBERSHIP, published, effective, months), "operator");
    }

    private static Map<String, String> text(AgreementKind kind, String version, LocalDate effective, String months) {
        return Map.of(
                "kind",
                kind.code(),
                "version",
                version,
                "effective",
                effective.toString(),
                "months",
                months,
                "english",
                "We agree.",
                "french",
                "Nous sommes d’accord.");
    }

    private static Map<String, String> faults(Runnable action) {
        var faults = new HashMap<String, String>();
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(FormRefused.class, refused -> faults.putAll(refused.faults()));
        return faults;
    }
}
