package org.espace.access;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of an organization, as its administrators see them.
 *
 * @param organization the partner; null for somebody of the vendor
 * @param grants their own; those of their groups are beside
 */
public record User(
        UserId id,
        @Nullable Integer organization,
        EmailAddress email,
        String name,
        @Nullable String language,
        State state,
        Instant since,
        List<Grant> grants,
        List<Grant> groupGrants) {

    public User {
        grants = List.copyOf(grants);
        groupGrants = List.copyOf(groupGrants);
    }

    /** Whether they can sign in, and what they need for it. */
    public enum State {
        ACTIVE,
        /** A temporary password waits to be used. */
        WAITING,
        /** The temporary password has been used or is too old, and no other was chosen: they need a new one. */
        EXPIRED,
        /** They have never had one: they come through another door, or one has still to be handed out. */
        WITHOUT_PASSWORD,
        DEACTIVATED,
        /** From the center: they stay listed and can be given roles again. */
        REMOVED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public boolean isOpen() {
        return state != State.DEACTIVATED && state != State.REMOVED;
    }

    boolean holds(Role role) {
        return grants.stream().anyMatch(grant -> grant.role() == role);
    }
}
