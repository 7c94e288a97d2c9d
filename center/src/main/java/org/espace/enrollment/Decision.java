package org.espace.enrollment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.espace.eligibility.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Something that the vendor decides about locations in a program.
 *
 * @param day until when an invitation can be accepted, or as of when the rest counts
 * @param startedAt null while it has only been looked at
 * @param endedAt null while it is being carried out
 */
public record Decision(
        int id,
        Kind kind,
        String program,
        LocalDate day,
        String reason,
        Instant askedAt,
        String askedBy,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        boolean cancelled,
        Counts counts) {

    public enum Kind {
        INVITE,
        REMIND,
        WITHDRAW,
        /** Also for days that are past: earnings change by differences. */
        ENROLL,
        END,
        /** Gives invitations a later last day. */
        EXTEND;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> find(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }

    /**
     * @param possible how many would change
     * @param impossible how many would not
     * @param done how many have changed
     * @param refused how many could not any more when their turn came
     */
    public record Counts(int possible, int impossible, int done, int refused) {

        public static final Counts NONE = new Counts(0, 0, 0, 0);

        public int percent() {
            return possible == 0 ? 100 : (int) (100L * (done + refused) / possible);
        }
    }

    public boolean isRunning() {
        return startedAt != null && endedAt == null;
    }

    /** Why nothing would change, as a code. */
    Optional<String> obstacle(Candidate candidate, LocalDate today) {
        var stage = candidate.stage();
        return switch (kind) {
            case INVITE ->
                !candidate.offer().state().isOpen()
                        ? Optional.of("not-offered")
                        : candidate.enrollment() != null
                                ? Optional.of("enrolled")
                                : stage == Stage.INVITED
                                        ? Optional.of("invited")
                                        : stage == Stage.ACCEPTED
                                                ? Optional.of("accepted")
                                                : unless(candidate.verdict() == Verdict.ELIGIBLE, "not-eligible");
            case REMIND, WITHDRAW -> unless(stage == Stage.INVITED, "not-invited");
            case ENROLL ->
                !candidate.offer().isFor(candidate.location())
                        ? Optional.of("not-for-it")
                        : candidate.offer().state() == Offer.State.DISCONTINUED
                                ? Optional.of("not-offered")
                                : unless(!isEnrolledFromThen(candidate), "enrolled");
            case END -> unless(candidate.enrollment() != null || stage == Stage.ACCEPTED, "not-enrolled");
            case EXTEND ->
                stage != Stage.INVITED
                        ? Optional.of("not-invited")
                        : unless(
                                day.isAfter(Objects.requireNonNull(candidate.membership())
                                                .day())
                                        && day.isAfter(today),
                                "not-later");
        };
    }

    private boolean isEnrolledFromThen(Candidate candidate) {
        var enrollment = candidate.enrollment();
        return enrollment != null && !enrollment.since().isAfter(day.withDayOfMonth(1)) && enrollment.until() == null;
    }

    private static Optional<String> unless(boolean possible, String obstacle) {
        return possible ? Optional.empty() : Optional.of(obstacle);
    }

    Step.Kind step(Candidate candidate) {
        return switch (kind) {
            case INVITE -> Step.Kind.INVITED;
            case REMIND -> Step.Kind.REMINDED;
            case WITHDRAW -> Step.Kind.WITHDRAWN;
            case ENROLL -> candidate.stage() == Stage.ENROLLED ? Step.Kind.BACK_DATED : Step.Kind.ENROLLED;
            case END -> Step.Kind.ENDED;
            case EXTEND -> Step.Kind.PROLONGED;
        };
    }

    /** An enrollment counts from the first day of its month on. */
    LocalDate day(Candidate candidate) {
        return switch (kind) {
            case ENROLL -> day.withDayOfMonth(1);
            case REMIND -> Objects.requireNonNull(candidate.membership()).day();
            case INVITE, WITHDRAW, END, EXTEND -> day;
        };
    }
}
