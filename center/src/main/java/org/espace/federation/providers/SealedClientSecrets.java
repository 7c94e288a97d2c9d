package org.espace.federation.providers;

import static org.espace.db.federation.Tables.PROVIDER;

import org.espace.partners.PartnerId;
import org.espace.web.SealedColumn;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** What proves to identity providers that it is us who ask. */
@Component
class SealedClientSecrets extends SealedColumn {

    SealedClientSecrets(DSLContext sql, Secrets secrets) {
        super("sealing.provider-secrets", PROVIDER.CLIENT_SECRET, sql, secrets);
    }

    @Override
    protected String purpose(Record row) {
        return Providers.purpose(new PartnerId(row.get(PROVIDER.PARTNER_ID)));
    }
}
