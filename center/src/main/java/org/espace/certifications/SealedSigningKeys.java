package org.espace.certifications;

import static org.espace.db.certifications.Tables.SIGNING_KEY;

import org.espace.web.SealedColumn;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** The private halves of the keys that certificates are signed with. */
@Component
class SealedSigningKeys extends SealedColumn {

    SealedSigningKeys(DSLContext sql, Secrets secrets) {
        super("sealing.certificate-keys", SIGNING_KEY.SEALED, sql, secrets);
    }

    @Override
    protected String purpose(Record row) {
        return SigningKeys.purpose(row.get(SIGNING_KEY.ID));
    }
}
