package org.espace.enrollment;

import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.espace.eligibility.Eligibilities;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.payees.PayeeStanding;
import org.espace.payees.Payees;
import org.springframework.stereotype.Component;

/** Brings together what the rooms know of locations and programs: in sets, a handful of queries however many there are. */
@Component
class Candidates {

    private final Offers offers;
    private final Enrollments enrollments;
    private final MembershipStore memberships;
    private final Eligibilities eligibilities;
    private final Payees payees;
    private final Partners partners;
    private final Clock clock;

    Candidates(
            Offers offers,
            Enrollments enrollments,
            MembershipStore memberships,
            Eligibilities eligibilities,
            Payees payees,
            Partners partners,
            Clock clock) {
        this.offers = offers;
        this.enrollments = enrollments;
        this.memberships = memberships;
        this.eligibilities = eligibilities;
        this.payees = payees;
        this.partners = partners;
        this.clock = clock;
    }

    /** For each program that is for locations like it, or with which something has happened. */
    List<Candidate> of(Collection<Location> locations) {
        return of(locations, _ -> true);
    }

    List<Candidate> of(Collection<Location> locations, String program) {
        return of(locations, program::equals);
    }

    /** @throws MembershipNotFound where there is no such program */
    Candidate of(Location location, String program) {
        return of(List.of(location), program).stream()
                .findFirst()
                .orElseThrow(() -> new MembershipNotFound(location.id(), program));
    }

    List<Candidate> all() {
        return of(partners.locations());
    }

    private List<Candidate> of(Collection<Location> locations, Predicate<String> programs) {
        var today = LocalDate.now(clock);
        var ids = locations.stream().map(Location::id).toList();
        var offered = offers.on(today).values().stream()
                .filter(offer -> programs.test(offer.program()))
                .toList();
        var verdicts = byKey(
                eligibilities.of(ids),
                eligibility -> new Membership.Key(eligibility.location(), eligibility.program()));
        var joined = byKey(
                enrollments.of(ids).stream()
                        .filter(enrollment -> enrollment.counts(today))
                        .toList(),
                enrollment -> new Membership.Key(enrollment.location(), enrollment.program()));
        var standing = byKey(memberships.of(ids), Membership::key);
        var paid = payees.standings(ids);
        var candidates = new ArrayList<Candidate>();
        for (var location : locations) {
            for (var offer : offered) {
                var key = new Membership.Key(location.id(), offer.program());
                if (offer.isFor(location) || joined.containsKey(key) || standing.containsKey(key)) {
                    var payee = paid.getOrDefault(location.id(), Map.of())
                            .getOrDefault(offer.program(), PayeeStanding.MISSING);
                    candidates.add(new Candidate(
                            location, offer, verdicts.get(key), standing.get(key), joined.get(key), payee));
                }
            }
        }
        return candidates;
    }

    private static <T> Map<Membership.Key, T> byKey(Collection<T> all, Function<T, Membership.Key> key) {
        return all.stream().collect(toMap(key, one -> one, (one, _) -> one));
    }
}
