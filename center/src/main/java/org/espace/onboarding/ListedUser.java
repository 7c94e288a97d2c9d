package org.espace.onboarding;

import org.espace.access.EmailAddress;
import org.espace.access.Role;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on the vendor's list, as the organization's administrator has corrected it.
 *
 * @param role the one that is proposed
 * @param addedBy the vendor's command or user, or the administrator
 */
public record ListedUser(
        PartnerId partner,
        int number,
        EmailAddress email,
        String firstName,
        String lastName,
        Role role,
        @Nullable LocationId location,
        @Nullable String program,
        String addedBy,
        boolean dropped) {

    /** @throws IllegalArgumentException when the role cannot be narrowed in this way */
    public ListedUser {
        if (!role.canHoldFor(location, program)) {
            throw new IllegalArgumentException(role + " for " + location + " and " + program);
        }
    }

    public String name() {
        return (firstName + " " + lastName).strip();
    }
}
