package org.espace.access;

import java.util.List;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on a list.
 *
 * @param number the line of the file, or of the vendor's list
 * @param location the one location that the roles hold for; null for all of them
 * @param program the one program that they hold for; null for all of them
 */
public record RosterRow(
        int number,
        EmailAddress email,
        String name,
        @Nullable String language,
        List<Role> roles,
        @Nullable LocationId location,
        @Nullable String program) {

    /** @throws IllegalArgumentException when a role cannot be narrowed as the row says, or the name is none */
    public RosterRow {
        roles = List.copyOf(roles);
        name = new PersonName(name).value();
        if (!roles.stream().allMatch(role -> role.canHoldFor(location, program))) {
            throw new IllegalArgumentException("too wide: " + roles);
        }
    }

    List<Grant> grants(PartnerId partner) {
        return roles.stream()
                .map(role -> Grant.at(partner, role, location, program))
                .toList();
    }
}
