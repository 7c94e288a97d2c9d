package org.espace.signin;

import static org.espace.db.signin.Tables.AUTHENTICATOR;

import org.espace.access.UserId;
import org.espace.web.SealedColumn;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** The seeds of authenticators. */
@Component
class SealedSeeds extends SealedColumn {

    SealedSeeds(DSLContext sql, Secrets secrets) {
        super("sealing.authenticator-seeds", AUTHENTICATOR.SEED, sql, secrets);
    }

    @Override
    protected String purpose(Record row) {
        return SecondFactors.purpose(new UserId(row.get(AUTHENTICATOR.USER_ID)));
    }
}
