package org.espace.notices;

import static org.espace.db.notices.Tables.MAIL;

import java.util.List;
import org.espace.web.Secrets;
import org.jooq.DSLContext;

/** What only the reader of a mail sees. */
public final class Letterbox {

    private Letterbox() {}

    /** The links and passwords that wait for somebody, the latest last. */
    public static List<String> secrets(DSLContext sql, Secrets secrets, String to) {
        return sql.select(MAIL.REFERENCE, MAIL.SEALED)
                .from(MAIL)
                .where(MAIL.RECIPIENT.eq(to))
                .and(MAIL.SEALED.isNotNull())
                .orderBy(MAIL.ID)
                .fetch(row -> secrets.open(row.value2(), "mail:" + row.value1()));
    }
}
