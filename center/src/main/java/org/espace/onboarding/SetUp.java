package org.espace.onboarding;

import java.time.Instant;
import java.util.Locale;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * How far an organization has come that the vendor has handed a list.
 *
 * @param told the administrator who got the mail with the list; null while nobody could be told
 * @param users on the list, without those who were dropped
 * @param roster the list as it was confirmed
 * @param doneAt when every user was created: from then on the organization sees its data
 * @param migratedAt when an incentives administrator signed in after that
 */
public record SetUp(
        PartnerId partner,
        Instant listedAt,
        String listedBy,
        @Nullable String told,
        @Nullable Instant toldAt,
        int users,
        @Nullable Instant begunAt,
        @Nullable Integer roster,
        @Nullable Instant confirmedAt,
        @Nullable String confirmedBy,
        @Nullable Instant doneAt,
        @Nullable Instant migratedAt,
        @Nullable String migratedBy) {

    /** Where it stands; worded by {@code set-up.state.…}. */
    public enum State {
        /** There is a list, and nobody to send it to. */
        NOT_SET_UP,
        LIST_SENT,
        IN_PROGRESS,
        SET_UP;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public State state() {
        if (doneAt != null) {
            return State.SET_UP;
        }
        if (begunAt != null) {
            return State.IN_PROGRESS;
        }
        return told == null ? State.NOT_SET_UP : State.LIST_SENT;
    }

    public boolean isConfirmed() {
        return confirmedAt != null;
    }
}
