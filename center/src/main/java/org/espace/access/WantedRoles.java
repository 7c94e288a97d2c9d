package org.espace.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/** Roles as a form or a file asks for them, with the one location and the one program that they are to hold for. */
record WantedRoles(
        Set<Role> roles,
        @Nullable LocationId location,
        @Nullable String program) {

    WantedRoles {
        roles = Set.copyOf(roles);
    }

    /** Those that hold for more than what was chosen: they are refused, since nobody means to give more than they wrote. */
    Set<Role> tooWide() {
        var tooWide = EnumSet.noneOf(Role.class);
        roles.stream().filter(role -> !role.canHoldFor(location, program)).forEach(tooWide::add);
        return tooWide;
    }

    /** @throws RoleNotYours for a role of the vendor at a partner, or the other way round: the form offers none */
    List<Grant> grants(@Nullable PartnerId organization) {
        roles.stream()
                .filter(role -> role.atVendor() != (organization == null))
                .findFirst()
                .ifPresent(role -> {
                    throw new RoleNotYours(role);
                });
        return roles.stream()
                .sorted()
                .map(role ->
                        organization == null ? Grant.atVendor(role) : Grant.at(organization, role, location, program))
                .toList();
    }
}
