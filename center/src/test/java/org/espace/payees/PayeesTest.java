package org.espace.payees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espace.payees.Handed.BANK;
import static org.espace.payees.Handed.IBAN;
import static org.espace.payees.Handed.TAX;
import static org.espace.payees.Handed.VAT;
import static org.espace.payees.Handed.nothing;
import static org.espace.payees.Handed.pdf;
import static org.espace.payees.Handed.with;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.LocationType;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.Profile.Kind;
import org.espace.payees.Profile.Reason;
import org.espace.payees.QueueQuery.State;
import org.espace.web.Act;
import org.espace.web.FormRefused;
import org.espace.web.Secrets;
import org.espace.web.Wall;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class PayeesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BY = "incentives@brisolane.example";
    private static final String FINANCE = "finance@vendor.example";
    private static final String PROGRAM = "csp-indirect-reseller";

    @Autowired
    Payees payees;

    @Autowired
    Profiles profiles;

    @Autowired
    ProfileStore store;

    @Autowired
    Secrets secrets;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    ApplicationEvents events;

    @Autowired
    DSLContext sql;

    @Autowired
    Clock clock;

    PartnerId partner;
    LocationId location;
    LocalDate today;

    @BeforeEach
    void onePartner() {
        today = LocalDate.now(clock);
        location = newPartner();
        partner = partners.location(location).partner();
    }

    @Test
    void aLocationIsPaidOnceItsBankAndItsTaxAreApproved() {
        assertThat(payees.assignDefaults(location, PROGRAM, BY)).isEqualTo(PayeeStanding.MISSING);
        var bank = profiles.handInBank(partner, BANK, BY);
        payees.setDefault(partner, profiles.idOf(bank), List.of(location), BY);
        assertThat(standing()).isEqualTo(PayeeStanding.MISSING);
        var tax = profiles.handInTax(partner, location, TAX, nothing(), BY);
        assertThat(standing()).isEqualTo(PayeeStanding.PENDING_VALIDATION);
        profiles.approve(bank, Map.of(), FINANCE);
        assertThat(payees.completeSince(location, PROGRAM)).isEmpty();
        profiles.approve(tax, Map.of(), FINANCE);

        assertThat(standing()).isEqualTo(PayeeStanding.APPROVED);
        assertThat(payees.completeSince(location, PROGRAM)).contains(today);
        assertThat(events.stream(PayeesChanged.class).map(PayeesChanged::locations))
                .contains(Set.of(location));
    }

    @Test
    void theNextProgramIsGivenTheDefaultAndTheTaxOfTheLocation() {
        complete();
        assertThat(payees.assignDefaults(location, "another", BY)).isEqualTo(PayeeStanding.APPROVED);
        assertThat(payees.standings(List.of(location)))
                .isEqualTo(
                        Map.of(location, Map.of(PROGRAM, PayeeStanding.APPROVED, "another", PayeeStanding.APPROVED)));
    }

    @Test
    void rebateAndCoOpMayGoToDifferentAccountsAndTheWorseOneCounts() {
        complete();
        var other = profiles.idOf(profiles.handInBank(partner, with(BANK, "profile-name", "Marketing"), BY));
        var main = payees.assigned(location, PROGRAM, EarningType.REBATE).orElseThrow();
        assign(main, other);
        assertThat(payees.assigned(location, PROGRAM, EarningType.CO_OP)).contains(other);
        assertThat(standing()).isEqualTo(PayeeStanding.PENDING_VALIDATION);

        var assigned = acts("payment.assigned");
        assign(main, other);
        assertThat(acts("payment.assigned")).isEqualTo(assigned);
    }

    @Test
    void whatIsHandedInTwiceIsHandedInOnce() {
        var once = profiles.handInBank(partner, BANK, BY);
        assertThat(profiles.handInBank(partner, BANK, BY)).isEqualTo(once);
        assertThat(profiles.changeBank(partner, profiles.idOf(once), BANK, BY)).isEqualTo(once);
        var tax = profiles.handInTax(partner, location, TAX, nothing(), BY);
        assertThat(profiles.handInTax(partner, location, TAX, nothing(), BY)).isEqualTo(tax);
        assertThat(profiles.of(partner))
                .hasSize(2)
                .allMatch(profile -> profile.versions().size() == 1);
        assertThat(acts("payment.bank-handed-in")).isEqualTo(1);

        assertThat(faults(() -> profiles.handInBank(partner, with(BANK, "currency", "USD"), BY)))
                .isEqualTo(Map.of("profile-name", "profile-name-taken"));
    }

    @Test
    void aChangeIsANewVersionAndWhatWasThereStaysVisible() {
        complete();
        var id = payees.assigned(location, PROGRAM, EarningType.REBATE).orElseThrow();
        var change = new HashMap<>(with(BANK, "currency", "USD"));
        change.remove("iban");
        profiles.changeBank(partner, id, change, BY);

        var profile = profiles.profile(partner, id);
        assertThat(profile.versions()).hasSize(2);
        assertThat(profile.current().entry("iban").orElseThrow().masked()).isEqualTo("•••• 2606");
        assertThat(profiles.reveal(profile, BY)).isEqualTo(Map.of("iban", IBAN));
        assertThat(profile.versions().getLast().verdict()).isNotNull();
        assertThat(standing()).isEqualTo(PayeeStanding.PENDING_VALIDATION);
        assertThat(payees.completeSince(location, PROGRAM))
                .as("what was approved before still holds")
                .contains(today);
    }

    @Test
    void anAccountInAnotherNameWaitsForThePartnerOrForAReasonOfTheVendor() {
        var version = profiles.handInBank(partner, with(BANK, "holder", "Brisolane Holding"), BY);
        var profile = profiles.ofVersion(version);
        assertThat(profile.current().standing(today)).isEqualTo(PayeeStanding.ACTION_REQUIRED);
        assertThat(profile.current().reason(today)).contains(Reason.HOLDER_DIFFERS);
        assertThat(queued(State.ACTION_REQUIRED)).contains(profile);
        assertThat(queued(State.PENDING)).doesNotContain(profile);

        assertThat(faults(() -> profiles.approve(version, Map.of(), FINANCE)))
                .isEqualTo(Map.of("accepted-because", "missing"));
        profiles.approve(version, Map.of("accepted-because", "The bank has confirmed the account by letter."), FINANCE);
        assertThat(profiles.ofVersion(version).current().standing(today)).isEqualTo(PayeeStanding.APPROVED);
    }

    @Test
    void whatIsSentBackSaysWhyAndIsHandedInAgain() {
        var version = profiles.handInBank(partner, BANK, BY);
        assertThat(faults(() -> profiles.sendBack(version, Map.of("reason", "nonsense"), FINANCE)))
                .isEqualTo(Map.of("reason", "choice"));
        assertThat(faults(() -> profiles.sendBack(version, Map.of("reason", "other"), FINANCE)))
                .isEqualTo(Map.of("payment-comment", "missing"));
        profiles.sendBack(version, Map.of("reason", "account-closed"), FINANCE);
        assertThat(profiles.ofVersion(version).current().reason(today)).contains(Reason.ACCOUNT_CLOSED);

        var again = profiles.changeBank(partner, profiles.idOf(version), BANK, BY);
        assertThat(again).isNotEqualTo(version);
        assertThat(profiles.ofVersion(again).current().standing(today)).isEqualTo(PayeeStanding.PENDING_VALIDATION);
    }

    @Test
    void aVersionIsDecidedOnceAndNeverByWhoeverHandedItIn() {
        var version = profiles.handInBank(partner, BANK, BY);
        assertThatThrownBy(() -> profiles.approve(version, Map.of(), BY)).isInstanceOf(EnteredByYou.class);
        profiles.approve(version, Map.of(), FINANCE);
        assertThatThrownBy(() -> profiles.sendBack(version, Map.of("reason", "account-closed"), FINANCE))
                .isInstanceOf(VersionDecided.class);

        var first = profiles.handInTax(partner, location, TAX, nothing(), BY);
        profiles.handInTax(partner, location, with(TAX, "holder", "Brisolane"), nothing(), BY);
        assertThatThrownBy(() -> profiles.approve(first, Map.of(), FINANCE)).isInstanceOf(VersionDecided.class);
    }

    @Test
    void ofTwoVerdictsAtOnceOneCounts() throws Exception {
        var version = profiles.handInBank(partner, BANK, BY);
        Callable<String> approval = () -> verdict(() -> profiles.approve(version, Map.of(), FINANCE));
        Callable<String> refusal = () ->
                verdict(() -> profiles.sendBack(version, Map.of("reason", "account-closed"), "other@vendor.example"));
        try (var two = Executors.newFixedThreadPool(2)) {
            var results = two.invokeAll(List.of(approval, refusal));
            assertThat(List.of(results.get(0).get(), results.get(1).get()))
                    .containsExactlyInAnyOrder("decided", "too late");
        }
    }

    private static String verdict(Runnable decision) {
        try {
            decision.run();
            return "decided";
        } catch (VersionDecided late) {
            return "too late";
        }
    }

    @Test
    void manyAreApprovedAtOnceAndTheTrialSaysWhichWithoutDoingIt() {
        var good = profiles.handInBank(partner, BANK, BY);
        var another = profiles.handInBank(partner, with(BANK, "profile-name", "Holding", "holder", "Holding"), BY);
        var own = profiles.handInTax(partner, location, TAX, nothing(), FINANCE);
        var chosen = List.of(good, another, own);

        var trial = profiles.approve(chosen, true, FINANCE);
        assertThat(trial.approved())
                .extracting(profile -> profile.current().id())
                .containsExactly(good);
        assertThat(trial.left().values()).containsExactlyInAnyOrder("name", "yours");
        assertThat(profiles.ofVersion(good).current().verdict()).isNull();

        profiles.approve(chosen, false, FINANCE);
        assertThat(profiles.ofVersion(good).current().standing(today)).isEqualTo(PayeeStanding.APPROVED);
        assertThat(profiles.approve(chosen, false, FINANCE).left()).hasSize(3);
    }

    @Test
    void whatWaitsLongestComesFirstAndIsDueAfterTwoDays() {
        var later = profiles.handInBank(partner, with(BANK, "profile-name", "Later"), BY);
        var earlier = profiles.handInBank(partner, with(BANK, "profile-name", "Earlier"), BY);
        sql.execute(
                "update payees.version set handed_in_at = handed_in_at - interval '3 days' where id = {0}", earlier);

        assertThat(queued(State.PENDING))
                .extracting(profile -> profile.current().id())
                .containsExactly(earlier, later);
        var version = profiles.ofVersion(earlier).current();
        assertThat(version.due())
                .isEqualTo(version.handedInAt().plus(48, ChronoUnit.HOURS))
                .isBefore(clock.instant());
        assertThat(profiles.ofVersion(later).current().due()).isAfter(clock.instant());
    }

    /** Of this partner alone. */
    private List<Profile> queued(State state) {
        return profiles
                .queue(new QueueQuery(state, null, partners.partner(partner).number(), 0), 1_000)
                .rows()
                .stream()
                .filter(profile -> profile.partner().equals(partner))
                .toList();
    }

    @Test
    void whatWaitsIsFoundByPartnerHolderLocationAndKindAndPagedWithoutALoss() {
        var bank = profiles.handInBank(partner, with(BANK, "holder", "Brisolane SAS"), BY);
        var tax = profiles.handInTax(partner, location, with(TAX, "holder", "Holder of " + location), nothing(), BY);
        var number = partners.partner(partner).number();
        assertThat(found(Kind.BANK, number)).contains(bank).doesNotContain(tax);
        assertThat(found(Kind.TAX, number)).contains(tax).doesNotContain(bank);
        assertThat(found(null, "HOLDER OF " + location)).containsExactly(tax);
        assertThat(found(null, partners.location(location).number())).contains(bank, tax);
        assertThat(found(null, "100%")).isEmpty();

        var all = found(null, "");
        var paged = new ArrayList<Integer>();
        for (var page = 0; paged.size() < all.size(); page++) {
            var queue = profiles.queue(new QueueQuery(State.PENDING, null, "", page), 3);
            assertThat(queue.counts()).containsEntry(State.PENDING, all.size());
            assertThat(queue.rows()).hasSizeBetween(1, 3);
            queue.rows().forEach(profile -> paged.add(profile.current().id()));
        }
        assertThat(paged).isEqualTo(all);
        assertThat(new QueueQuery(State.PENDING, null, "", 0).href(3))
                .isEqualTo("/console/payment?state=pending&kind=&q=&page=3");
    }

    private List<Integer> found(@Nullable Kind kind, String text) {
        return profiles.queue(new QueueQuery(State.PENDING, kind, text, 0), 100_000).rows().stream()
                .map(profile -> profile.current().id())
                .toList();
    }

    @Test
    void aFormOfTheUnitedStatesNeedsItsDocumentAndEndsWithTheThirdYearAfter() {
        var form = Map.of(
                "country", "FR", "sheet", "w8ben-e", "holder", "Brisolane SAS", "ftin", "123456782", "treaty", "yes");
        assertThat(faults(() -> profiles.handInTax(partner, location, form, nothing(), BY)))
                .isEqualTo(Map.of("signed-on", "missing", "document", "missing"));
        var signed = with(form, "signed-on", today.toString());
        var version = profiles.handInTax(partner, location, signed, pdf(), BY);
        assertThat(profiles.ofVersion(version).current().lastDay()).contains(LocalDate.of(today.getYear() + 3, 12, 31));
        assertThat(faults(() -> profiles.handInTax(
                        partner,
                        location,
                        with(form, "signed-on", today.minusYears(4).toString()),
                        pdf(),
                        BY)))
                .isEqualTo(Map.of("signed-on", "expired"));
        assertThat(faults(() -> profiles.handInTax(
                        partner,
                        location,
                        with(form, "signed-on", today.plusDays(1).toString()),
                        pdf(),
                        BY)))
                .isEqualTo(Map.of("signed-on", "future"));
    }

    @Test
    void aDocumentThatHasEndedAsksForActionAndMakesAGap() {
        complete();
        var tax = profiles.taxProfile(location).orElseThrow();
        sql.execute(
                "update payees.version set until = {0} where id = {1}",
                today, tax.current().id());
        assertThat(standing()).isEqualTo(PayeeStanding.ACTION_REQUIRED);
        assertThat(profiles.taxProfile(location).orElseThrow().current().reason(today))
                .contains(Reason.EXPIRED);
        assertThat(payees.completeSince(location, PROGRAM)).isEmpty();
    }

    /** A16: what counts is the day of the verdict; a document that follows on another without a gap goes on with it. */
    @Test
    void completeSinceIsTheBeginningOfTheStretchThatHasBeenApproved() {
        complete();
        var bank = profiles.profile(
                partner, payees.assigned(location, PROGRAM, EarningType.REBATE).orElseThrow());
        var first = profiles.taxProfile(location).orElseThrow().current().id();
        decidedOn(bank.current().id(), today.minusDays(100));
        sql.execute(
                "update payees.assignment set assigned_at = assigned_at - interval '200 days' where partner_id = {0}",
                partner.value());
        decidedOn(first, today.minusDays(90));
        assertThat(payees.completeSince(location, PROGRAM)).contains(today.minusDays(90));

        var second = profiles.handInTax(partner, location, with(TAX, "holder", "Brisolane, Lyon"), nothing(), BY);
        assertThat(payees.completeSince(location, PROGRAM)).as("a change waits").contains(today.minusDays(90));
        profiles.approve(second, Map.of(), FINANCE);
        decidedOn(second, today.minusDays(10));
        sql.execute("update payees.version set until = {0} where id = {1}", today.minusDays(10), first);
        assertThat(payees.completeSince(location, PROGRAM)).as("without a gap").contains(today.minusDays(90));
        sql.execute("update payees.version set until = {0} where id = {1}", today.minusDays(11), first);
        assertThat(payees.completeSince(location, PROGRAM)).as("after a gap").contains(today.minusDays(10));
    }

    @Test
    void aLocationHasOneDefaultAndKeepsWhatWasAssignedWhenItIsRemoved() {
        complete();
        var id = payees.assigned(location, PROGRAM, EarningType.REBATE).orElseThrow();
        var other = profiles.idOf(profiles.handInBank(partner, with(BANK, "profile-name", "Other"), BY));
        assertThat(faults(() -> payees.setDefault(partner, other, List.of(location), BY)))
                .isEqualTo(Map.of("location", "has-default"));
        payees.removeDefault(partner, id, location, BY);
        payees.setDefault(partner, other, List.of(location), BY);
        assertThat(payees.assigned(location, PROGRAM, EarningType.REBATE)).contains(id);
    }

    @Test
    void administratorsAreWrittenToOnceForEachVerdictAndEachDayAhead() {
        var email = "p" + COUNT.incrementAndGet() + "@brisolane.example";
        users.create(partner, email, "Incentives", List.of(Grant.at(partner, Role.INCENTIVES_ADMINISTRATOR)), "test");
        var version = profiles.handInTax(
                partner, location, with(TAX, "valid-until", today.plusDays(20).toString()), nothing(), BY);
        profiles.approve(version, Map.of(), FINANCE);
        profiles.remind();
        profiles.remind();
        assertThat(mails(email)).containsExactly("payment-approved", "payment-ending");
        sql.execute("update payees.version set until = {0} where id = {1}", today.plusDays(5), version);
        profiles.remind();
        sql.execute("update payees.version set until = {0} where id = {1}", today, version);
        profiles.remind();
        profiles.remind();
        assertThat(mails(email))
                .containsExactly("payment-approved", "payment-ending", "payment-ending", "payment-ended");
    }

    private List<String> mails(String email) {
        return sql.fetch(
                        "select template from notices.mail where recipient = {0} and template like 'payment%' order by id",
                        email)
                .getValues(0, String.class);
    }

    @Test
    void whatIsSecretIsSealedForItsRow() {
        var version = profiles.handInBank(partner, BANK, BY);
        profiles.handInTax(partner, location, TAX, nothing(), BY);
        var before = sealedIban(version);
        assertThat(before).doesNotContain(IBAN);
        assertThatThrownBy(() -> secrets.open(before, Profiles.purpose(version + 1, "iban")))
                .isInstanceOf(RuntimeException.class);
        assertThat(profiles.reveal(profiles.ofVersion(version), FINANCE)).isEqualTo(Map.of("iban", IBAN));
    }

    private String sealedIban(int version) {
        return Objects.requireNonNull(store.sealed(version).get("iban"));
    }

    @Test
    void noTableHoldsANumberInClear() {
        complete();
        for (var table : sql.fetch(
                        "select format('%I.%I', table_schema, table_name) from information_schema.tables"
                                + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')")
                .getValues(0, String.class)) {
            assertThat(sql.fetchSingle(
                                    "select count(*) from " + table + " t where t::text like {0} or t::text like {1}",
                                    "%" + IBAN + "%",
                                    "%" + VAT + "%")
                            .into(int.class))
                    .as(table)
                    .isZero();
        }
        assertThat(events.stream(Act.class).map(Act::toString))
                .noneMatch(act -> act.contains(IBAN) || act.contains(VAT));
        assertThat(events.stream(Act.class).map(Act::action)).contains("payment.bank-handed-in", "payment.approved");
    }

    @Test
    void anotherPartnersRequestFindsNothingAndCannotDeleteItsOwn() {
        complete();
        var stranger = partners.location(newPartner()).partner();
        var version = profiles.of(partner).getFirst().current().id();
        assertThat(Wall.within(stranger.value(), () -> profiles.of(partner))).isEmpty();
        assertThat(Wall.within(stranger.value(), () -> store.sealed(version))).isEmpty();
        assertThat(Wall.within(stranger.value(), () -> payees.standings(List.of(location))))
                .isEmpty();
        assertThat(Wall.within(partner.value(), () -> profiles.of(partner))).hasSize(2);
        for (var table : List.of("profile", "version", "entry", "verdict", "assignment")) {
            assertThatThrownBy(() -> Wall.within(partner.value(), () -> sql.execute("delete from payees." + table)))
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> profiles.handInTax(stranger, location, TAX, nothing(), BY))
                .isInstanceOf(ProfileNotFound.class);
        assertThatThrownBy(() -> payees.setDefault(
                        stranger, profiles.of(partner).getFirst().id(), List.of(location), BY))
                .isInstanceOf(ProfileNotFound.class);
    }

    @Test
    void everyWrongFieldIsSaidAtOnce() {
        assertThat(faults(() -> profiles.handInBank(
                        partner,
                        Map.of(
                                "country",
                                "FR",
                                "sheet",
                                "bank-transfer",
                                "currency",
                                "XXX",
                                "iban",
                                "FR00",
                                "bic",
                                "nothing!"),
                        BY)))
                .isEqualTo(Map.of(
                        "profile-name", "missing",
                        "currency", "choice",
                        "holder", "missing",
                        "iban", "not-iban",
                        "bic", "letters-digits"));
        assertThat(faults(() -> profiles.handInBank(partner, with(BANK, "country", "ZZ"), BY)))
                .isEqualTo(Map.of("country", "country"));
        assertThat(faults(() -> profiles.handInBank(partner, with(BANK, "country", "US", "sheet", "credit-note"), BY)))
                .isEqualTo(Map.of("sheet", "choice"));
        assertThat(profiles.of(partner)).isEmpty();
    }

    private void complete() {
        var bank = profiles.handInBank(partner, BANK, BY);
        var tax = profiles.handInTax(partner, location, TAX, nothing(), BY);
        profiles.approve(bank, Map.of(), FINANCE);
        profiles.approve(tax, Map.of(), FINANCE);
        payees.setDefault(partner, profiles.idOf(bank), List.of(location), BY);
        assertThat(payees.assignDefaults(location, PROGRAM, BY)).isEqualTo(PayeeStanding.APPROVED);
    }

    private void assign(int rebate, int coOp) {
        payees.assign(
                partner,
                location,
                PROGRAM,
                Map.of("rebate", Integer.toString(rebate), "co-op", Integer.toString(coOp)),
                BY);
    }

    private void decidedOn(int version, LocalDate day) {
        sql.execute("update payees.verdict set decided_at = {0}::date where version_id = {1}", day, version);
    }

    private PayeeStanding standing() {
        return payees.standing(location, PROGRAM);
    }

    private long acts(String action) {
        return events.stream(Act.class)
                .filter(act -> act.action().equals(action))
                .count();
    }

    private LocationId newPartner() {
        var number = "PAY-" + COUNT.incrementAndGet();
        var id = new PartnerId(partners.newPartnerIds().getAsInt());
        var place = new LocationId(partners.newLocationIds().getAsInt());
        partners.register(
                List.of(new Partner(id, number, "Brisolane SAS", "FR")),
                List.of(new Location(place, id, number, "Lyon", "FR", LocationType.INDIRECT_RESELLER.code())));
        return place;
    }

    private static Map<String, String> faults(Runnable action) {
        var faults = new HashMap<String, String>();
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(FormRefused.class, refused -> faults.putAll(refused.faults()));
        return faults;
    }
}
