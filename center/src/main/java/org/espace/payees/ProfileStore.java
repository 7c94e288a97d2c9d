package org.espace.payees;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.espace.db.payees.Tables.ENTRY;
import static org.espace.db.payees.Tables.PROFILE;
import static org.espace.db.payees.Tables.VERDICT;
import static org.espace.db.payees.Tables.VERSION;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.documents.Document;
import org.espace.documents.DocumentType;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.payees.Profile.Entry;
import org.espace.payees.Profile.Kind;
import org.espace.payees.Profile.Reason;
import org.espace.payees.Profile.Verdict;
import org.espace.payees.Profile.Version;
import org.espace.payees.QueueQuery.State;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ProfileStore {

    private final DSLContext sql;

    ProfileStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else hands in, assigns or decides anything of the partner. */
    void lock(PartnerId partner) {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('payees.profile', {0}))", partner.value());
    }

    int insert(PartnerId partner, @Nullable String name, @Nullable LocationId location, Instant now, String by) {
        return sql.insertInto(PROFILE)
                .set(PROFILE.PARTNER_ID, partner.value())
                .set(PROFILE.KIND, (location == null ? Kind.BANK : Kind.TAX).code())
                .set(PROFILE.NAME, name)
                .set(PROFILE.LOCATION_ID, location == null ? null : location.value())
                .set(PROFILE.CREATED_AT, now)
                .set(PROFILE.CREATED_BY, by)
                .returningResult(PROFILE.ID)
                .fetchSingle()
                .value1();
    }

    int insert(
            PartnerId partner,
            int profile,
            Filled filled,
            boolean holderDiffers,
            @Nullable Document document,
            Instant now,
            String by) {
        var currency = filled.currency();
        return sql.insertInto(VERSION)
                .set(VERSION.PROFILE_ID, profile)
                .set(VERSION.PARTNER_ID, partner.value())
                .set(VERSION.SHEET, filled.sheet().code())
                .set(VERSION.COUNTRY, filled.country())
                .set(VERSION.CURRENCY, currency == null ? null : currency.getCurrencyCode())
                .set(VERSION.HOLDER, filled.holder())
                .set(VERSION.HOLDER_DIFFERS, holderDiffers)
                .set(VERSION.SHA256, document == null ? null : document.sha256())
                .set(VERSION.TYPE, document == null ? null : document.type().code())
                .set(VERSION.SIZE, document == null ? null : document.size())
                .set(VERSION.UNTIL, filled.until())
                .set(VERSION.HANDED_IN_AT, now)
                .set(VERSION.HANDED_IN_BY, by)
                .returningResult(VERSION.ID)
                .fetchSingle()
                .value1();
    }

    void insert(PartnerId partner, int version, String field, String value) {
        sql.insertInto(ENTRY)
                .set(ENTRY.VERSION_ID, version)
                .set(ENTRY.PARTNER_ID, partner.value())
                .set(ENTRY.FIELD, field)
                .set(ENTRY.VALUE, value)
                .execute();
    }

    void insertSealed(PartnerId partner, int version, String field, String sealed, String tail) {
        sql.insertInto(ENTRY)
                .set(ENTRY.VERSION_ID, version)
                .set(ENTRY.PARTNER_ID, partner.value())
                .set(ENTRY.FIELD, field)
                .set(ENTRY.SEALED, sealed)
                .set(ENTRY.TAIL, tail)
                .execute();
    }

    void insert(PartnerId partner, int version, Verdict verdict) {
        var reason = verdict.reason();
        sql.insertInto(VERDICT)
                .set(VERDICT.VERSION_ID, version)
                .set(VERDICT.PARTNER_ID, partner.value())
                .set(VERDICT.APPROVED, verdict.approved())
                .set(VERDICT.REASON, reason == null ? null : reason.code())
                .set(VERDICT.COMMENT, verdict.comment())
                .set(VERDICT.DECIDED_AT, verdict.at())
                .set(VERDICT.DECIDED_BY, verdict.by())
                .execute();
    }

    /** By name, tax profiles last. */
    List<Profile> of(PartnerId partner) {
        return profiles(PROFILE.PARTNER_ID.eq(partner.value()));
    }

    /** By name. */
    List<Profile> banks(PartnerId partner) {
        return profiles(PROFILE.PARTNER_ID.eq(partner.value()).and(PROFILE.LOCATION_ID.isNull()));
    }

    List<Profile> taxProfiles(Collection<LocationId> locations) {
        return profiles(
                PROFILE.LOCATION_ID.in(locations.stream().map(LocationId::value).toList()));
    }

    Optional<Profile> find(int profile) {
        return profiles(PROFILE.ID.eq(profile)).stream().findFirst();
    }

    Optional<Profile> taxProfile(LocationId location) {
        return profiles(PROFILE.LOCATION_ID.eq(location.value())).stream().findFirst();
    }

    Optional<Profile> ofVersion(int version) {
        return profiles(PROFILE.ID.in(select(VERSION.PROFILE_ID).from(VERSION).where(VERSION.ID.eq(version)))).stream()
                .findFirst();
    }

    List<Profile> ofVersions(Collection<Integer> versions) {
        return profiles(PROFILE.ID.in(select(VERSION.PROFILE_ID).from(VERSION).where(VERSION.ID.in(versions))));
    }

    /** @param named whose partner's name or number has the text of the query in it */
    int countUndecided(QueueQuery query, State state, Collection<PartnerId> named, LocalDate today) {
        return sql.fetchCount(VERSION, undecided(query, state, named, today));
    }

    /** Whose latest version nobody has decided, the longest waiting first. */
    List<Profile> undecided(QueueQuery query, Collection<PartnerId> named, LocalDate today, int offset, int most) {
        var ids = sql.select(VERSION.PROFILE_ID)
                .from(VERSION)
                .where(undecided(query, query.state(), named, today))
                .orderBy(VERSION.HANDED_IN_AT, VERSION.ID)
                .limit(most)
                .offset(offset)
                .fetch(VERSION.PROFILE_ID);
        return profiles(PROFILE.ID.in(ids)).stream()
                .sorted(Comparator.comparingInt(profile -> ids.indexOf(profile.id())))
                .toList();
    }

    private static Condition undecided(QueueQuery query, State state, Collection<PartnerId> named, LocalDate today) {
        var later = VERSION.as("later");
        var holds = VERSION.UNTIL.isNull().or(VERSION.UNTIL.gt(today));
        var canBeApproved = VERSION.HOLDER_DIFFERS.isFalse().and(holds);
        var kind = query.kind();
        Condition isOfKind = kind == null ? noCondition() : VERSION.SHEET.in(Sheet.codes(kind));
        Condition hasText = query.text().isEmpty()
                ? noCondition()
                : VERSION.HOLDER
                        .containsIgnoreCase(query.text())
                        .or(VERSION.PARTNER_ID.in(
                                named.stream().map(PartnerId::value).toList()));
        return notExists(selectOne().from(VERDICT).where(VERDICT.VERSION_ID.eq(VERSION.ID)))
                .and(notExists(selectOne()
                        .from(later)
                        .where(later.PROFILE_ID.eq(VERSION.PROFILE_ID).and(later.ID.gt(VERSION.ID)))))
                .and(state == State.PENDING ? canBeApproved : not(canBeApproved))
                .and(isOfKind)
                .and(hasText);
    }

    /** Whose latest version's document ends between two days, both counted. */
    List<Profile> ending(LocalDate first, LocalDate last) {
        return profiles(PROFILE.ID.in(
                        select(VERSION.PROFILE_ID).from(VERSION).where(VERSION.UNTIL.between(first, last))))
                .stream()
                .filter(profile -> {
                    var until = profile.current().until();
                    return until != null && !until.isBefore(first) && !until.isAfter(last);
                })
                .toList();
    }

    private List<Profile> profiles(Condition which) {
        var ids = select(PROFILE.ID).from(PROFILE).where(which);
        var entries = entries(ids);
        Map<Integer, List<Version>> versions = sql.select(VERSION.fields())
                .select(VERDICT.fields())
                .from(VERSION)
                .leftJoin(VERDICT)
                .on(VERDICT.VERSION_ID.eq(VERSION.ID))
                .where(VERSION.PROFILE_ID.in(ids))
                .orderBy(VERSION.ID.desc())
                .collect(groupingBy(
                        row -> row.get(VERSION.PROFILE_ID),
                        mapping(row -> version(row, entries.getOrDefault(row.get(VERSION.ID), List.of())), toList())));
        return sql.selectFrom(PROFILE)
                .where(which)
                .orderBy(PROFILE.NAME.asc().nullsLast(), PROFILE.ID)
                .fetch(row -> new Profile(
                        row.getId(),
                        new PartnerId(row.getPartnerId()),
                        row.getName(),
                        row.getLocationId() == null ? null : new LocationId(row.getLocationId()),
                        versions.getOrDefault(row.getId(), List.of())));
    }

    private Map<Integer, List<Entry>> entries(Select<Record1<Integer>> profiles) {
        return sql.select(ENTRY.VERSION_ID, ENTRY.FIELD, ENTRY.VALUE, ENTRY.TAIL)
                .from(ENTRY)
                .join(VERSION)
                .on(VERSION.ID.eq(ENTRY.VERSION_ID))
                .where(VERSION.PROFILE_ID.in(profiles))
                .collect(groupingBy(
                        row -> row.get(ENTRY.VERSION_ID),
                        mapping(
                                row -> row.get(ENTRY.VALUE) == null
                                        ? new Entry(row.get(ENTRY.FIELD), row.get(ENTRY.TAIL), true)
                                        : new Entry(row.get(ENTRY.FIELD), row.get(ENTRY.VALUE), false),
                                toList())));
    }

    private static Version version(Record row, List<Entry> entries) {
        var currency = row.get(VERSION.CURRENCY);
        var sheet = Sheet.of(row.get(VERSION.SHEET));
        var order = sheet.blanks(row.get(VERSION.COUNTRY)).stream()
                .map(Blank::field)
                .toList();
        return new Version(
                row.get(VERSION.ID),
                sheet,
                row.get(VERSION.COUNTRY),
                currency == null ? null : Currency.getInstance(currency),
                row.get(VERSION.HOLDER),
                row.get(VERSION.HOLDER_DIFFERS),
                entries.stream()
                        .sorted(Comparator.comparingInt(entry -> order.indexOf(entry.field())))
                        .toList(),
                row.get(VERSION.SHA256) == null
                        ? null
                        : new Document(
                                row.get(VERSION.SHA256), DocumentType.of(row.get(VERSION.TYPE)), row.get(VERSION.SIZE)),
                row.get(VERSION.UNTIL),
                row.get(VERSION.HANDED_IN_AT),
                row.get(VERSION.HANDED_IN_BY),
                row.get(VERDICT.VERSION_ID) == null
                        ? null
                        : new Verdict(
                                row.get(VERDICT.APPROVED),
                                row.get(VERDICT.REASON) == null
                                        ? null
                                        : Reason.of(row.get(VERDICT.REASON)).orElse(Reason.OTHER),
                                row.get(VERDICT.COMMENT),
                                row.get(VERDICT.DECIDED_AT),
                                row.get(VERDICT.DECIDED_BY)));
    }

    /** The sealed fields of one version, as they lie there. */
    Map<String, String> sealed(int version) {
        return sql.select(ENTRY.FIELD, ENTRY.SEALED)
                .from(ENTRY)
                .where(ENTRY.VERSION_ID.eq(version).and(ENTRY.SEALED.isNotNull()))
                .fetchMap(ENTRY.FIELD, ENTRY.SEALED);
    }
}
