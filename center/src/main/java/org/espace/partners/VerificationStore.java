package org.espace.partners;

import static java.util.stream.Collectors.groupingBy;
import static org.espace.db.partners.Tables.APPEAL;
import static org.espace.db.partners.Tables.VERDICT;
import static org.espace.db.partners.Tables.VERIFICATION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.documents.Document;
import org.espace.documents.DocumentType;
import org.espace.partners.Verification.Appeal;
import org.espace.partners.Verification.Event;
import org.espace.partners.Verification.Step;
import org.espace.partners.Verification.Verdict;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class VerificationStore {

    private final DSLContext sql;

    VerificationStore(DSLContext sql) {
        this.sql = sql;
    }

    int insert(PartnerId partner, Step step, @Nullable Integer application, String by, Instant now) {
        return sql.insertInto(VERIFICATION)
                .set(VERIFICATION.PARTNER_ID, partner.value())
                .set(VERIFICATION.STEP, step.code())
                .set(VERIFICATION.APPLICATION_ID, application)
                .set(VERIFICATION.OPENED_AT, now)
                .set(VERIFICATION.OPENED_BY, by)
                .returningResult(VERIFICATION.ID)
                .fetchSingle()
                .value1();
    }

    /** Until the transaction ends, nobody else decides it or appeals. */
    void lock(int verification) {
        sql.select(VERIFICATION.ID)
                .from(VERIFICATION)
                .where(VERIFICATION.ID.eq(verification))
                .forUpdate()
                .execute();
    }

    void insert(Verification verification, boolean accepted, @Nullable String reason, String by, Instant now) {
        sql.insertInto(VERDICT)
                .set(VERDICT.VERIFICATION_ID, verification.id())
                .set(VERDICT.PARTNER_ID, verification.partner().value())
                .set(
                        VERDICT.APPEAL_ID,
                        verification.openAppeal().map(Appeal::id).orElse(null))
                .set(VERDICT.ACCEPTED, accepted)
                .set(VERDICT.REASON, reason)
                .set(VERDICT.DECIDED_AT, now)
                .set(VERDICT.DECIDED_BY, by)
                .execute();
    }

    void insert(Verification verification, String comment, Document document, String by, Instant now) {
        sql.insertInto(APPEAL)
                .set(APPEAL.VERIFICATION_ID, verification.id())
                .set(APPEAL.PARTNER_ID, verification.partner().value())
                .set(APPEAL.VERDICT_ID, verification.history().getLast().id())
                .set(APPEAL.COMMENT, comment)
                .set(APPEAL.SHA256, document.sha256())
                .set(APPEAL.TYPE, document.type().code())
                .set(APPEAL.SIZE, document.size())
                .set(APPEAL.APPEALED_AT, now)
                .set(APPEAL.APPEALED_BY, by)
                .execute();
    }

    /** Those with as many appeals as verdicts: the last word, if there is any, is the partner's. */
    List<Verification> pending() {
        var verdicts = field(selectCount().from(VERDICT).where(VERDICT.VERIFICATION_ID.eq(VERIFICATION.ID)));
        var appeals = field(selectCount().from(APPEAL).where(APPEAL.VERIFICATION_ID.eq(VERIFICATION.ID)));
        var pending = select(VERIFICATION.ID).from(VERIFICATION).where(verdicts.eq(appeals));
        return verifications(
                VERIFICATION.ID.in(pending), VERDICT.VERIFICATION_ID.in(pending), APPEAL.VERIFICATION_ID.in(pending));
    }

    /** The latest first. */
    List<Verification> of(PartnerId partner) {
        return verifications(
                VERIFICATION.PARTNER_ID.eq(partner.value()),
                VERDICT.PARTNER_ID.eq(partner.value()),
                APPEAL.PARTNER_ID.eq(partner.value()));
    }

    Optional<Verification> find(int verification) {
        return verifications(
                        VERIFICATION.ID.eq(verification),
                        VERDICT.VERIFICATION_ID.eq(verification),
                        APPEAL.VERIFICATION_ID.eq(verification))
                .stream()
                .findFirst();
    }

    private List<Verification> verifications(Condition which, Condition verdicts, Condition appeals) {
        Map<Integer, List<Turn>> turns = Stream.concat(verdicts(verdicts).stream(), appeals(appeals).stream())
                .collect(groupingBy(Turn::verification));
        return sql.selectFrom(VERIFICATION)
                .where(which)
                .orderBy(VERIFICATION.ID.desc())
                .fetch(row -> new Verification(
                        row.getId(),
                        new PartnerId(row.getPartnerId()),
                        Step.of(row.getStep()).orElseThrow(),
                        row.getApplicationId(),
                        row.getOpenedAt(),
                        row.getOpenedBy(),
                        turns.getOrDefault(row.getId(), List.of()).stream()
                                .sorted(Comparator.comparingInt(Turn::place))
                                .map(Turn::event)
                                .toList()));
    }

    /** @param place verdicts and appeals take turns: of those with the same number the verdict stands after the appeal */
    private record Turn(int verification, int place, Event event) {}

    private List<Turn> verdicts(Condition which) {
        return sql.selectFrom(VERDICT)
                .where(which)
                .fetch(row -> new Turn(
                        row.getVerificationId(),
                        row.getAppealId() == null ? 0 : 2 * row.getAppealId() + 1,
                        new Verdict(
                                row.getId(),
                                row.getAccepted(),
                                row.getReason(),
                                row.getDecidedAt(),
                                row.getDecidedBy())));
    }

    private List<Turn> appeals(Condition which) {
        return sql.selectFrom(APPEAL)
                .where(which)
                .fetch(row -> new Turn(
                        row.getVerificationId(),
                        2 * row.getId(),
                        new Appeal(
                                row.getId(),
                                row.getComment(),
                                new Document(row.getSha256(), DocumentType.of(row.getType()), row.getSize()),
                                row.getAppealedAt(),
                                row.getAppealedBy())));
    }
}
