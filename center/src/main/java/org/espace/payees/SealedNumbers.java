package org.espace.payees;

import static org.espace.db.payees.Tables.ENTRY;

import org.espace.web.SealedColumn;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** The numbers of accounts and taxes, as they lie in the table. */
@Component
class SealedNumbers extends SealedColumn {

    SealedNumbers(DSLContext sql, Secrets secrets) {
        super("sealing.account-and-tax-numbers", ENTRY.SEALED, sql, secrets);
    }

    @Override
    protected String purpose(Record row) {
        return Profiles.purpose(row.get(ENTRY.VERSION_ID), row.get(ENTRY.FIELD));
    }
}
