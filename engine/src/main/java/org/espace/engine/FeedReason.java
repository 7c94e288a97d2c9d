package org.espace.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * The published codes with which a vendor's systems say that a sale may not earn, where the engine could not know. Those
 * that it can see for itself are {@link Reason}s of the same name.
 */
public enum FeedReason {
    /** The partner is the customer. */
    CUSEQPTR(false),
    /** Revenue in China that other rules are for. */
    CHREVNONCH(false),
    /** The partner's number may not take part. */
    IVDMPN(false),
    /** The proof of execution was not approved. */
    IVDPOE(true),
    /** An offer of credit was active for the customer. */
    INVTNXACO(false),
    /** At or under the prior high-water mark of active users. */
    MAULWPHWM(true),
    /** A cloud that the incentive is not for. */
    IVDCLD(false),
    /** So much time has passed since the claim that nothing more is earned. */
    MXTMCPMT(false);

    private final boolean partnerCanAct;

    FeedReason(boolean partnerCanAct) {
        this.partnerCanAct = partnerCanAct;
    }

    /** Whether the partner itself can do something so that this sale earns after all, or the next ones do. */
    public boolean partnerCanAct() {
        return partnerCanAct;
    }

    /** Whether the partner can act on a code, of the feed's or of ours; a code that nobody has published, it cannot. */
    public static boolean partnerCanActOn(String code) {
        return find(code)
                .map(FeedReason::partnerCanAct)
                .orElseGet(() -> Arrays.stream(Reason.values())
                        .filter(reason -> reason.name().equals(code))
                        .anyMatch(Reason::partnerCanAct));
    }

    public static Optional<FeedReason> find(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(code))
                .findFirst();
    }
}
