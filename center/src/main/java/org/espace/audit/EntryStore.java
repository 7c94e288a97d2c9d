package org.espace.audit;

import static org.espace.db.audit.Tables.ENTRY;
import static org.jooq.impl.DSL.noCondition;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espace.db.audit.tables.records.EntryRecord;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class EntryStore {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final DSLContext sql;

    EntryStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Adds the entries to the end of the chain, which is held until the transaction ends. */
    void append(List<Entry> entries) {
        var head = sql.fetchSingle("select number, hash from audit.head()");
        var number = head.get("number", long.class);
        var previous = head.get("hash", byte[].class);
        var records = new ArrayList<EntryRecord>();
        for (var entry : entries) {
            number++;
            var hash = entry.hash(number, previous);
            records.add(record(number, entry, previous, hash));
            previous = hash;
        }
        sql.batchInsert(records).execute();
    }

    private static EntryRecord record(long number, Entry entry, byte[] previous, byte[] hash) {
        return new EntryRecord(
                number,
                entry.at(),
                entry.by(),
                entry.origin().address(),
                entry.origin().session(),
                entry.partner(),
                entry.customer(),
                entry.action(),
                entry.subject(),
                json(entry.before()),
                json(entry.after()),
                previous,
                hash);
    }

    /** In the order of the chain. */
    List<Link> after(long number, int most) {
        return sql.selectFrom(ENTRY)
                .where(ENTRY.NUMBER.gt(number))
                .orderBy(ENTRY.NUMBER)
                .limit(most)
                .fetch(EntryStore::link);
    }

    /** The latest first. */
    List<Link> page(EntryFilter filter, long offset, int most) {
        return sql.selectFrom(ENTRY)
                .where(condition(filter))
                .orderBy(ENTRY.NUMBER.desc())
                .limit(most)
                .offset(offset)
                .fetch(EntryStore::link);
    }

    /** The latest first, below a number: a long list is read in pieces. */
    List<Link> before(EntryFilter filter, long number, int most) {
        return sql.selectFrom(ENTRY)
                .where(condition(filter))
                .and(ENTRY.NUMBER.lt(number))
                .orderBy(ENTRY.NUMBER.desc())
                .limit(most)
                .fetch(EntryStore::link);
    }

    int count(EntryFilter filter) {
        return sql.fetchCount(ENTRY, condition(filter));
    }

    /** Every kind of act that the partner's entries know, or all entries. */
    List<String> actions(@Nullable PartnerId partner) {
        return sql.selectDistinct(ENTRY.ACTION)
                .from(ENTRY)
                .where(partner == null ? noCondition() : ENTRY.PARTNER_ID.eq(partner.value()))
                .orderBy(ENTRY.ACTION)
                .fetch(ENTRY.ACTION);
    }

    private static Condition condition(EntryFilter filter) {
        var found = ENTRY.AT.ge(filter.from()).and(ENTRY.AT.lt(filter.until()));
        if (filter.partner() != null) {
            found = found.and(ENTRY.PARTNER_ID.eq(filter.partner().value()));
        }
        if (!filter.by().isEmpty()) {
            found = found.and(ENTRY.DONE_BY.containsIgnoreCase(filter.by()));
        }
        if (!filter.action().isEmpty()) {
            found = found.and(ENTRY.ACTION.eq(filter.action()));
        }
        return filter.subject().isEmpty() ? found : found.and(ENTRY.SUBJECT.containsIgnoreCase(filter.subject()));
    }

    private static Link link(EntryRecord row) {
        return new Link(
                row.getNumber(),
                new Entry(
                        row.getAt(),
                        row.getDoneBy(),
                        new Origin(row.getAddress(), row.getSession()),
                        row.getPartnerId(),
                        row.getCustomerId(),
                        row.getAction(),
                        row.getSubject(),
                        texts(row.getBefore()),
                        texts(row.getAfter())),
                row.getPrevious(),
                row.getHash());
    }

    private static JSONB json(SortedMap<String, String> texts) {
        return JSONB.valueOf(JSON.writeValueAsString(texts));
    }

    private static SortedMap<String, String> texts(JSONB json) {
        return Objects.requireNonNull(JSON.readValue(json.data(), TEXTS));
    }
}
