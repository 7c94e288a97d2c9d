package org.espace.payees;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.AssignmentStore.Payable;
import org.espace.payees.Profile.Kind;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to whether locations can be paid in programs. That takes a bank profile for what is paid out as rebate, one for
 * what is paid as co-op, and the location's tax profile, which serves all of its programs.
 */
@Service
public class Payees {

    private final AssignmentStore store;
    private final ProfileStore profiles;
    private final Partners partners;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Payees(
            AssignmentStore store,
            ProfileStore profiles,
            Partners partners,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.profiles = profiles;
        this.partners = partners;
        this.events = events;
        this.clock = clock;
    }

    public PayeeStanding standing(LocationId location, String program) {
        return standings(List.of(location))
                .getOrDefault(location, Map.of())
                .getOrDefault(program, PayeeStanding.MISSING);
    }

    /** By program: of those in which a location wants to be paid, as far as {@link #assignDefaults} has been told. */
    public Map<LocationId, Map<String, PayeeStanding>> standings(Collection<LocationId> locations) {
        return store.standings(locations, today());
    }

    /**
     * The location wants to be paid in the program: where an earning type has no bank profile yet, it is given the location's
     * default one. Without a default nothing is assigned until there is one, or until somebody assigns.
     */
    @Transactional
    public PayeeStanding assignDefaults(LocationId location, String program, String by) {
        var partner = partners.location(location).partner();
        profiles.lock(partner);
        store.insert(partner, location, program, clock.instant(), by);
        store.standard(location).ifPresent(profile -> fill(partner, location, program, profile, by));
        return standing(location, program);
    }

    /**
     * The day since which everything that the location needs to be paid in the program has been approved without a gap; empty
     * while something is not. What counts is the verdict's day, not the day on which something was handed in. A change that
     * waits for its verdict makes no gap, since what was approved before still holds; a document that has ended does.
     */
    public Optional<LocalDate> completeSince(LocationId location, String program) {
        var history = store.history(location, program);
        var since = profiles.taxProfile(location).flatMap(this::coveredSince);
        for (var type : EarningType.values()) {
            var bank = history.stream()
                    .filter(assignment -> assignment.type() == type)
                    .flatMap(assignment -> usableSince(assignment).stream())
                    .min(LocalDate::compareTo);
            since = since.flatMap(day -> bank.map(other -> latest(day, other)));
        }
        return since;
    }

    private Optional<LocalDate> usableSince(Assignment assignment) {
        var assigned = LocalDate.ofInstant(assignment.assignedAt(), clock.getZone());
        return profiles.find(assignment.profile())
                .flatMap(profile -> profile.versions().stream()
                        .flatMap(version -> version.approvedOn(clock.getZone()).stream())
                        .min(LocalDate::compareTo))
                .map(approved -> latest(assigned, approved));
    }

    /** Where the stretch begins that approved documents cover up to today, the later one following the earlier without a gap. */
    private Optional<LocalDate> coveredSince(Profile tax) {
        var since = LocalDate.MIN;
        var until = LocalDate.MIN;
        for (var version : tax.versions().reversed()) {
            var approved = version.approvedOn(clock.getZone());
            if (approved.isPresent()) {
                if (until.isBefore(approved.get())) {
                    since = approved.get();
                }
                until = latest(until, Objects.requireNonNullElse(version.until(), LocalDate.MAX));
            }
        }
        return today().isBefore(until) ? Optional.of(since) : Optional.empty();
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return BinaryOperator.<LocalDate>maxBy(LocalDate::compareTo).apply(one, other);
    }

    List<Payable> payables(PartnerId partner) {
        return store.payables(partner);
    }

    /** All that ever counted, the earliest first. */
    List<Assignment> history(Collection<LocationId> locations) {
        return store.history(locations);
    }

    /** How far their tax profiles have come. */
    Map<LocationId, PayeeStanding> taxStandings(Collection<LocationId> locations) {
        return store.taxStandings(locations, today());
    }

    Map<LocationId, Integer> standards(PartnerId partner) {
        return store.standards(partner);
    }

    /** To which profile the earning type goes now. */
    Optional<Integer> assigned(LocationId location, String program, EarningType type) {
        return store.history(location, program).stream()
                .filter(assignment -> assignment.type() == type)
                .reduce((_, later) -> later)
                .map(Assignment::profile);
    }

    /**
     * From a field for each earning type, rebate and co-op: the number of a bank profile.
     *
     * @throws FormRefused with the fields at fault
     * @throws ProfileNotFound when the location does not want to be paid in the program
     */
    @Transactional
    void assign(PartnerId partner, LocationId location, String program, Map<String, String> typed, String by) {
        profiles.lock(partner);
        if (!store.payables(partner).contains(new Payable(location, program))) {
            throw new ProfileNotFound("program " + program + " of location " + location);
        }
        var fields = new Fields(typed);
        var chosen = Arrays.stream(EarningType.values())
                .flatMap(type -> chosen(fields, partner, type).stream()
                        .map(profile -> new Assignment(location, program, type, profile.id(), clock.instant(), by)))
                .toList();
        fields.refuseFaulty();
        var changed = chosen.stream()
                .filter(assignment ->
                        !assigned(location, program, assignment.type()).equals(Optional.of(assignment.profile())))
                .toList();
        changed.forEach(assignment -> keep(partner, assignment));
        if (!changed.isEmpty()) {
            events.publishEvent(new PayeesChanged(Set.of(location)));
        }
    }

    private Optional<Profile> chosen(Fields fields, PartnerId partner, EarningType type) {
        var number = fields.needed(type.code(), 9);
        var profile = Optional.of(number)
                .filter(text -> text.matches("\\d+"))
                .flatMap(text -> bankProfile(partner, Integer.parseInt(text)));
        if (profile.isEmpty()) {
            fields.fault(type.code(), "choice");
        }
        return profile;
    }

    private Optional<Profile> bankProfile(PartnerId partner, int id) {
        return profiles.find(id)
                .filter(profile ->
                        profile.kind() == Kind.BANK && profile.partner().equals(partner));
    }

    /**
     * Makes a bank profile the default of locations that have none; programs that wait for one are given it.
     *
     * @throws FormRefused when one has a default already, which is removed first, or none is chosen
     */
    @Transactional
    public void setDefault(PartnerId partner, int id, Collection<LocationId> locations, String by) {
        profiles.lock(partner);
        var profile = bankProfile(partner, id).orElseThrow(() -> new ProfileNotFound("bank profile " + id));
        var own = partners.locations(partner).stream()
                .map(location -> location.id())
                .toList();
        if (locations.isEmpty() || !own.containsAll(locations)) {
            throw new FormRefused("location", "choice");
        }
        for (var location : locations) {
            if (!store.setStandard(partner, location, id, clock.instant(), by)) {
                throw new FormRefused("location", "has-default");
            }
            payables(partner).stream()
                    .filter(payable -> payable.location().equals(location))
                    .forEach(payable -> fill(partner, location, payable.program(), id, by));
            tell("payment.default-set", by, partner, profile, location);
        }
        events.publishEvent(new PayeesChanged(locations));
    }

    /** What was assigned because of it stays. */
    @Transactional
    void removeDefault(PartnerId partner, int id, LocationId location, String by) {
        var profile = bankProfile(partner, id).orElseThrow(() -> new ProfileNotFound("bank profile " + id));
        if (store.removeStandard(location, id)) {
            tell("payment.default-removed", by, partner, profile, location);
        }
    }

    private void tell(String action, String by, PartnerId partner, Profile profile, LocationId location) {
        events.publishEvent(Act.of(action, by, partner.value(), profile.subject())
                .changing(Map.of(), Map.of("location", location.toString())));
    }

    private void fill(PartnerId partner, LocationId location, String program, int profile, String by) {
        Stream.of(EarningType.values())
                .filter(type -> assigned(location, program, type).isEmpty())
                .forEach(type -> keep(partner, new Assignment(location, program, type, profile, clock.instant(), by)));
    }

    private void keep(PartnerId partner, Assignment assignment) {
        store.insert(partner, assignment);
        events.publishEvent(Act.of(
                        "payment.assigned",
                        assignment.assignedBy(),
                        partner.value(),
                        assignment.program() + ", " + assignment.type().code())
                .changing(
                        Map.of(),
                        Map.of(
                                "location",
                                assignment.location().toString(),
                                "profile",
                                profiles.find(assignment.profile())
                                        .orElseThrow()
                                        .subject())));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
