package org.espace.web;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;

/**
 * A query whose text is made once, for what every page asks: making the text takes about as long as the database needs to
 * answer it. What differs from one time to the next is a parameter.
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

    /**
     * The same for some numbers out of a list, and nothing else. There is a text for each power of two, filled up with
     * a number that is nobody’s: one with an array would fit all, but the database would plan it anew each time.
     */
    public static final class OfNumbers<R extends Record> {

        private static final Integer NO_NUMBER = -1;

        private final DSLContext sql;
        private final Function<Collection<Integer>, Select<R>> query;
        private final Map<Integer, ReadyQuery<R>> bySize = new ConcurrentHashMap<>();

        public OfNumbers(DSLContext sql, Function<Collection<Integer>, Select<R>> query) {
            this.sql = sql;
            this.query = query;
        }

        /** No number is asked for as -1, which is nobody's. */
        public ResultQuery<R> with(Collection<Integer> numbers) {
            var filled = new Integer[Math.max(1, Integer.highestOneBit(2 * numbers.size() - 1))];
            Arrays.fill(filled, NO_NUMBER);
            var next = 0;
            for (var number : numbers) {
                filled[next++] = number;
            }
            return bySize.computeIfAbsent(
                            filled.length,
                            size -> new ReadyQuery<>(sql, query.apply(Collections.nCopies(size, NO_NUMBER))))
                    .with((Object[]) filled);
        }
    }
}
