package org.espace.web;

import java.util.Objects;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads all that one page tells as of the same moment, over one connection: the wall is raised on it once, not around each
 * statement, which takes two round trips more.
 */
@Component
public class OneMoment {

    private final TransactionTemplate transaction;
    private final DSLContext sql;

    OneMoment(PlatformTransactionManager transactions, DSLContext sql) {
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
        this.sql = sql;
    }

    /** Joins a transaction that is under way, in whatever moment that one reads. */
    public <T> T read(Supplier<T> work) {
        return TransactionSynchronizationManager.isActualTransactionActive() ? work.get() : begin(work);
    }

    /** By a statement: the driver’s own way takes three round trips, and asks for the level that it sets back. */
    private <T> T begin(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            sql.execute("set transaction isolation level repeatable read");
            return work.get();
        }));
    }
}
