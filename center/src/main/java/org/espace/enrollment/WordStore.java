package org.espace.enrollment;

import static org.espace.db.enrollment.Tables.WORD;
import static org.jooq.Records.mapping;

import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class WordStore {

    private final DSLContext sql;

    WordStore(DSLContext sql) {
        this.sql = sql;
    }

    /** The latest first. */
    List<Word> all() {
        return sql.select(
                        WORD.PROGRAM,
                        WORD.KIND.convertFrom(Word.Kind::of),
                        WORD.YEAR,
                        WORD.DAY,
                        WORD.REASON,
                        WORD.AT,
                        WORD.BY)
                .from(WORD)
                .orderBy(WORD.ID.desc())
                .fetch(mapping(Word::new));
    }

    void insert(Word word) {
        sql.insertInto(WORD)
                .set(WORD.PROGRAM, word.program())
                .set(WORD.KIND, word.kind().code())
                .set(WORD.YEAR, word.year())
                .set(WORD.DAY, word.day())
                .set(WORD.REASON, word.reason())
                .set(WORD.AT, word.at())
                .set(WORD.BY, word.by())
                .execute();
    }
}
