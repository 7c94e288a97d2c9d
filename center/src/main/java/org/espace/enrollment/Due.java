package org.espace.enrollment;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.espace.eligibility.Verdict;
import org.espace.payees.PayeeStanding;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a membership by itself: a pure function of what is known on a day.
 *
 * @param reason why, as a code
 */
record Due(Step.Kind kind, LocalDate day, @Nullable String reason) {

    /** How long an invitation can be accepted. */
    static final int INVITED_DAYS = 90;

    /** After how many days whoever is invited is reminded. */
    static final List<Integer> REMINDERS = List.of(14, 45);

    /** How long before the end of the year we tell that an enrollment is not going to roll over. */
    static final int WARNED_DAYS = 30;

    /** Null where nothing is due. */
    static @Nullable Due of(Candidate candidate, LocalDate today, int reminders) {
        return switch (candidate.offer().state()) {
            case DISCONTINUED -> discontinued(candidate);
            case NOT_OPEN -> null;
            case OPEN, EXTENDED ->
                switch (candidate.stage()) {
                    case INVITED -> invited(candidate, today, reminders);
                    case ACCEPTED -> null;
                    case ENROLLED -> enrolled(candidate, today);
                    case NONE, DECLINED, WITHDRAWN, EXPIRED, LEFT, ENDED -> anew(candidate, today);
                };
        };
    }

    private static @Nullable Due discontinued(Candidate candidate) {
        var closed = candidate.offer().closed();
        return switch (candidate.stage()) {
            case INVITED -> new Due(Step.Kind.WITHDRAWN, closed, "discontinued");
            case ACCEPTED, ENROLLED -> new Due(Step.Kind.ENDED, closed, "discontinued");
            case NONE, DECLINED, WITHDRAWN, EXPIRED, LEFT, ENDED -> null;
        };
    }

    private static @Nullable Due invited(Candidate candidate, LocalDate today, int reminders) {
        var invitation = membership(candidate);
        if (candidate.enrollment() != null) {
            return new Due(Step.Kind.WITHDRAWN, today, "enrolled");
        }
        if (candidate.verdict() == Verdict.NOT_ELIGIBLE) {
            return new Due(Step.Kind.WITHDRAWN, today, "not-eligible");
        }
        if (!today.isBefore(invitation.day())) {
            return new Due(Step.Kind.EXPIRED, invitation.day(), null);
        }
        var since = LocalDate.ofInstant(invitation.last().at(), ZoneOffset.UTC);
        return reminders < REMINDERS.size() && !today.isBefore(since.plusDays(REMINDERS.get(reminders)))
                ? new Due(Step.Kind.REMINDED, invitation.day(), null)
                : null;
    }

    private static @Nullable Due enrolled(Candidate candidate, LocalDate today) {
        var enrolled = membership(candidate);
        var offer = candidate.offer();
        if (candidate.enrollment() == null) {
            return new Due(Step.Kind.ENDED, today, "feed");
        }
        if (candidate.mustLeave()) {
            return new Due(Step.Kind.ENDED, today, "off-boarded");
        }
        var missing = candidate.verdict() != Verdict.ELIGIBLE
                ? "requirements"
                : candidate.payees() != PayeeStanding.APPROVED ? "payment" : null;
        if (!candidate.hasBegunThisYear()) {
            return missing == null
                    ? new Due(Step.Kind.RENEWED, enrolled.day(), null)
                    : new Due(Step.Kind.ENDED, offer.begun(), missing);
        }
        return missing != null && !today.isBefore(offer.until().minusDays(WARNED_DAYS))
                ? new Due(Step.Kind.WARNED, offer.until(), missing)
                : null;
    }

    /** One invitation a year comes by itself; another one has to be asked for. */
    private static @Nullable Due anew(Candidate candidate, LocalDate today) {
        return candidate.offer().isConditional()
                        && candidate.enrollment() == null
                        && candidate.verdict() == Verdict.ELIGIBLE
                        && !candidate.hasBegunThisYear()
                ? new Due(Step.Kind.INVITED, today.plusDays(INVITED_DAYS), null)
                : null;
    }

    private static Membership membership(Candidate candidate) {
        return Objects.requireNonNull(candidate.membership());
    }
}
