package org.espace.eligibility;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.eligibility.Tables.HOLDING;
import static org.espace.db.eligibility.Tables.LISTING;
import static org.espace.db.eligibility.Tables.PLAN;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.row;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espace.agreements.Agreement;
import org.espace.agreements.Agreements;
import org.espace.certifications.Attained;
import org.espace.certifications.Competencies;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.terms.Requirement;
import org.jooq.DSLContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to how locations stand: campaign lists, agreements and proofs, plans. What is said again is not kept again;
 * what is said otherwise is kept beside what was said before, and stands from then on.
 */
@Service
public class Standings {

    private static final int ROWS_AT_A_TIME = 5_000;
    private static final Map<String, Requirement.Kind> KINDS =
            Arrays.stream(Requirement.Kind.values()).collect(toMap(Requirement.Kind::key, kind -> kind));

    private final DSLContext sql;
    private final Partners partners;
    private final Agreements agreements;
    private final Competencies competencies;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Standings(
            DSLContext sql,
            Partners partners,
            Agreements agreements,
            Competencies competencies,
            ApplicationEventPublisher events,
            Clock clock) {
        this.sql = sql;
        this.partners = partners;
        this.agreements = agreements;
        this.competencies = competencies;
        this.events = events;
        this.clock = clock;
    }

    public List<Listing> listings() {
        return lastListings().stream().filter(Listing::listed).toList();
    }

    /**
     * What locations hold: what feeds say of each, then what its company has signed, then what that has attained. Where
     * they speak of the same thing, one of them is enough.
     */
    public List<Holding> holdings() {
        var places = partners.locations().stream().collect(groupingBy(Location::partner));
        var fromFeeds = lastHoldings().stream().filter(Holding::hasDays);
        var signed = agreements.all().stream()
                .sorted(comparingInt(Agreement::id))
                .flatMap(agreement -> places.getOrDefault(agreement.partner(), List.of()).stream()
                        .map(place -> new Holding(
                                place.id(),
                                Requirement.Kind.AGREEMENT,
                                agreement.kind().code(),
                                null,
                                agreement.since(),
                                agreement.until())));
        var attained = competencies.attained().stream()
                .filter(one -> KINDS.containsKey(one.kind()))
                .sorted(comparing(Attained::code).thenComparing(Attained::since))
                .flatMap(one -> places.getOrDefault(one.partner(), List.of()).stream()
                        .map(place -> new Holding(
                                place.id(),
                                Objects.requireNonNull(KINDS.get(one.kind())),
                                one.code(),
                                one.level(),
                                one.since(),
                                one.until())));
        return Stream.of(fromFeeds, signed, attained)
                .flatMap(all -> all)
                .filter(Holding::hasDays)
                .toList();
    }

    public List<Plan> plans() {
        return lastPlans().stream().filter(Plan::hasDays).toList();
    }

    @Transactional
    public void register(List<Listing> listings, List<Holding> holdings, List<Plan> plans) {
        var now = clock.instant();
        var held = news(holdings, lastHoldings(), Holding::key);
        inPieces(
                news(listings, lastListings(), Listing::key),
                piece -> sql.insertInto(LISTING, LISTING.LOCATION_ID, LISTING.LIST, LISTING.LISTED, LISTING.LEARNED_AT)
                        .valuesOfRows(piece.stream()
                                .map(said -> row(said.location().value(), said.list(), said.listed(), now))
                                .toList())
                        .execute());
        inPieces(
                held,
                piece -> sql.insertInto(
                                HOLDING,
                                HOLDING.LOCATION_ID,
                                HOLDING.KIND,
                                HOLDING.CODE,
                                HOLDING.LEVEL,
                                HOLDING.SINCE,
                                HOLDING.UNTIL,
                                HOLDING.LEARNED_AT)
                        .valuesOfRows(piece.stream()
                                .map(said -> row(
                                        said.location().value(),
                                        said.kind().key(),
                                        said.code(),
                                        said.level(),
                                        said.since(),
                                        said.until(),
                                        now))
                                .toList())
                        .execute());
        inPieces(
                news(plans, lastPlans(), Plan::key),
                piece -> sql.insertInto(
                                PLAN,
                                PLAN.LOCATION_ID,
                                PLAN.PROGRAM,
                                PLAN.SINCE,
                                PLAN.UNTIL,
                                PLAN.AMOUNT,
                                PLAN.LEARNED_AT)
                        .valuesOfRows(piece.stream()
                                .map(said -> row(
                                        said.location().value(),
                                        said.program(),
                                        said.since(),
                                        said.until(),
                                        said.amount(),
                                        now))
                                .toList())
                        .execute());
        if (!held.isEmpty()) {
            events.publishEvent(
                    new FactsTouched(held.stream().map(Holding::location).toList()));
        }
    }

    /** The last that is said of each thing, unless it stands so already. */
    private static <T> List<T> news(List<T> said, List<T> standing, Function<T, ?> key) {
        var known = new HashSet<>(standing);
        return said.stream().collect(toMap(key, thing -> thing, (_, later) -> later)).values().stream()
                .filter(thing -> !known.contains(thing))
                .toList();
    }

    private static <T> void inPieces(List<T> rows, Consumer<List<T>> insert) {
        for (int from = 0; from < rows.size(); from += ROWS_AT_A_TIME) {
            insert.accept(rows.subList(from, Math.min(from + ROWS_AT_A_TIME, rows.size())));
        }
    }

    private List<Listing> lastListings() {
        return sql.select(LISTING.LOCATION_ID.convertFrom(LocationId::new), LISTING.LIST, LISTING.LISTED)
                .distinctOn(LISTING.LOCATION_ID, LISTING.LIST)
                .from(LISTING)
                .orderBy(LISTING.LOCATION_ID, LISTING.LIST, LISTING.ID.desc())
                .fetch(mapping(Listing::new));
    }

    private List<Holding> lastHoldings() {
        return sql.select(
                        HOLDING.LOCATION_ID.convertFrom(LocationId::new),
                        HOLDING.KIND.convertFrom(KINDS::get),
                        HOLDING.CODE,
                        HOLDING.LEVEL,
                        HOLDING.SINCE,
                        HOLDING.UNTIL)
                .distinctOn(HOLDING.LOCATION_ID, HOLDING.KIND, HOLDING.CODE, HOLDING.SINCE)
                .from(HOLDING)
                .orderBy(HOLDING.LOCATION_ID, HOLDING.KIND, HOLDING.CODE, HOLDING.SINCE, HOLDING.ID.desc())
                .fetch(mapping(Holding::new));
    }

    private List<Plan> lastPlans() {
        return sql.select(
                        PLAN.LOCATION_ID.convertFrom(LocationId::new),
                        PLAN.PROGRAM,
                        PLAN.SINCE,
                        PLAN.UNTIL,
                        PLAN.AMOUNT)
                .distinctOn(PLAN.LOCATION_ID, PLAN.PROGRAM, PLAN.SINCE)
                .from(PLAN)
                .orderBy(PLAN.LOCATION_ID, PLAN.PROGRAM, PLAN.SINCE, PLAN.ID.desc())
                .fetch(mapping(Plan::new));
    }
}
