package org.espace.eligibility;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.agreements.AgreementKind;
import org.espace.certifications.Attained;
import org.espace.certifications.Competencies;
import org.espace.certifications.Definition;
import org.espace.certifications.PointsOf;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.sales.DaySum;
import org.espace.sales.DaySums;
import org.espace.sales.Sales;
import org.espace.terms.Requirement;
import org.springframework.stereotype.Component;

/** Gathers what is known from the rooms that know it: a few questions for all locations, never one for each. */
@Component
class Knowledge {

    private static final String AGREEMENT = Requirement.Kind.AGREEMENT.key();
    private static final String COMPETENCY = Requirement.Kind.COMPETENCY.key();
    private static final String SPECIALIZATION = Requirement.Kind.SPECIALIZATION.key();
    private static final String DESIGNATION = "designation";
    private static final String POINTS = "points";
    private static final String MEASURE = "measure";

    private final Partners partners;
    private final Standings standings;
    private final Competencies competencies;
    private final DaySums sums;
    private final Sales sales;
    private final Measures measures;

    Knowledge(
            Partners partners,
            Standings standings,
            Competencies competencies,
            DaySums sums,
            Sales sales,
            Measures measures) {
        this.partners = partners;
        this.standings = standings;
        this.competencies = competencies;
        this.sums = sums;
        this.sales = sales;
        this.measures = measures;
    }

    /** What is asked once, however many locations are looked at. */
    record Shared(
            Map<PartnerId, List<Location>> places,
            Map<LocationId, List<Holding>> holdings,
            Map<PartnerId, List<Attained>> designations,
            Map<PartnerId, Map<String, BigDecimal>> points,
            Rates rates) {

        /** Partners with all their locations, in turn. */
        List<PartnerId> partners() {
            return places.keySet().stream()
                    .sorted(Comparator.comparingInt(PartnerId::value))
                    .toList();
        }
    }

    Shared shared(LocalDate day) {
        return new Shared(
                partners.locations().stream().collect(groupingBy(Location::partner)),
                standings.holdings().stream().collect(groupingBy(Holding::location)),
                competencies.attained().stream()
                        .filter(attained -> attained.kind().equals(DESIGNATION))
                        .collect(groupingBy(Attained::partner)),
                competencies.points(day).stream()
                        .collect(groupingBy(
                                PointsOf::partner, toMap(PointsOf::area, PointsOf::points, BigDecimal::max))),
                new Rates(sales.rates()));
    }

    Map<String, Set<String>> codes() {
        var codes = new HashMap<String, Set<String>>();
        for (var kind : List.of(AGREEMENT, COMPETENCY, SPECIALIZATION, DESIGNATION, POINTS)) {
            codes.put(kind, new HashSet<>());
        }
        for (var agreement : AgreementKind.values()) {
            note(AGREEMENT, agreement.code(), codes);
        }
        for (var definition : competencies.defined()) {
            note(Competencies.word(definition.kind()), definition.code(), codes);
            if (definition.ways() instanceof Definition.ByPoints) {
                note(POINTS, definition.code(), codes);
            }
        }
        competencies.attained().forEach(attained -> note(attained.kind(), attained.code(), codes));
        for (var holding : standings.holdings()) {
            note(holding.kind().key(), holding.code(), codes);
            if (holding.kind() == Requirement.Kind.COMPETENCY) {
                note(DESIGNATION, holding.code(), codes);
            }
        }
        codes.put(MEASURE, measures.codes());
        return codes;
    }

    private static void note(String kind, String code, Map<String, Set<String>> codes) {
        codes.computeIfAbsent(kind, _ -> new HashSet<>()).add(code);
    }

    /** All locations of the partners. */
    List<Known> of(Collection<PartnerId> some, Shared shared) {
        var places = some.stream()
                .flatMap(partner -> shared.places().getOrDefault(partner, List.of()).stream())
                .toList();
        var ids = places.stream().map(Location::id).collect(toSet());
        var partnerOf = places.stream().collect(toMap(Location::id, Location::partner));
        var sold = sums.of(ids);
        var byLocation = sold.stream().collect(groupingBy(DaySum::location));
        var byPartner = sold.stream().collect(groupingBy(sum -> partnerOf.get(sum.location())));
        var measured = measures.of(ids).stream().collect(groupingBy(Measure::location));
        return places.stream()
                .map(place -> new Known(
                        place,
                        shared.holdings().getOrDefault(place.id(), List.of()),
                        shared.designations().getOrDefault(place.partner(), List.of()),
                        shared.points().getOrDefault(place.partner(), Map.of()),
                        byLocation.getOrDefault(place.id(), List.of()),
                        byPartner.getOrDefault(place.partner(), List.of()),
                        measured.getOrDefault(place.id(), List.of()),
                        shared.rates()))
                .toList();
    }

    Known of(LocationId location, LocalDate day) {
        return of(List.of(partners.location(location).partner()), shared(day)).stream()
                .filter(known -> known.location().id().equals(location))
                .findFirst()
                .orElseThrow();
    }
}
