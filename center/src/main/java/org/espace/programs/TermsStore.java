package org.espace.programs;

import static org.espace.db.programs.Tables.PROGRAM;
import static org.espace.db.programs.Tables.TERMS;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.espace.terms.Terms;
import org.espace.web.ReadyQuery;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.springframework.stereotype.Repository;

@Repository
class TermsStore {

    private final DSLContext sql;
    private final ReadyQuery<Record1<Short>> ids;

    TermsStore(DSLContext sql) {
        this.sql = sql;
        this.ids =
                new ReadyQuery<>(sql, sql.select(TERMS.ID).from(TERMS).orderBy(TERMS.PROGRAM_ID, TERMS.EFFECTIVE_FROM));
    }

    record Row(int program, int id, String text, String sha256, Instant publishedAt, String publishedBy) {}

    /** A program's versions together, oldest first. */
    List<Integer> ids() {
        return ids.with().fetch(row -> (int) row.value1());
    }

    List<Row> some(Collection<Integer> ids) {
        return sql.select(TERMS.PROGRAM_ID, TERMS.ID, TERMS.TEXT, TERMS.SHA256, TERMS.PUBLISHED_AT, TERMS.PUBLISHED_BY)
                .from(TERMS)
                .where(TERMS.ID.in(ids))
                .fetch(row ->
                        new Row(row.value1(), row.value2(), row.value3(), row.value4(), row.value5(), row.value6()));
    }

    boolean isPublished(String text) {
        return sql.fetchExists(TERMS, TERMS.TEXT.eq(text));
    }

    /** The text that this version stands with. */
    Optional<String> text(Terms terms) {
        return sql.select(TERMS.TEXT)
                .from(TERMS)
                .join(PROGRAM)
                .on(PROGRAM.ID.eq(TERMS.PROGRAM_ID))
                .where(PROGRAM.CODE.eq(terms.program()).and(TERMS.VERSION.eq(terms.version())))
                .fetchOptional(TERMS.TEXT);
    }

    /** A version that holds for some of the same days. */
    Optional<String> overlapping(Terms terms) {
        return sql.select(TERMS.VERSION)
                .from(TERMS)
                .join(PROGRAM)
                .on(PROGRAM.ID.eq(TERMS.PROGRAM_ID))
                .where(PROGRAM.CODE.eq(terms.program()))
                .and(TERMS.EFFECTIVE_FROM.lt(terms.effective().until()))
                .and(TERMS.EFFECTIVE_UNTIL.gt(terms.effective().from()))
                .limit(1)
                .fetchOptional(TERMS.VERSION);
    }

    void insert(Terms terms, String text, String sha256, Instant at, String by) {
        sql.insertInto(PROGRAM)
                .set(PROGRAM.CODE, terms.program())
                .onConflictDoNothing()
                .execute();
        var program = sql.select(PROGRAM.ID)
                .from(PROGRAM)
                .where(PROGRAM.CODE.eq(terms.program()))
                .fetchSingle(PROGRAM.ID);
        sql.insertInto(TERMS)
                .set(TERMS.PROGRAM_ID, program)
                .set(TERMS.VERSION, terms.version())
                .set(TERMS.EFFECTIVE_FROM, terms.effective().from())
                .set(TERMS.EFFECTIVE_UNTIL, terms.effective().until())
                .set(TERMS.TEXT, text)
                .set(TERMS.SHA256, sha256)
                .set(TERMS.PUBLISHED_AT, at)
                .set(TERMS.PUBLISHED_BY, by)
                .execute();
    }
}
