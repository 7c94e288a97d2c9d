package org.espace.enrollment;

import org.espace.eligibility.Verdict;
import org.espace.payees.PayeeStanding;

/**
 * What decides how a membership is shown, and what can be done about it.
 *
 * @param conditional whether the program asks for something before one may join
 * @param joined whether an enrollment counts today, whoever has registered it
 */
record Situation(
        Offer.State offer, boolean conditional, Verdict verdict, Stage stage, boolean joined, PayeeStanding payees) {

    /** @param administrator whether it is shown to somebody who may enroll the location in the program */
    Position position(boolean administrator) {
        return switch (offer) {
            case DISCONTINUED -> new Position(Status.DISCONTINUED, Position.Next.NONE);
            case NOT_OPEN -> new Position(Status.INACTIVE, Position.Next.WAIT_FOR_OPENING);
            case OPEN, EXTENDED -> whereOpen(administrator);
        };
    }

    private Position whereOpen(boolean administrator) {
        return switch (stage) {
            case ENROLLED -> joined ? afterAcceptance(administrator) : anew(administrator);
            case ACCEPTED ->
                joined ? fromFeed() : verdict == Verdict.ELIGIBLE ? afterAcceptance(administrator) : ineligible();
            case INVITED -> joined ? fromFeed() : verdict == Verdict.ELIGIBLE ? invited(administrator) : ineligible();
            case NONE, DECLINED, WITHDRAWN, EXPIRED, LEFT, ENDED -> joined ? fromFeed() : anew(administrator);
        };
    }

    private Position afterAcceptance(boolean administrator) {
        return switch (payees) {
            case MISSING, ACTION_REQUIRED ->
                administrator
                        ? new Position(Status.ACTION_REQUIRED, Position.Next.COMPLETE_PAYMENT)
                        : new Position(Status.ENROLLING, Position.Next.ASK_TO_COMPLETE);
            case PENDING_VALIDATION -> validating(administrator);
            case APPROVED ->
                stage == Stage.ENROLLED ? new Position(Status.ENROLLED, Position.Next.NONE) : validating(administrator);
        };
    }

    private static Position validating(boolean administrator) {
        return new Position(administrator ? Status.VALIDATING : Status.ENROLLING, Position.Next.WAIT);
    }

    private static Position invited(boolean administrator) {
        return new Position(Status.INVITED, administrator ? Position.Next.ENROLL : Position.Next.ASK_TO_ENROLL);
    }

    private static Position fromFeed() {
        return new Position(Status.ENROLLED, Position.Next.NONE);
    }

    private static Position ineligible() {
        return new Position(Status.INELIGIBLE, Position.Next.SEE_REQUIREMENTS);
    }

    /** Nothing is under way: whoever is eligible may begin, and a program that asks for something invites first. */
    private Position anew(boolean administrator) {
        if (verdict != Verdict.ELIGIBLE) {
            return ineligible();
        }
        return conditional
                ? new Position(
                        Status.INACTIVE, administrator ? Position.Next.ASK_FOR_INVITATION : Position.Next.ASK_TO_ENROLL)
                : invited(administrator);
    }
}
