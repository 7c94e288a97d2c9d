package org.espace.engine;

import java.util.Arrays;

/** Why a line earned what it earned, or nothing. The numbers stand in stored lines and never change their meaning. */
public enum Reason {
    ELIGIBLE(0, Bucket.ELIGIBLE),
    EARNED(1, Bucket.ELIGIBLE),
    TIER_REACHED(2, Bucket.ELIGIBLE),
    CAP_LIMITED(3, Bucket.ELIGIBLE),
    NOT_ENROLLED(10, Bucket.INELIGIBLE),
    NOT_ENROLLED_THEN(11, Bucket.INELIGIBLE),
    NO_TERMS(12, Bucket.INELIGIBLE),
    NOT_OPEN(13, Bucket.INELIGIBLE),
    NO_LEVER(14, Bucket.INELIGIBLE),
    RATE_MISSING(15, Bucket.PENDING),
    BELOW_FIRST_TIER(16, Bucket.ELIGIBLE),
    CAP_REACHED(17, Bucket.ELIGIBLE),
    ROUNDS_TO_ZERO(18, Bucket.ELIGIBLE);

    /** From here on a stored number is that of the feed's own status, plus this. */
    public static final int FIRST_DISPOSITION = 1000;

    private final short number;
    private final Bucket bucket;

    Reason(int number, Bucket bucket) {
        this.number = (short) number;
        this.bucket = bucket;
    }

    public short number() {
        return number;
    }

    public Bucket bucket() {
        return bucket;
    }

    public static Reason of(int number) {
        return Arrays.stream(values())
                .filter(reason -> reason.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason has the number " + number));
    }

    /** Received = eligible + ineligible + pending + refused; what is refused never reaches the engine. */
    public enum Bucket {
        ELIGIBLE,
        INELIGIBLE,
        PENDING
    }
}
