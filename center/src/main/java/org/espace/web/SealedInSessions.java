package org.espace.web;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.function.IntConsumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/**
 * Sealed values that wait in a session for the next click. They are not sealed again but taken away: whoever put one there
 * makes another when it is missing.
 */
@Component
public class SealedInSessions implements KeepsSecrets {

    /** With what the names of such attributes end. */
    public static final String ENDING = ".sealed";

    private static final Table<?> ATTRIBUTE = table(name("web", "spring_session_attributes"));

    private final DSLContext sql;
    private final Secrets secrets;

    SealedInSessions(DSLContext sql, Secrets secrets) {
        this.sql = sql;
        this.secrets = secrets;
    }

    @Override
    public String what() {
        return "sealing.sessions";
    }

    @Override
    public int countOld() {
        return sql.fetchCount(ATTRIBUTE, isOld());
    }

    @Override
    public Done sealAgain(IntConsumer done) {
        var count = sql.deleteFrom(ATTRIBUTE).where(isOld()).execute();
        done.accept(count);
        return new Done(count, 0);
    }

    /** A serialized text lies there byte for byte. */
    private Condition isOld() {
        Condition holdsOldKey = falseCondition();
        for (var key : secrets.olderKeys()) {
            holdsOldKey = holdsOldKey.or("position(convert_to({0}, 'UTF8') in attribute_bytes) > 0", key + ".");
        }
        return field(name("attribute_name"), String.class).endsWith(ENDING).and(holdsOldKey);
    }
}
