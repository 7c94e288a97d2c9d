package org.espace.access;

import java.io.Serializable;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.access.Role.Reach;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A role that somebody holds.
 *
 * @param partner null for a role at the vendor
 * @param location the one location that it holds for; null for all of them
 * @param program the one program that it holds for; null for all of them
 */
public record Grant(
        Role role,
        @Nullable Integer partner,
        @Nullable Integer location,
        @Nullable String program) implements Serializable {

    private static final long serialVersionUID = 1;

    public Grant {
        var reach = role.reach();
        if ((reach == Reach.VENDOR) != (partner == null)
                || (location != null && reach != Reach.LOCATION && reach != Reach.PROGRAM)
                || (program != null && reach != Reach.PROGRAM)) {
            throw new IllegalArgumentException(
                    role + " for partner " + partner + ", location " + location + ", program " + program);
        }
    }

    public static Grant at(PartnerId partner, Role role) {
        return new Grant(role, partner.value(), null, null);
    }

    public static Grant at(PartnerId partner, Role role, @Nullable LocationId location, @Nullable String program) {
        return new Grant(role, partner.value(), location == null ? null : location.value(), program);
    }

    public static Grant atVendor(Role role) {
        return new Grant(role, null, null, null);
    }

    /** As the book of acts writes it: incentives-user (location 7, csp-direct-bill). */
    String inWords() {
        var where = Stream.of(location == null ? null : "location " + location, program)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return role.code() + (where.isEmpty() ? "" : " (" + where + ")");
    }

    boolean reaches(PartnerId wanted) {
        return partner == null || partner == wanted.value();
    }
}
