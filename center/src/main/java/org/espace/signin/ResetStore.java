package org.espace.signin;

import static org.espace.db.signin.Tables.RESET;

import java.time.Instant;
import java.util.Optional;
import org.espace.access.UserId;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class ResetStore {

    private final DSLContext sql;

    ResetStore(DSLContext sql) {
        this.sql = sql;
    }

    boolean wasAskedSince(UserId user, Instant since) {
        return sql.fetchExists(RESET, RESET.USER_ID.eq(user.value()).and(RESET.ASKED_AT.gt(since)));
    }

    void insert(UserId user, byte[] tokenHash, Instant now, Instant expires) {
        sql.insertInto(RESET)
                .set(RESET.TOKEN_HASH, tokenHash)
                .set(RESET.USER_ID, user.value())
                .set(RESET.ASKED_AT, now)
                .set(RESET.EXPIRES_AT, expires)
                .execute();
    }

    Optional<UserId> find(byte[] tokenHash, Instant now) {
        return sql.select(RESET.USER_ID)
                .from(RESET)
                .where(RESET.TOKEN_HASH.eq(tokenHash))
                .and(RESET.USED_AT.isNull())
                .and(RESET.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new UserId(row.value1()));
    }

    /** False when the link has expired or has been used; of two at the same moment, one is true. */
    boolean use(byte[] tokenHash, Instant now) {
        return sql.update(RESET)
                        .set(RESET.USED_AT, now)
                        .where(RESET.TOKEN_HASH.eq(tokenHash))
                        .and(RESET.USED_AT.isNull())
                        .and(RESET.EXPIRES_AT.gt(now))
                        .execute()
                == 1;
    }

    void deleteUnused(UserId user) {
        sql.deleteFrom(RESET)
                .where(RESET.USER_ID.eq(user.value()))
                .and(RESET.USED_AT.isNull())
                .execute();
    }
}
