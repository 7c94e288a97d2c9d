package org.espace.signin;

import static org.espace.db.signin.Tables.AUTHENTICATOR;
import static org.espace.db.signin.Tables.PASSKEY;
import static org.espace.db.signin.Tables.PASSKEY_OWNER;
import static org.espace.db.signin.Tables.RECOVERY_CODE;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.access.UserId;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class SecondFactorStore {

    private final DSLContext sql;

    SecondFactorStore(DSLContext sql) {
        this.sql = sql;
    }

    /** @param seed sealed */
    record Authenticator(String seed, long lastStep, Instant setUpAt) {}

    Optional<Authenticator> authenticator(UserId user) {
        return sql.select(AUTHENTICATOR.SEED, AUTHENTICATOR.LAST_STEP, AUTHENTICATOR.SET_UP_AT)
                .from(AUTHENTICATOR)
                .where(AUTHENTICATOR.USER_ID.eq(user.value()))
                .fetchOptional(mapping(Authenticator::new));
    }

    void insertAuthenticator(UserId user, String seed, long step, Instant now) {
        sql.insertInto(AUTHENTICATOR)
                .set(AUTHENTICATOR.USER_ID, user.value())
                .set(AUTHENTICATOR.SEED, seed)
                .set(AUTHENTICATOR.LAST_STEP, step)
                .set(AUTHENTICATOR.SET_UP_AT, now)
                .onConflict(AUTHENTICATOR.USER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    /** False when a code of this step or of a later one has counted meanwhile. */
    boolean advance(UserId user, long step) {
        return sql.update(AUTHENTICATOR)
                        .set(AUTHENTICATOR.LAST_STEP, step)
                        .where(AUTHENTICATOR.USER_ID.eq(user.value()))
                        .and(AUTHENTICATOR.LAST_STEP.lt(step))
                        .execute()
                == 1;
    }

    boolean deleteAuthenticator(UserId user) {
        return sql.deleteFrom(AUTHENTICATOR)
                        .where(AUTHENTICATOR.USER_ID.eq(user.value()))
                        .execute()
                > 0;
    }

    /** The earlier ones open nothing any more. */
    void replaceRecoveryCodes(UserId user, RecoveryCodes codes, Instant now) {
        deleteRecoveryCodes(user);
        codes.codes()
                .forEach(code -> sql.insertInto(RECOVERY_CODE)
                        .set(RECOVERY_CODE.USER_ID, user.value())
                        .set(RECOVERY_CODE.HASH, RecoveryCodes.hash(code))
                        .set(RECOVERY_CODE.MADE_AT, now)
                        .execute());
    }

    void deleteRecoveryCodes(UserId user) {
        sql.deleteFrom(RECOVERY_CODE)
                .where(RECOVERY_CODE.USER_ID.eq(user.value()))
                .execute();
    }

    boolean useRecoveryCode(UserId user, String code, Instant now) {
        return sql.update(RECOVERY_CODE)
                        .set(RECOVERY_CODE.USED_AT, now)
                        .where(RECOVERY_CODE.USER_ID.eq(user.value()))
                        .and(RECOVERY_CODE.HASH.eq(RecoveryCodes.hash(code)))
                        .and(RECOVERY_CODE.USED_AT.isNull())
                        .execute()
                == 1;
    }

    int recoveryCodesLeft(UserId user) {
        return sql.fetchCount(
                RECOVERY_CODE, RECOVERY_CODE.USER_ID.eq(user.value()).and(RECOVERY_CODE.USED_AT.isNull()));
    }

    boolean hasPasskey(UserId user) {
        return sql.fetchExists(sql.selectOne()
                .from(PASSKEY)
                .join(PASSKEY_OWNER)
                .on(PASSKEY_OWNER.HANDLE.eq(PASSKEY.HANDLE))
                .where(PASSKEY_OWNER.USER_ID.eq(user.value())));
    }

    /** With the owner go their passkeys. */
    boolean deletePasskeys(UserId user) {
        return sql.deleteFrom(PASSKEY_OWNER)
                        .where(PASSKEY_OWNER.USER_ID.eq(user.value()))
                        .execute()
                > 0;
    }

    /** Which of these have a second factor. */
    Set<UserId> having(Collection<UserId> users) {
        var ids = users.stream().map(UserId::value).toList();
        var having = new HashSet<>(sql.select(AUTHENTICATOR.USER_ID)
                .from(AUTHENTICATOR)
                .where(AUTHENTICATOR.USER_ID.in(ids))
                .fetchSet(AUTHENTICATOR.USER_ID));
        having.addAll(sql.selectDistinct(PASSKEY_OWNER.USER_ID)
                .from(PASSKEY_OWNER)
                .join(PASSKEY)
                .on(PASSKEY.HANDLE.eq(PASSKEY_OWNER.HANDLE))
                .where(PASSKEY_OWNER.USER_ID.in(ids))
                .fetchSet(PASSKEY_OWNER.USER_ID));
        return having.stream().map(UserId::new).collect(Collectors.toUnmodifiableSet());
    }
}
