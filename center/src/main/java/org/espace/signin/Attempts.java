package org.espace.signin;

import static org.espace.db.signin.Tables.FAILURE;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Failed attempts, by account and source; in the table, so that they count in every process and over a restart. Nothing
 * here asks whether the account exists.
 */
@Service
class Attempts {

    private static final Duration NEWS = Duration.ofMinutes(1);

    private final DSLContext sql;
    private final Clock clock;

    Attempts(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Counts the attempt as failed before it is made, so that many at once are counted, too.
     *
     * @param account a name that is hashed, such as an address
     * @return how long to wait instead; zero when it may be made
     */
    @Transactional
    Duration begin(String account, Origin origin, Patience patience) {
        var now = clock.instant();
        var key = Sha256.of(account);
        sql.insertInto(FAILURE)
                .set(FAILURE.ACCOUNT, key)
                .set(FAILURE.SOURCE, origin.source())
                .set(FAILURE.ATTEMPTS, 0)
                .set(FAILURE.LAST_AT, now)
                .onConflictDoNothing()
                .execute();
        var failure = sql.select(FAILURE.ATTEMPTS, FAILURE.LAST_AT)
                .from(FAILURE)
                .where(FAILURE.ACCOUNT.eq(key))
                .and(FAILURE.SOURCE.eq(origin.source()))
                .forUpdate()
                .fetchSingle();
        var failures = failure.value1();
        var wait = patience.toWait(failures, failure.value2(), origin.isKnownDevice(), ofAll(key, now), now);
        if (wait.isZero()) {
            sql.update(FAILURE)
                    .set(FAILURE.ATTEMPTS, patience.isForgotten(failure.value2(), now) ? 1 : failures + 1)
                    .set(FAILURE.LAST_AT, now)
                    .where(FAILURE.ACCOUNT.eq(key))
                    .and(FAILURE.SOURCE.eq(origin.source()))
                    .execute();
        }
        sql.deleteFrom(FAILURE)
                .where(FAILURE.LAST_AT.lt(now.minus(Duration.ofDays(1))))
                .execute();
        return wait;
    }

    /** What this source got wrong before is forgiven. */
    void succeeded(String account, Origin origin) {
        sql.deleteFrom(FAILURE)
                .where(FAILURE.ACCOUNT.eq(Sha256.of(account)))
                .and(FAILURE.SOURCE.eq(origin.source()))
                .execute();
    }

    /** One refusal a minute and account is news; the others would only fill the book. */
    boolean isNews(String account) {
        var marker = new Origin("news", false);
        var now = clock.instant();
        var key = Sha256.of(account);
        return sql.insertInto(FAILURE)
                        .set(FAILURE.ACCOUNT, key)
                        .set(FAILURE.SOURCE, marker.source())
                        .set(FAILURE.ATTEMPTS, 0)
                        .set(FAILURE.LAST_AT, now)
                        .onConflict(FAILURE.ACCOUNT, FAILURE.SOURCE)
                        .doUpdate()
                        .set(FAILURE.LAST_AT, now)
                        .where(FAILURE.LAST_AT.lt(now.minus(NEWS)))
                        .execute()
                == 1;
    }

    private int ofAll(byte[] account, Instant now) {
        return Optional.ofNullable(sql.select(sum(FAILURE.ATTEMPTS))
                        .from(FAILURE)
                        .where(FAILURE.ACCOUNT.eq(account))
                        .and(FAILURE.SOURCE.notLike(Origin.DEVICES + "%"))
                        .and(FAILURE.LAST_AT.gt(now.minus(Patience.PRESSURE_LASTS)))
                        .fetchSingle()
                        .value1())
                .map(BigDecimal::intValue)
                .orElse(0);
    }
}
