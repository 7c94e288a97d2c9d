package org.espace.payees;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a profile has come, or all that a location needs to be paid in a program: the worst comes first and counts. */
public enum PayeeStanding {
    /** Something was never handed in or assigned. */
    MISSING,
    /** Sent back, expired, or in another name than the organization's. */
    ACTION_REQUIRED,
    /** Handed in; the vendor has 48 hours. */
    PENDING_VALIDATION,
    APPROVED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Of one version.
     *
     * @param approved what the vendor has said; null as long as it has said nothing
     * @param until the first day that its document no longer holds; null where it holds for good
     */
    static PayeeStanding of(
            @Nullable Boolean approved, boolean holderDiffers, @Nullable LocalDate until, LocalDate today) {
        if (until != null && !today.isBefore(until)) {
            return ACTION_REQUIRED;
        }
        if (approved == null) {
            return holderDiffers ? ACTION_REQUIRED : PENDING_VALIDATION;
        }
        return approved ? APPROVED : ACTION_REQUIRED;
    }

    PayeeStanding and(PayeeStanding other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
