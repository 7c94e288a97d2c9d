package org.espace.federation.scim;

import static org.espace.db.federation.Tables.SCIM_TOKEN;
import static org.jooq.Records.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.federation.Credential;
import org.espace.federation.Issued;
import org.espace.partners.PartnerId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ScimTokenStore {

    private static final Duration USE_IS_NOTED_EVERY = Duration.ofHours(1);

    private final DSLContext sql;

    ScimTokenStore(DSLContext sql) {
        this.sql = sql;
    }

    record Holder(int id, int partner, @Nullable Instant used) {}

    List<Issued> of(PartnerId partner) {
        return sql.select(
                        SCIM_TOKEN.ID,
                        SCIM_TOKEN.MADE_AT,
                        SCIM_TOKEN.MADE_BY,
                        SCIM_TOKEN.EXPIRES_AT,
                        SCIM_TOKEN.USED_AT)
                .from(SCIM_TOKEN)
                .where(SCIM_TOKEN.PARTNER_ID.eq(partner.value()))
                .orderBy(SCIM_TOKEN.ID)
                .fetch(mapping(Issued::new));
    }

    /** False when both places are taken by tokens that are still good. */
    boolean insert(PartnerId partner, Credential token, Instant now, Instant expires, String by) {
        sql.deleteFrom(SCIM_TOKEN)
                .where(SCIM_TOKEN.PARTNER_ID.eq(partner.value()))
                .and(SCIM_TOKEN.EXPIRES_AT.le(now))
                .execute();
        return Stream.of((short) 1, (short) 2)
                .anyMatch(slot -> sql.insertInto(SCIM_TOKEN)
                                .set(SCIM_TOKEN.PARTNER_ID, partner.value())
                                .set(SCIM_TOKEN.SLOT, slot)
                                .set(SCIM_TOKEN.TOKEN_HASH, token.hash())
                                .set(SCIM_TOKEN.MADE_AT, now)
                                .set(SCIM_TOKEN.MADE_BY, by)
                                .set(SCIM_TOKEN.EXPIRES_AT, expires)
                                .onConflictDoNothing()
                                .execute()
                        == 1);
    }

    boolean delete(PartnerId partner, int token) {
        return sql.deleteFrom(SCIM_TOKEN)
                        .where(SCIM_TOKEN.PARTNER_ID.eq(partner.value()))
                        .and(SCIM_TOKEN.ID.eq(token))
                        .execute()
                == 1;
    }

    Optional<Holder> find(Credential token, Instant now) {
        return sql.select(SCIM_TOKEN.ID, SCIM_TOKEN.PARTNER_ID, SCIM_TOKEN.USED_AT)
                .from(SCIM_TOKEN)
                .where(SCIM_TOKEN.TOKEN_HASH.eq(token.hash()))
                .and(SCIM_TOKEN.EXPIRES_AT.gt(now))
                .fetchOptional(mapping(Holder::new));
    }

    void noteUse(int token, Instant now) {
        sql.update(SCIM_TOKEN)
                .set(SCIM_TOKEN.USED_AT, now)
                .where(SCIM_TOKEN.ID.eq(token))
                .and(SCIM_TOKEN.USED_AT.isNull().or(SCIM_TOKEN.USED_AT.lt(now.minus(USE_IS_NOTED_EVERY))))
                .execute();
    }
}
