package org.espace.certifications;

import static org.espace.db.certifications.Tables.SIGNING_KEY;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class BadgeStore {

    private final DSLContext sql;

    BadgeStore(DSLContext sql) {
        this.sql = sql;
    }

    /** @param sealed the private key, as {@link org.espace.web.Secrets} has sealed it */
    record KeptKey(String id, String publicKey, String sealed) {}

    /** Until the transaction ends, nobody else makes a key. */
    void lock() {
        sql.execute("select pg_advisory_xact_lock(hashtext('certifications.signing_key'))");
    }

    /** The newest first. */
    List<KeptKey> keys() {
        return sql.select(SIGNING_KEY.ID, SIGNING_KEY.PUBLIC_KEY, SIGNING_KEY.SEALED)
                .from(SIGNING_KEY)
                .orderBy(SIGNING_KEY.MADE_AT.desc(), SIGNING_KEY.ID)
                .fetch(mapping(KeptKey::new));
    }

    void insert(KeptKey key, Instant now) {
        sql.insertInto(SIGNING_KEY)
                .set(SIGNING_KEY.ID, key.id())
                .set(SIGNING_KEY.PUBLIC_KEY, key.publicKey())
                .set(SIGNING_KEY.SEALED, key.sealed())
                .set(SIGNING_KEY.MADE_AT, now)
                .execute();
    }
}
