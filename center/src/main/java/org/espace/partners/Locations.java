package org.espace.partners;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to how locations come, under which numbers they transact, through whom they buy, and how they go. */
@Service
public class Locations {

    private static final int LONGEST_NUMBER = 120;
    private static final int SHORTEST_STATEMENT = 20;
    private static final int LONGEST_STATEMENT = 2_000;

    private final LocationStore store;
    private final OrganizationStore organizations;
    private final Partners partners;
    private final Verifications verifications;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Locations(
            LocationStore store,
            OrganizationStore organizations,
            Partners partners,
            Verifications verifications,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.organizations = organizations;
        this.partners = partners;
        this.verifications = verifications;
        this.events = events;
        this.clock = clock;
    }

    /** All that the partner has asked for, the latest first. */
    public List<LocationApplication> applications(PartnerId partner) {
        return store.applications(partner);
    }

    Optional<LocationApplication> application(Verification verification) {
        return Optional.ofNullable(verification.application()).flatMap(store::application);
    }

    /**
     * From the fields name, type, street, postal-code, city, region, country, contact-name and contact-email. The same
     * application again, while the first one is pending, changes nothing.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void apply(PartnerId partner, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var application = LocationApplication.read(partner, fields, by, clock.instant());
        fields.refuseFaulty();
        organizations.lock(partner);
        if (isPending(application)) {
            return;
        }
        var id = store.insert(application);
        events.publishEvent(Act.of("location.applied", by, partner.value(), application.name())
                .changing(
                        Map.of(),
                        Map.of(
                                "type",
                                application.type().code(),
                                "city",
                                application.address().city(),
                                "country",
                                application.address().country())));
        verifications.open(partner, store.application(id).orElseThrow(), by);
    }

    private boolean isPending(LocationApplication application) {
        var pending = verifications.of(application.partner()).stream()
                .filter(verification -> verification.state() == Verification.State.PENDING)
                .map(Verification::application)
                .toList();
        return store.applications(application.partner()).stream()
                .anyMatch(other -> other.name().equals(application.name())
                        && other.address().equals(application.address())
                        && pending.contains(other.id()));
    }

    /**
     * A verified application becomes a location under the number of the field number. One that a feed has named before
     * keeps what the feed says of it.
     *
     * @throws FormRefused when the number is missing, or another partner's
     * @throws NotItsTurn when no verdict is awaited
     */
    @Transactional
    public LocationId accept(int verification, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var number = fields.needed("number", LONGEST_NUMBER);
        fields.refuseFaulty();
        var question = verifications.locked(verification);
        var application = application(question).orElseThrow(() -> new VerificationNotFound(verification));
        store.lock();
        var location = known(application, number).orElseGet(() -> register(application, number));
        verifications.decide(question, by);
        store.become(application, location);
        events.publishEvent(Act.of("location.added", by, application.partner().value(), number));
        return location;
    }

    private Optional<LocationId> known(LocationApplication application, String number) {
        if (store.isTransactingId(number)) {
            throw new FormRefused("number", "number-taken");
        }
        var known = partners.findLocation(number);
        if (known.isPresent()
                && (!known.get().partner().equals(application.partner())
                        || store.applications(application.partner()).stream()
                                .anyMatch(other -> known.get().id().equals(other.location())))) {
            throw new FormRefused("number", "number-taken");
        }
        return known.map(Location::id);
    }

    private LocationId register(LocationApplication application, String number) {
        var id = new LocationId(partners.newLocationIds().getAsInt());
        partners.register(
                List.of(),
                List.of(new Location(
                        id,
                        application.partner(),
                        number,
                        application.name(),
                        application.address().country(),
                        application.type().code())));
        return id;
    }

    /** Of all the partner's locations. */
    public List<TransactingId> transactingIds(PartnerId partner) {
        return store.ids(partner);
    }

    /**
     * From the fields number, since and, if it is known, until.
     *
     * @throws FormRefused with the fields at fault; a number means one location at a time
     */
    @Transactional
    public void addTransactingId(LocationId location, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var number = fields.needed("number", LONGEST_NUMBER);
        var since = fields.day("since");
        var until = fields.day("until");
        needPeriod(fields, since, until);
        store.lock();
        var place = open(location);
        if (!number.isEmpty()
                && since.isPresent()
                && (store.isOwnNumber(number)
                        || !store.holding(number, since.get(), until.orElse(null))
                                .isEmpty())) {
            fields.fault("number", "number-taken");
        }
        fields.refuseFaulty();
        store.insert(place, number, since.orElseThrow(), until.orElse(null), by, clock.instant());
        events.publishEvent(Act.of("transacting-id.added", by, place.partner().value(), number)
                .changing(
                        Map.of(),
                        Map.of(
                                "location",
                                place.number(),
                                "since",
                                since.orElseThrow().toString())));
    }

    /** From today on it no longer means the location; files about earlier days may still name it. */
    @Transactional
    public void endTransactingId(PartnerId partner, int id, String by) {
        store.lock();
        store.ids(partner).stream()
                .filter(known -> known.id() == id && lasts(known.until(), today()))
                .forEach(known -> end(partner, known, today(), by));
    }

    private void end(PartnerId partner, TransactingId id, LocalDate on, String by) {
        store.endId(id.id(), on);
        events.publishEvent(Act.of("transacting-id.ended", by, partner.value(), id.number())
                .changing(Map.of(), Map.of("until", on.toString())));
    }

    /** Of all the partner's locations, on whichever side they stand. */
    public List<Tie> ties(PartnerId partner) {
        return store.ties(partner);
    }

    /**
     * From the fields other, which is the number of the location on the other side, since and, if it is known, until.
     *
     * @throws FormRefused with the fields at fault; an indirect reseller is tied to an indirect provider, and to the same
     *     one once at a time
     */
    @Transactional
    public void tie(LocationId location, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var number = fields.needed("other", LONGEST_NUMBER);
        var since = fields.day("since");
        var until = fields.day("until");
        needPeriod(fields, since, until);
        store.lock();
        var here = open(location);
        var there = partners.findLocation(number).filter(found -> !store.isClosed(found.id()));
        if (!number.isEmpty() && there.isEmpty()) {
            fields.fault("other", "location-unknown");
        }
        var reseller = LocationType.INDIRECT_RESELLER.code().equals(here.type()) ? Optional.of(here) : there;
        var provider = reseller.equals(there) ? Optional.of(here) : there;
        if (reseller.isPresent() && provider.isPresent()) {
            if (!reseller.get().type().equals(LocationType.INDIRECT_RESELLER.code())
                    || !provider.get().type().equals(LocationType.INDIRECT_PROVIDER.code())) {
                fields.fault("other", "tie-type");
            } else if (since.isPresent()
                    && store.isTied(reseller.get().id(), provider.get().id(), since.get(), until.orElse(null))) {
                fields.fault("other", "tied");
            }
        }
        fields.refuseFaulty();
        store.insert(
                reseller.orElseThrow(),
                provider.orElseThrow(),
                since.orElseThrow(),
                until.orElse(null),
                by,
                clock.instant());
        for (var side : List.of(reseller.orElseThrow(), provider.orElseThrow())) {
            events.publishEvent(Act.of(
                            "tie.made",
                            by,
                            side.partner().value(),
                            reseller.orElseThrow().number() + " → "
                                    + provider.orElseThrow().number())
                    .changing(Map.of(), Map.of("since", since.orElseThrow().toString())));
        }
    }

    /** From today on. */
    @Transactional
    public void endTie(PartnerId partner, int tie, String by) {
        store.lock();
        store.ties(partner).stream()
                .filter(known -> known.id() == tie && lasts(known.until(), today()))
                .forEach(known -> end(known, today(), by));
    }

    private void end(Tie tie, LocalDate on, String by) {
        store.endTie(tie.id(), on);
        for (var side : List.of(tie.reseller(), tie.provider())) {
            events.publishEvent(Act.of(
                            "tie.ended",
                            by,
                            side.partner().value(),
                            tie.reseller().number() + " → " + tie.provider().number())
                    .changing(Map.of(), Map.of("until", on.toString())));
        }
    }

    public List<Closure> closures(PartnerId partner) {
        return store.closures(partner);
    }

    /**
     * From the fields number, which repeats the location's own, and statement, in which the partner declares to know that
     * the location cannot be restored. From today on its enrolments, further numbers and ties no longer hold.
     *
     * @throws FormRefused with the fields at fault
     * @throws LocationIsClosed when it is
     */
    @Transactional
    public void close(LocationId location, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var number = fields.needed("number", LONGEST_NUMBER);
        var statement = fields.lines("statement", SHORTEST_STATEMENT, LONGEST_STATEMENT);
        store.lock();
        var place = open(location);
        if (!number.isEmpty() && !number.equals(place.number())) {
            fields.fault("number", "number-differs");
        }
        fields.refuseFaulty();
        var today = today();
        store.close(place, today, statement, by, clock.instant());
        store.ids(place.partner()).stream()
                .filter(id -> id.location().equals(location) && lasts(id.until(), today))
                .forEach(id -> end(place.partner(), id, today, by));
        store.ties(location).stream().filter(tie -> lasts(tie.until(), today)).forEach(tie -> end(tie, today, by));
        events.publishEvent(new LocationClosed(place.partner(), location, today));
        events.publishEvent(Act.of("location.closed", by, place.partner().value(), place.number())
                .changing(Map.of(), Map.of("statement", statement)));
    }

    private Location open(LocationId id) {
        var location = partners.location(id);
        if (store.isClosed(id)) {
            throw new LocationIsClosed(id);
        }
        return location;
    }

    private static boolean lasts(@Nullable LocalDate until, LocalDate day) {
        return until == null || until.isAfter(day);
    }

    private static void needPeriod(Fields fields, Optional<LocalDate> since, Optional<LocalDate> until) {
        if (since.isEmpty()) {
            fields.fault("since", "missing");
        } else if (until.isPresent() && !until.get().isAfter(since.get())) {
            fields.fault("until", "period");
        }
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
