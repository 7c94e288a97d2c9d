package org.espace.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espace.db.partners.Tables.TRANSACTING_ID;
import static org.espace.partners.OrganizationsTest.faults;
import static org.espace.partners.OrganizationsTest.with;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.partners.Verification.State;
import org.espace.web.Act;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class LocationsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BY = "operator@example.com";
    private static final Map<String, String> ANNECY = Map.of(
            "name", "Annecy",
            "type", "indirect-reseller",
            "street", "3 allée du Vieux Pont",
            "postal-code", "74000",
            "city", "Annecy",
            "country", "FR",
            "contact-name", "Reception",
            "contact-email", "annecy@example.com");

    @Autowired
    Partners partners;

    @Autowired
    Locations locations;

    @Autowired
    Verifications verifications;

    @Autowired
    ApplicationEvents events;

    @Autowired
    DSLContext sql;

    @Autowired
    Clock clock;

    String name;
    Location reseller;
    Location otherReseller;
    Location provider;

    @BeforeEach
    void twoResellersAndAProvider() {
        name = "LOC-" + COUNT.incrementAndGet();
        reseller = location("R", LocationType.INDIRECT_RESELLER);
        otherReseller = location("O", LocationType.INDIRECT_RESELLER);
        provider = location("P", LocationType.INDIRECT_PROVIDER);
    }

    @Test
    void aFurtherNumberMeansTheLocationFromItsFirstDay() {
        addId(reseller, name + "-A", "2026-01-01", "");
        assertThat(locations.transactingIds(reseller.partner()))
                .extracting(TransactingId::number)
                .containsExactly(name + "-A");
        assertThat(partners.locationNumbers())
                .containsEntry(reseller.number(), reseller.id().value())
                .containsEntry(name + "-A", reseller.id().value());
    }

    @Test
    void aNumberMeansOneLocationAtATime() {
        addId(reseller, name + "-A", "2025-01-01", "2026-01-01");
        assertThat(faults(() -> addId(otherReseller, name + "-A", "2025-12-31", "")))
                .isEqualTo(Map.of("number", "number-taken"));
        addId(otherReseller, name + "-A", "2026-01-01", "");

        assertThat(partners.locationNumbers())
                .containsEntry(name + "-A", otherReseller.id().value());
    }

    @Test
    void theTableRefusesWhatTheDoorWouldRefuse() {
        addId(reseller, name + "-A", "2025-01-01", "");
        assertThatThrownBy(() -> sql.insertInto(TRANSACTING_ID)
                        .set(TRANSACTING_ID.NUMBER, name + "-A")
                        .set(TRANSACTING_ID.LOCATION_ID, otherReseller.id().value())
                        .set(TRANSACTING_ID.PARTNER_ID, otherReseller.partner().value())
                        .set(TRANSACTING_ID.SINCE, LocalDate.of(2026, 1, 1))
                        .set(TRANSACTING_ID.ADDED_AT, clock.instant())
                        .set(TRANSACTING_ID.ADDED_BY, "test")
                        .execute())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("number_of_one_location");
        assertThatThrownBy(() -> sql.insertInto(TRANSACTING_ID)
                        .set(TRANSACTING_ID.NUMBER, provider.number())
                        .set(TRANSACTING_ID.LOCATION_ID, otherReseller.id().value())
                        .set(TRANSACTING_ID.PARTNER_ID, otherReseller.partner().value())
                        .set(TRANSACTING_ID.SINCE, LocalDate.of(2026, 1, 1))
                        .set(TRANSACTING_ID.ADDED_AT, clock.instant())
                        .set(TRANSACTING_ID.ADDED_BY, "test")
                        .execute())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("the number of a location");
    }

    @Test
    void theOwnNumberOfALocationIsNobodysFurtherOne() {
        assertThat(faults(() -> addId(reseller, provider.number(), "2026-01-01", "")))
                .isEqualTo(Map.of("number", "number-taken"));
    }

    @Test
    void aNumberThatHasEndedStillMeansWhomItMeantLast() {
        addId(reseller, name + "-A", "2025-01-01", "");
        var id = locations.transactingIds(reseller.partner()).getFirst().id();
        locations.endTransactingId(otherReseller.partner(), id, BY);
        assertThat(locations.transactingIds(reseller.partner()).getFirst().until())
                .isNull();

        locations.endTransactingId(reseller.partner(), id, BY);
        assertThat(locations.transactingIds(reseller.partner()).getFirst().until())
                .isEqualTo(LocalDate.now(clock));
        assertThat(partners.locationNumbers())
                .containsEntry(name + "-A", reseller.id().value());
    }

    @Test
    void aPeriodThatEndsBeforeItBeginsIsRefused() {
        assertThat(faults(() -> addId(reseller, name + "-A", "2026-01-01", "2026-01-01")))
                .isEqualTo(Map.of("until", "period"));
        assertThat(faults(() -> addId(reseller, name + "-A", "soon", ""))).isEqualTo(Map.of("since", "day"));
    }

    @Test
    void aTieIsSeenFromBothSidesWithNameNumberAndCountryAlone() {
        tie(reseller, provider, "2026-01-01");
        tie(provider, otherReseller, "2026-02-01");

        assertThat(locations.ties(reseller.partner()))
                .singleElement()
                .satisfies(tie -> assertThat(tie.other(reseller.partner()))
                        .isEqualTo(
                                new Tie.Side(provider.partner(), provider.id(), name + "-P", provider.number(), "GB")));
        assertThat(locations.ties(provider.partner()))
                .extracting(tie -> tie.other(provider.partner()).number())
                .containsExactly(otherReseller.number(), reseller.number());
        assertThat(events.stream(Act.class).map(Act::partner))
                .containsExactly(
                        reseller.partner().value(),
                        provider.partner().value(),
                        otherReseller.partner().value(),
                        provider.partner().value());
    }

    @Test
    void onlyAResellerAndAProviderAreTiedAndOnceAtATime() {
        assertThat(faults(() -> tie(reseller, otherReseller, "2026-01-01"))).isEqualTo(Map.of("other", "tie-type"));
        assertThat(faults(() -> tie(provider, provider, "2026-01-01"))).isEqualTo(Map.of("other", "tie-type"));
        assertThat(faults(() -> locations.tie(reseller.id(), Map.of("other", "nobody", "since", "2026-01-01"), BY)))
                .isEqualTo(Map.of("other", "location-unknown"));
        tie(reseller, provider, "2026-01-01");
        assertThat(faults(() -> tie(provider, reseller, "2026-06-01"))).isEqualTo(Map.of("other", "tied"));
        locations.endTie(
                reseller.partner(),
                locations.ties(reseller.partner()).getFirst().id(),
                BY);
        tie(provider, reseller, LocalDate.now(clock).toString());
        assertThat(locations.ties(reseller.partner())).hasSize(2);
    }

    @Test
    void aLocationThatIsAskedForBecomesOneWithItsNumber() {
        locations.apply(reseller.partner(), ANNECY, "admin@example.com");
        locations.apply(reseller.partner(), ANNECY, "admin@example.com");
        var question = question();
        assertThat(partners.locations(reseller.partner())).hasSize(1);

        assertThat(faults(() -> locations.accept(question.id(), Map.of("number", provider.number()), BY)))
                .isEqualTo(Map.of("number", "number-taken"));
        var location = locations.accept(question.id(), Map.of("number", name + "-N"), BY);

        assertThat(partners.location(location))
                .isEqualTo(
                        new Location(location, reseller.partner(), name + "-N", "Annecy", "FR", "indirect-reseller"));
        assertThat(verifications.verification(question.id()).state()).isEqualTo(State.ACCEPTED);
        assertThat(locations.applications(reseller.partner()))
                .singleElement()
                .satisfies(application -> assertThat(application.location()).isEqualTo(location));
        assertThatThrownBy(() -> locations.accept(question.id(), Map.of("number", name + "-M"), BY))
                .isInstanceOf(NotItsTurn.class);
    }

    @Test
    void aRejectedApplicationOpensNothing() {
        locations.apply(reseller.partner(), ANNECY, "admin@example.com");
        verifications.reject(question().id(), Map.of("reason", "There is a bakery at this address."), BY);
        assertThat(partners.locations(reseller.partner())).hasSize(1);
        assertThat(question().state()).isEqualTo(State.REJECTED);
    }

    @Test
    void anApplicationSaysAllThatIsWrongWithIt() {
        assertThat(faults(() -> locations.apply(
                        reseller.partner(), with(with(ANNECY, "type", "pirate"), "contact-email", "annecy"), BY)))
                .isEqualTo(Map.of("type", "choice", "contact-email", "email"));
    }

    @Test
    void aClosedLocationStaysAndWhatIsTiedToItEnds() {
        tie(reseller, provider, "2026-01-01");
        addId(reseller, name + "-A", "2026-01-01", "");
        close(reseller);

        assertThat(partners.locations(reseller.partner())).containsExactly(reseller);
        assertThat(locations.closures(reseller.partner())).hasSize(1);
        assertThat(locations.ties(provider.partner()).getFirst().until()).isEqualTo(LocalDate.now(clock));
        assertThat(locations.transactingIds(reseller.partner()).getFirst().until())
                .isEqualTo(LocalDate.now(clock));
        assertThat(events.stream(LocationClosed.class))
                .containsExactly(new LocationClosed(reseller.partner(), reseller.id(), LocalDate.now(clock)));
        assertThatThrownBy(() -> close(reseller)).isInstanceOf(LocationIsClosed.class);
        assertThatThrownBy(() -> addId(reseller, name + "-B", "2026-01-01", "")).isInstanceOf(LocationIsClosed.class);
    }

    @Test
    void aLocationIsClosedOnlyByItsNumberAndWithAStatement() {
        assertThat(faults(() -> locations.close(reseller.id(), Map.of("number", "1", "statement", "please"), BY)))
                .isEqualTo(Map.of("number", "number-differs", "statement", "short"));
        assertThat(locations.closures(reseller.partner())).isEmpty();
    }

    private Verification question() {
        return verifications.of(reseller.partner()).stream()
                .filter(question -> question.application() != null)
                .findFirst()
                .orElseThrow();
    }

    private void close(Location location) {
        locations.close(
                location.id(),
                Map.of(
                        "number",
                        location.number(),
                        "statement",
                        "Letter of 20 Nov 2026: close it, we know that it cannot be restored."),
                BY);
    }

    private void addId(Location location, String number, String since, String until) {
        locations.addTransactingId(location.id(), Map.of("number", number, "since", since, "until", until), BY);
    }

    private void tie(Location here, Location there, String since) {
        locations.tie(here.id(), Map.of("other", there.number(), "since", since), BY);
    }

    private Location location(String suffix, LocationType type) {
        var number = name + "-" + suffix;
        var partner = new PartnerId(partners.newPartnerIds().getAsInt());
        var location = new Location(
                new LocationId(partners.newLocationIds().getAsInt()), partner, number, number, "GB", type.code());
        partners.register(List.of(new Partner(partner, number, number, "GB")), List.of(location));
        return location;
    }
}
