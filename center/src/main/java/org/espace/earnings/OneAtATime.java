package org.espace.earnings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.espace.batch.Progress;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Lets one piece of work at a time have the journal, across all processes. */
@Component
class OneAtATime {

    private static final long LOCK = 0x65_73_70_61_63_65_01L;

    private final DataSource database;
    private final DSLContext sql;

    OneAtATime(DataSource database, DSLContext sql) {
        this.database = database;
        this.sql = sql;
    }

    interface Work<T> {
        T done() throws SQLException, InterruptedException, IOException;
    }

    /** Waits for its turn; a process that is killed gives its turn away. */
    <T> T hold(Progress progress, Work<T> work) {
        try (var connection = database.getConnection()) {
            progress.at("refresh.waiting", 0, 0);
            lock(connection, "select pg_advisory_lock(?)");
            try {
                return work.done();
            } finally {
                lock(connection, "select pg_advisory_unlock(?)");
            }
        } catch (SQLException e) {
            throw RunCancelled.behind(e)
                    .orElseGet(() -> new IllegalStateException("the refresh stopped: " + e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the refresh was interrupted", e);
        }
    }

    /** Whether any process is at work. */
    boolean isHeld() {
        return sql.fetchSingle("""
                        select exists (
                            select from pg_locks
                            where locktype = 'advisory' and granted and objsubid = 1
                              and database = (select oid from pg_database where datname = current_database())
                              and classid::bigint = {0} and objid::bigint = {1})
                        """, LOCK >>> 32, LOCK & 0xffff_ffffL).get(0, boolean.class);
    }

    private static void lock(Connection connection, String call) throws SQLException {
        try (var statement = connection.prepareStatement(call)) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }
}
