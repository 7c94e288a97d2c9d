package org.espace.signin;

import static org.espace.db.signin.Tables.PASSKEY;
import static org.espace.db.signin.Tables.PASSKEY_OWNER;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.val;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.access.UserId;
import org.espace.db.signin.tables.records.PasskeyRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Repository;

/** Passkeys, each under the handle of its owner. */
@Repository
class PasskeyStore implements UserCredentialRepository {

    /** What a passkey that several devices share says each time. */
    private static final long NOT_COUNTED = 0;

    private final DSLContext sql;

    PasskeyStore(DSLContext sql) {
        this.sql = sql;
    }

    List<Passkey> of(UserId user) {
        return sql.select(PASSKEY.CREDENTIAL, PASSKEY.LABEL, PASSKEY.SET_UP_AT, PASSKEY.LAST_USED_AT)
                .from(PASSKEY)
                .join(PASSKEY_OWNER)
                .on(PASSKEY_OWNER.HANDLE.eq(PASSKEY.HANDLE))
                .where(PASSKEY_OWNER.USER_ID.eq(user.value()))
                .orderBy(PASSKEY.SET_UP_AT, PASSKEY.CREDENTIAL)
                .fetch(mapping((credential, label, setUp, used) ->
                        new Passkey(new Bytes(credential).toBase64UrlString(), label, setUp, used)));
    }

    /** One of the user's own; false when there is none of that id. */
    boolean delete(UserId user, Bytes credential) {
        return sql.deleteFrom(PASSKEY)
                        .where(PASSKEY.CREDENTIAL.eq(credential.getBytes()))
                        .and(PASSKEY.HANDLE.in(sql.select(PASSKEY_OWNER.HANDLE)
                                .from(PASSKEY_OWNER)
                                .where(PASSKEY_OWNER.USER_ID.eq(user.value()))))
                        .execute()
                == 1;
    }

    @Override
    public void delete(Bytes credential) {
        sql.deleteFrom(PASSKEY)
                .where(PASSKEY.CREDENTIAL.eq(credential.getBytes()))
                .execute();
    }

    /**
     * A new one, or one that has been used.
     *
     * @throws PasskeyRefused where it is somebody else's, or where its counter does not go on from where it was: then there
     *     are two of it
     */
    @Override
    public void save(CredentialRecord credential) {
        var row = new PasskeyRecord();
        row.setCredential(credential.getCredentialId().getBytes());
        row.setHandle(credential.getUserEntityUserId().getBytes());
        row.setLabel(credential.getLabel());
        row.setPublicKey(credential.getPublicKey().getBytes());
        row.setSignatures(credential.getSignatureCount());
        row.setVerifiedUser(credential.isUvInitialized());
        row.setTransports(credential.getTransports().stream()
                .map(AuthenticatorTransport::getValue)
                .sorted()
                .collect(Collectors.joining(",")));
        row.setMayBeBackedUp(credential.isBackupEligible());
        row.setBackedUp(credential.isBackupState());
        row.setAttestation(
                Objects.requireNonNull(credential.getAttestationObject()).getBytes());
        row.setAttestationClient(Objects.requireNonNull(credential.getAttestationClientDataJSON())
                .getBytes());
        row.setSetUpAt(credential.getCreated());
        row.setLastUsedAt(credential.getLastUsed());
        var saved = sql.insertInto(PASSKEY)
                .set(row)
                .onConflict(PASSKEY.CREDENTIAL)
                .doUpdate()
                .set(PASSKEY.SIGNATURES, row.getSignatures())
                .set(PASSKEY.VERIFIED_USER, row.getVerifiedUser())
                .set(PASSKEY.BACKED_UP, row.getBackedUp())
                .set(PASSKEY.LAST_USED_AT, row.getLastUsedAt())
                .where(PASSKEY.HANDLE.eq(row.getHandle()))
                .and(PASSKEY.SIGNATURES
                        .lt(row.getSignatures())
                        .or(PASSKEY.SIGNATURES
                                .eq(NOT_COUNTED)
                                .and(val(row.getSignatures()).eq(NOT_COUNTED))))
                .execute();
        if (saved == 0) {
            throw new PasskeyRefused();
        }
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes credential) {
        return sql.selectFrom(PASSKEY)
                .where(PASSKEY.CREDENTIAL.eq(credential.getBytes()))
                .fetchOptional(PasskeyStore::credential)
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return sql.selectFrom(PASSKEY)
                .where(PASSKEY.HANDLE.eq(handle.getBytes()))
                .orderBy(PASSKEY.SET_UP_AT)
                .fetch(PasskeyStore::credential);
    }

    private static CredentialRecord credential(PasskeyRecord row) {
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getCredential()))
                .userEntityUserId(new Bytes(row.getHandle()))
                .publicKey(new ImmutablePublicKeyCose(row.getPublicKey()))
                .signatureCount(row.getSignatures())
                .uvInitialized(row.getVerifiedUser())
                .transports(transports(row.getTransports()))
                .backupEligible(row.getMayBeBackedUp())
                .backupState(row.getBackedUp())
                .attestationObject(new Bytes(row.getAttestation()))
                .attestationClientDataJSON(new Bytes(row.getAttestationClient()))
                .created(row.getSetUpAt())
                .lastUsed(row.getLastUsedAt())
                .label(row.getLabel())
                .build();
    }

    private static Set<AuthenticatorTransport> transports(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
