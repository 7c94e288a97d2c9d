package org.espace.engine;

import java.util.Arrays;
import org.espace.terms.Requirement;

/**
 * Why a line earned what it earned, or nothing. The numbers stand in stored lines and never change their meaning. Names
 * that are no words are codes that partners know from elsewhere.
 */
public enum Reason {
    ELIGIBLE(0, Bucket.ELIGIBLE, false),
    EARNED(1, Bucket.ELIGIBLE, false),
    TIER_REACHED(2, Bucket.ELIGIBLE, false),
    CAP_LIMITED(3, Bucket.ELIGIBLE, false),
    /** With this sale the floor is reached, and all that was held back is earned. */
    FLOOR_REACHED(4, Bucket.ELIGIBLE, false),
    /** The sale counts in the period that a later one is measured against. */
    BASELINE_MOVED(5, Bucket.ELIGIBLE, false),
    /** What several levers earned beyond a ceiling is taken back, or given back. */
    CEILING(6, Bucket.ELIGIBLE, false),
    /** Because of this sale others of its customer count no longer, or count after all. */
    OTHERS_COUNT(7, Bucket.ELIGIBLE, false),
    NOT_ENROLLED(10, Bucket.INELIGIBLE, true),
    NOT_ENROLLED_THEN(11, Bucket.INELIGIBLE, false),
    NO_TERMS(12, Bucket.INELIGIBLE, false),
    NOT_OPEN(13, Bucket.INELIGIBLE, false),
    NO_LEVER(14, Bucket.INELIGIBLE, false),
    RATE_MISSING(15, Bucket.PENDING, false),
    BELOW_FIRST_TIER(16, Bucket.ELIGIBLE, true),
    CAP_REACHED(17, Bucket.ELIGIBLE, false),
    ROUNDS_TO_ZERO(18, Bucket.ELIGIBLE, false),
    /** Less is earned than must be, so all of it is forfeited until it is. */
    BELOW_FLOOR(19, Bucket.ELIGIBLE, true),
    /** The period does not exceed the one that it is measured against. */
    NO_GROWTH(20, Bucket.ELIGIBLE, true),
    /** At or under the prior high-water mark. */
    PAULWPHWM(21, Bucket.ELIGIBLE, true),
    /** Above the high-water mark, but not by the minimum. */
    MINTHNTMT(22, Bucket.ELIGIBLE, true),
    /** The customer has not been billed for the threshold in any month yet. */
    BELOW_THRESHOLD(23, Bucket.ELIGIBLE, true),
    /** The customer was billed for the threshold before the terms became effective: it is no new one. */
    IVDCUST(24, Bucket.ELIGIBLE, false),
    /** It pays one amount, and that was earned before. */
    PAID_ONCE(25, Bucket.ELIGIBLE, false),
    /** Of several amounts another one decides. */
    NOT_DECISIVE(26, Bucket.ELIGIBLE, false),
    /** The customer has bought, in the months before, what the lever asks it to be without. */
    BOUGHT_BEFORE(27, Bucket.ELIGIBLE, false),
    /** The partner's country. */
    IVDGEO(30, Bucket.INELIGIBLE, false),
    /** The role in which the partner took part. */
    IVDPTRROLE(31, Bucket.INELIGIBLE, false),
    /** Not on the campaign's list of partners. */
    NOT_ON_LIST(32, Bucket.INELIGIBLE, false),
    /** The customer is not on the campaign's list. */
    CUSTOMER_NOT_ON_LIST(46, Bucket.INELIGIBLE, false),
    /** How the sale was billed, ordered or counted. */
    KIND_NOT_COVERED(33, Bucket.INELIGIBLE, false),
    NOT_INVOICED(34, Bucket.INELIGIBLE, false),
    NOT_PAID_YET(35, Bucket.PENDING, false),
    NOT_CONSUMED(36, Bucket.INELIGIBLE, false),
    /** The customer is not new enough. */
    CUSNOTNEW(37, Bucket.INELIGIBLE, false),
    CUSTOMER_TOO_NEW(38, Bucket.INELIGIBLE, false),
    /** The customer is in the public sector. */
    CUSPUBSEC(39, Bucket.INELIGIBLE, true),
    /** An agreement is unsigned or has expired. */
    IVDMPA(40, Bucket.INELIGIBLE, true),
    /** A competency is missing, too low, or has expired. */
    IVDCOMP(41, Bucket.INELIGIBLE, true),
    /** A specialization is missing or has expired. */
    IVDADV(42, Bucket.INELIGIBLE, true),
    /** Co-sell is not established. */
    IVDCOSELL(43, Bucket.INELIGIBLE, true),
    /** Another lever, which must take the sale too, does not. */
    NOT_STACKED(44, Bucket.INELIGIBLE, false),
    /** Another lever, which takes precedence, would pay but for a condition of its own. */
    YIELDED(45, Bucket.INELIGIBLE, false);

    /** From here on a stored number is that of the feed's own status, plus this. */
    public static final int FIRST_DISPOSITION = 1000;

    private final short number;
    private final Bucket bucket;
    private final boolean partnerCanAct;

    Reason(int number, Bucket bucket, boolean partnerCanAct) {
        this.number = (short) number;
        this.bucket = bucket;
        this.partnerCanAct = partnerCanAct;
    }

    public short number() {
        return number;
    }

    public Bucket bucket() {
        return bucket;
    }

    /** Whether the partner itself can do something so that this sale earns after all, or the next ones do. */
    public boolean partnerCanAct() {
        return partnerCanAct;
    }

    public static Reason of(int number) {
        return Arrays.stream(values())
                .filter(reason -> reason.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason has the number " + number));
    }

    static Reason missing(Requirement.Kind kind) {
        return switch (kind) {
            case AGREEMENT -> IVDMPA;
            case COMPETENCY -> IVDCOMP;
            case SPECIALIZATION -> IVDADV;
            case CO_SELL -> IVDCOSELL;
        };
    }

    /** Received = eligible + ineligible + pending + refused; what is refused never reaches the engine. */
    public enum Bucket {
        ELIGIBLE,
        INELIGIBLE,
        PENDING
    }
}
