package org.espace.notices;

import static org.espace.db.notices.Tables.FAILURE;
import static org.espace.db.notices.Tables.MAIL;
import static org.espace.db.notices.Tables.OUTCOME;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.espace.web.SecretUnreadable;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class MailStore {

    private static final int ROWS_AT_A_TIME = 1_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final DSLContext sql;

    private final Secrets secrets;

    MailStore(DSLContext sql, Secrets secrets) {
        this.sql = sql;
        this.secrets = secrets;
    }

    /** Nothing where that reference has been kept before. */
    void keep(List<Mail> mails, Instant now) {
        for (var from = 0; from < mails.size(); from += ROWS_AT_A_TIME) {
            var piece = mails.subList(from, Math.min(from + ROWS_AT_A_TIME, mails.size()));
            sql.insertInto(
                            MAIL,
                            MAIL.REFERENCE,
                            MAIL.RECIPIENT,
                            MAIL.LANGUAGE,
                            MAIL.TEMPLATE,
                            MAIL.ARGUMENTS,
                            MAIL.SEALED,
                            MAIL.KEPT_AT)
                    .valuesOfRows(piece.stream()
                            .map(mail -> row(
                                    mail.reference(),
                                    mail.to(),
                                    mail.language(),
                                    mail.template(),
                                    JSONB.valueOf(JSON.writeValueAsString(mail.arguments())),
                                    mail.secret() == null ? null : sealed(mail.reference(), mail.secret()),
                                    now))
                            .toList())
                    .onConflictDoNothing()
                    .execute();
        }
    }

    /** What was kept in clear, before secrets were sealed. */
    void sealOlder() {
        sql.select(MAIL.ID, MAIL.REFERENCE, MAIL.SECRET)
                .from(MAIL)
                .where(MAIL.SECRET.isNotNull())
                .forUpdate()
                .skipLocked()
                .forEach(row -> sql.update(MAIL)
                        .set(MAIL.SEALED, sealed(row.value2(), row.value3()))
                        .setNull(MAIL.SECRET)
                        .where(MAIL.ID.eq(row.value1()))
                        .execute());
    }

    /** @throws SecretUnreadable when its key is gone */
    @Nullable
    String secret(KeptMail kept) {
        return kept.sealed() == null
                ? null
                : secrets.open(kept.sealed(), purpose(kept.mail().reference()));
    }

    /** The next one to try, held until the transaction ends; what another server holds is not waited for. */
    Optional<KeptMail> lockNext(Instant now) {
        var due = select(coalesce(max(FAILURE.NEXT_AT), MAIL.KEPT_AT))
                .from(FAILURE)
                .where(FAILURE.MAIL_ID.eq(MAIL.ID))
                .<Instant>asField();
        return sql.select(MAIL.fields())
                .from(MAIL)
                .whereNotExists(selectOne().from(OUTCOME).where(OUTCOME.MAIL_ID.eq(MAIL.ID)))
                .and(due.le(now))
                .orderBy(MAIL.ID)
                .limit(1)
                .forUpdate()
                .skipLocked()
                .fetchOptional(row -> new KeptMail(
                        row.get(MAIL.ID),
                        mail(row),
                        row.get(MAIL.SEALED),
                        row.get(MAIL.KEPT_AT),
                        KeptMail.State.WAITING,
                        0,
                        null));
    }

    void settle(long mail, boolean sent, Instant now) {
        sql.insertInto(OUTCOME)
                .set(OUTCOME.MAIL_ID, mail)
                .set(OUTCOME.SENT, sent)
                .set(OUTCOME.AT, now)
                .execute();
        sql.update(MAIL)
                .setNull(MAIL.SEALED)
                .setNull(MAIL.SECRET)
                .where(MAIL.ID.eq(mail))
                .execute();
    }

    /** How many attempts have failed so far, this one included. */
    int fail(long mail, String reason, Instant now, IntFunction<Duration> pause) {
        var attempt = sql.fetchCount(FAILURE, FAILURE.MAIL_ID.eq(mail)) + 1;
        sql.insertInto(FAILURE)
                .set(FAILURE.MAIL_ID, mail)
                .set(FAILURE.ATTEMPT, attempt)
                .set(FAILURE.AT, now)
                .set(FAILURE.NEXT_AT, now.plus(pause.apply(attempt)))
                .set(FAILURE.REASON, reason)
                .execute();
        return attempt;
    }

    /** What has become too old to send: what it says may no longer be so. */
    void giveUpKeptBefore(Instant limit, Instant now) {
        var old = sql.select(MAIL.ID)
                .from(MAIL)
                .where(MAIL.KEPT_AT.lt(limit))
                .andNotExists(selectOne().from(OUTCOME).where(OUTCOME.MAIL_ID.eq(MAIL.ID)))
                .forUpdate()
                .skipLocked()
                .fetch(MAIL.ID);
        old.forEach(mail -> settle(mail, false, now));
    }

    /** The latest first. */
    List<KeptMail> page(int page, int size) {
        return described()
                .orderBy(MAIL.ID.desc())
                .limit(size)
                .offset((long) page * size)
                .fetch(this::kept);
    }

    int size() {
        return sql.fetchCount(MAIL);
    }

    Optional<KeptMail> find(long mail) {
        return described().where(MAIL.ID.eq(mail)).fetchOptional(this::kept);
    }

    private static final Field<Integer> FAILURES =
            field(select(count()).from(FAILURE).where(FAILURE.MAIL_ID.eq(MAIL.ID)));
    private static final Field<String> LAST_REASON = field(select(FAILURE.REASON)
            .from(FAILURE)
            .where(FAILURE.MAIL_ID.eq(MAIL.ID))
            .orderBy(FAILURE.ATTEMPT.desc())
            .limit(1));

    private SelectOnConditionStep<Record> described() {
        return sql.select(MAIL.fields())
                .select(OUTCOME.SENT, FAILURES, LAST_REASON)
                .from(MAIL)
                .leftJoin(OUTCOME)
                .on(OUTCOME.MAIL_ID.eq(MAIL.ID));
    }

    private KeptMail kept(Record row) {
        var sent = row.get(OUTCOME.SENT);
        return new KeptMail(
                row.get(MAIL.ID),
                mail(row),
                row.get(MAIL.SEALED),
                row.get(MAIL.KEPT_AT),
                sent == null ? KeptMail.State.WAITING : sent ? KeptMail.State.SENT : KeptMail.State.GIVEN_UP,
                row.get(FAILURES),
                row.get(LAST_REASON));
    }

    private static Mail mail(Record row) {
        return new Mail(
                row.get(MAIL.REFERENCE),
                row.get(MAIL.RECIPIENT),
                row.get(MAIL.LANGUAGE),
                row.get(MAIL.TEMPLATE),
                JSON.readValue(row.get(MAIL.ARGUMENTS).data(), TEXTS),
                null);
    }

    private String sealed(String reference, String secret) {
        return secrets.seal(secret, purpose(reference));
    }

    static String purpose(String reference) {
        return "mail:" + reference;
    }
}
