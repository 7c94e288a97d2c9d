package org.espace.web;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espace.batch.Progress;
import org.espace.web.KeepsSecrets.Done;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * Changes the key of an instance: a new one stands first in the file, and all that older ones have sealed is sealed again
 * with it, while the server goes on serving.
 *
 * <p>What an earlier change has left, because it was interrupted, is finished first; then there is no further new key.
 */
@Component
public class SecretsRotation {

    /** How long a transaction may take that had sealed something before and has not committed it yet. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Secrets secrets;
    private final List<KeepsSecrets> keepers;
    private final DSLContext sql;

    SecretsRotation(Secrets secrets, List<KeepsSecrets> keepers, DSLContext sql) {
        this.secrets = secrets;
        this.keepers = List.copyOf(keepers);
        this.sql = sql;
    }

    /**
     * @param newKey false where an interrupted change was finished
     * @param sealed how many of each kind, as {@link KeepsSecrets#what} names it
     * @param unreadable what neither key nor any other opens; it stays as it is
     * @param left what an older key has sealed and still opens: only where somebody wrote meanwhile for a very long time
     */
    public record Outcome(boolean newKey, Map<String, Integer> sealed, int unreadable, int left) {

        public Outcome {
            sealed = Map.copyOf(sealed);
        }

        public int sum() {
            return sealed.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    public Outcome run(Progress progress) {
        var sealed = new LinkedHashMap<String, Integer>();
        var earlier = sealAgain(sealed, progress);
        var newKey = earlier.sealed() == 0;
        if (newKey) {
            secrets.changeKey();
            sealAgain(sealed, progress);
        }
        letOthersEnd();
        var last = sealAgain(sealed, progress);
        var old = keepers.stream().mapToInt(KeepsSecrets::countOld).sum();
        return new Outcome(newKey, sealed, last.unreadable(), old - last.unreadable());
    }

    /** Seals again what older keys have sealed, without another new key. */
    void finish() {
        sealAgain(new LinkedHashMap<>(), Progress.SILENT);
    }

    private Done sealAgain(Map<String, Integer> sealed, Progress progress) {
        var sum = Done.NOTHING;
        for (var keeper : keepers) {
            var total = keeper.countOld();
            progress.at(keeper.what(), 0, total);
            var done = keeper.sealAgain(count -> progress.at(keeper.what(), count, total));
            sealed.merge(keeper.what(), done.sealed(), Integer::sum);
            sum = sum.plus(done);
        }
        return sum;
    }

    /** A transaction that has begun before may hold what it sealed with the old key, where nobody else sees it yet. */
    private void letOthersEnd() {
        var since = sql.fetchSingle("select clock_timestamp()").get(0, OffsetDateTime.class);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (sql.fetchExists(selectOne()
                        .from(table(name("pg_stat_activity")))
                        .where("datname = current_database() and pid <> pg_backend_pid()")
                        .and(field(name("backend_type"), String.class).eq("client backend"))
                        .and(field(name("xact_start"), OffsetDateTime.class).lt(since)))
                && System.nanoTime() < until) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
