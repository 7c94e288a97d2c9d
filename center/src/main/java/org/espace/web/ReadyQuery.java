package org.espace.web;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;

/**
 * A query whose text is made once, for what every page asks: making the text takes about as long as the database needs to
 * answer it. What differs from one time to the next is a parameter; a list is one, too, as an array.
 */
public final class ReadyQuery<R extends Record> {

    private final DSLContext sql;
    private final String text;
    private final Field<?>[] fields;

    /** @param query with any value where one is given each time, and with nothing else that is a parameter */
    public ReadyQuery(DSLContext sql, Select<R> query) {
        this.sql = sql;
        this.text = sql.render(query);
        this.fields = query.fields();
    }

    /** @param values in the order in which the text names them */
    @SuppressWarnings("unchecked")
    public ResultQuery<R> with(Object... values) {
        return (ResultQuery<R>) sql.resultQuery(text, values).coerce(fields);
    }
}
