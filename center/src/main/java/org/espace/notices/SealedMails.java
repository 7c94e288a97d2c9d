package org.espace.notices;

import static org.espace.db.notices.Tables.MAIL;

import org.espace.web.SealedColumn;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** The links and passwords of mails that wait. */
@Component
class SealedMails extends SealedColumn {

    SealedMails(DSLContext sql, Secrets secrets) {
        super("sealing.mail-secrets", MAIL.SEALED, sql, secrets);
    }

    @Override
    protected String purpose(Record row) {
        return MailStore.purpose(row.get(MAIL.REFERENCE));
    }
}
