package org.espace.agreements;

import static org.espace.db.agreements.Tables.ENDING;
import static org.espace.db.agreements.Tables.SIGNATURE;
import static org.espace.db.agreements.Tables.TEXT;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class AgreementStore {

    private final DSLContext sql;

    AgreementStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else signs or ends anything for the partner. */
    void lock(PartnerId partner) {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('agreements.signature', {0}))", partner.value());
    }

    /** Of each kind the latest first. */
    List<AgreementText> texts() {
        return texts(TEXT.KIND.isNotNull());
    }

    Optional<AgreementText> text(AgreementKind kind, String version) {
        return texts(TEXT.KIND.eq(kind.code()).and(TEXT.VERSION.eq(version))).stream()
                .findFirst();
    }

    private List<AgreementText> texts(Condition which) {
        return sql.select(
                        TEXT.KIND.convertFrom(code -> AgreementKind.of(code).orElseThrow()),
                        TEXT.VERSION,
                        TEXT.EFFECTIVE,
                        TEXT.MONTHS,
                        TEXT.ENGLISH,
                        TEXT.FRENCH,
                        TEXT.PUBLISHED_AT,
                        TEXT.PUBLISHED_BY)
                .from(TEXT)
                .where(which)
                .orderBy(TEXT.KIND, TEXT.EFFECTIVE.desc(), TEXT.PUBLISHED_AT.desc())
                .fetch(mapping(AgreementText::new));
    }

    /** False when there is such a version. */
    boolean insert(AgreementText text) {
        return sql.insertInto(TEXT)
                        .set(TEXT.KIND, text.kind().code())
                        .set(TEXT.VERSION, text.version())
                        .set(TEXT.EFFECTIVE, text.effective())
                        .set(TEXT.MONTHS, text.months())
                        .set(TEXT.ENGLISH, text.english())
                        .set(TEXT.FRENCH, text.french())
                        .set(TEXT.SHA256, text.sha256())
                        .set(TEXT.PUBLISHED_AT, text.publishedAt())
                        .set(TEXT.PUBLISHED_BY, text.publishedBy())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** The latest first. */
    List<Agreement> of(PartnerId partner) {
        return agreements(SIGNATURE.PARTNER_ID.eq(partner.value()));
    }

    /** The latest first. */
    List<Agreement> all() {
        return agreements(SIGNATURE.ID.isNotNull());
    }

    private List<Agreement> agreements(Condition which) {
        return sql.select(
                        SIGNATURE.ID,
                        SIGNATURE.PARTNER_ID.convertFrom(PartnerId::new),
                        SIGNATURE.KIND.convertFrom(
                                code -> AgreementKind.of(code).orElseThrow()),
                        SIGNATURE.VERSION,
                        SIGNATURE.SIGNATORY,
                        SIGNATURE.TITLE,
                        SIGNATURE.SIGNED_ON,
                        SIGNATURE.SINCE,
                        SIGNATURE.UNTIL,
                        SIGNATURE.SIGNED_AT,
                        SIGNATURE.SIGNED_BY,
                        ENDING.REASON)
                .from(SIGNATURE)
                .leftJoin(ENDING)
                .on(ENDING.SIGNATURE_ID.eq(SIGNATURE.ID))
                .where(which)
                .orderBy(SIGNATURE.ID.desc())
                .fetch(mapping(Agreement::new));
    }

    void insert(
            PartnerId partner,
            AgreementText text,
            String signatory,
            String title,
            LocalDate signedOn,
            LocalDate since,
            @Nullable LocalDate until,
            Instant now,
            String by) {
        sql.insertInto(SIGNATURE)
                .set(SIGNATURE.PARTNER_ID, partner.value())
                .set(SIGNATURE.KIND, text.kind().code())
                .set(SIGNATURE.VERSION, text.version())
                .set(SIGNATURE.SIGNATORY, signatory)
                .set(SIGNATURE.TITLE, title)
                .set(SIGNATURE.SIGNED_ON, signedOn)
                .set(SIGNATURE.SINCE, since)
                .set(SIGNATURE.UNTIL, until)
                .set(SIGNATURE.SIGNED_AT, now)
                .set(SIGNATURE.SIGNED_BY, by)
                .execute();
    }

    void end(Agreement agreement, LocalDate on) {
        var until = on.isBefore(agreement.since()) ? agreement.since() : on;
        sql.update(SIGNATURE)
                .set(SIGNATURE.UNTIL, until)
                .where(SIGNATURE.ID.eq(agreement.id()))
                .execute();
    }

    void keepReason(Agreement agreement, String reason, Instant now, String by) {
        sql.insertInto(ENDING)
                .set(ENDING.SIGNATURE_ID, agreement.id())
                .set(ENDING.PARTNER_ID, agreement.partner().value())
                .set(ENDING.REASON, reason)
                .set(ENDING.ENDED_AT, now)
                .set(ENDING.ENDED_BY, by)
                .execute();
    }
}
