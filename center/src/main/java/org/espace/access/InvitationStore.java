package org.espace.access;

import static org.espace.db.access.Tables.INVITATION;
import static org.espace.db.access.Tables.INVITATION_GRANT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

@Repository
class InvitationStore {

    private final DSLContext sql;

    InvitationStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Those that nobody has accepted yet, the latest first. */
    List<Invitation> pending(PartnerId partner) {
        return invitations(INVITATION.PARTNER_ID.eq(partner.value()).and(INVITATION.ACCEPTED_AT.isNull()));
    }

    Optional<Invitation> pending(PartnerId partner, int invitation) {
        return invitations(INVITATION
                        .PARTNER_ID
                        .eq(partner.value())
                        .and(INVITATION.ID.eq(invitation))
                        .and(INVITATION.ACCEPTED_AT.isNull()))
                .stream()
                .findFirst();
    }

    /** Accepted or not; held until the transaction ends. */
    Optional<Invitation> lock(String tokenHash) {
        sql.select(INVITATION.ID)
                .from(INVITATION)
                .where(INVITATION.TOKEN_HASH.eq(tokenHash))
                .forUpdate()
                .fetch();
        return find(tokenHash);
    }

    Optional<Invitation> find(String tokenHash) {
        return invitations(INVITATION.TOKEN_HASH.eq(tokenHash)).stream().findFirst();
    }

    boolean isAccepted(Invitation invitation) {
        return sql.fetchExists(INVITATION, INVITATION.ID.eq(invitation.id()).and(INVITATION.ACCEPTED_AT.isNotNull()));
    }

    private List<Invitation> invitations(Condition condition) {
        var grants = DSL.multiset(sql.select(
                                INVITATION_GRANT.ROLE,
                                INVITATION.PARTNER_ID,
                                INVITATION_GRANT.LOCATION_ID,
                                INVITATION_GRANT.PROGRAM)
                        .from(INVITATION_GRANT)
                        .where(INVITATION_GRANT.INVITATION_ID.eq(INVITATION.ID)))
                .convertFrom(rows ->
                        rows.map(row -> new Grant(Role.of(row.value1()), row.value2(), row.value3(), row.value4())));
        return sql.select(
                        INVITATION.ID,
                        INVITATION.PARTNER_ID,
                        INVITATION.EMAIL,
                        grants,
                        INVITATION.INVITED_BY,
                        INVITATION.INVITED_AT,
                        INVITATION.EXPIRES_AT)
                .from(INVITATION)
                .where(condition)
                .orderBy(INVITATION.INVITED_AT.desc(), INVITATION.ID.desc())
                .fetch(row -> new Invitation(
                        row.value1(),
                        new PartnerId(row.value2()),
                        new EmailAddress(row.value3()),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7()));
    }

    /** A pending one of that address is renewed, with the roles as they are given now. */
    int upsert(
            PartnerId partner,
            EmailAddress email,
            List<Grant> grants,
            String hash,
            String by,
            Instant now,
            Instant expires) {
        var id = sql.insertInto(INVITATION)
                .set(INVITATION.PARTNER_ID, partner.value())
                .set(INVITATION.EMAIL, email.value())
                .set(INVITATION.TOKEN_HASH, hash)
                .set(INVITATION.INVITED_AT, now)
                .set(INVITATION.INVITED_BY, by)
                .set(INVITATION.EXPIRES_AT, expires)
                .onConflict(INVITATION.PARTNER_ID, INVITATION.EMAIL)
                .where(INVITATION.ACCEPTED_AT.isNull())
                .doUpdate()
                .set(INVITATION.TOKEN_HASH, hash)
                .set(INVITATION.INVITED_AT, now)
                .set(INVITATION.INVITED_BY, by)
                .set(INVITATION.EXPIRES_AT, expires)
                .returningResult(INVITATION.ID)
                .fetchSingle()
                .value1();
        sql.deleteFrom(INVITATION_GRANT)
                .where(INVITATION_GRANT.INVITATION_ID.eq(id))
                .execute();
        for (var grant : grants) {
            sql.insertInto(INVITATION_GRANT)
                    .set(INVITATION_GRANT.INVITATION_ID, id)
                    .set(INVITATION_GRANT.ROLE, grant.role().code())
                    .set(INVITATION_GRANT.LOCATION_ID, grant.location())
                    .set(INVITATION_GRANT.PROGRAM, grant.program())
                    .onConflictDoNothing()
                    .execute();
        }
        return id;
    }

    void accept(Invitation invitation, Instant now) {
        sql.update(INVITATION)
                .set(INVITATION.ACCEPTED_AT, now)
                .where(INVITATION.ID.eq(invitation.id()))
                .execute();
    }

    void delete(Invitation invitation) {
        sql.deleteFrom(INVITATION).where(INVITATION.ID.eq(invitation.id())).execute();
    }
}
