package org.espace.signin;

import static org.espace.db.signin.Tables.PASSKEY_OWNER;

import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.stereotype.Repository;

/** Whom authenticators know by a handle: named by address outside, kept by id here. Whoever may not sign in is not found. */
@Repository
class PasskeyOwners implements PublicKeyCredentialUserEntityRepository {

    private final DSLContext sql;
    private final Users users;

    PasskeyOwners(DSLContext sql, Users users) {
        this.sql = sql;
        this.users = users;
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return sql.select(PASSKEY_OWNER.USER_ID)
                .from(PASSKEY_OWNER)
                .where(PASSKEY_OWNER.HANDLE.eq(handle.getBytes()))
                .fetchOptional(PASSKEY_OWNER.USER_ID)
                .flatMap(id -> users.signedIn(new UserId(id)))
                .map(user -> entity(user, handle))
                .orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String email) {
        var user = users.find(email).orElse(null);
        return user == null
                ? null
                : sql.select(PASSKEY_OWNER.HANDLE)
                        .from(PASSKEY_OWNER)
                        .where(PASSKEY_OWNER.USER_ID.eq(user.id().value()))
                        .fetchOptional(PASSKEY_OWNER.HANDLE)
                        .map(handle -> entity(user, new Bytes(handle)))
                        .orElse(null);
    }

    @Override
    public void save(PublicKeyCredentialUserEntity owner) {
        sql.insertInto(PASSKEY_OWNER)
                .set(
                        PASSKEY_OWNER.USER_ID,
                        users.find(owner.getName()).orElseThrow().id().value())
                .set(PASSKEY_OWNER.HANDLE, owner.getId().getBytes())
                .onConflictDoNothing()
                .execute();
    }

    @Override
    public void delete(Bytes handle) {
        sql.deleteFrom(PASSKEY_OWNER)
                .where(PASSKEY_OWNER.HANDLE.eq(handle.getBytes()))
                .execute();
    }

    private static PublicKeyCredentialUserEntity entity(SignedIn user, Bytes handle) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handle)
                .name(user.email())
                .displayName(user.name())
                .build();
    }
}
