package org.espace.access;

import java.io.Serializable;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/** A role that somebody holds; the partner is null for a role at the vendor. */
public record Grant(Role role, @Nullable Integer partner) implements Serializable {

    private static final long serialVersionUID = 1;

    public Grant {
        if (role.atVendor() != (partner == null)) {
            throw new IllegalArgumentException(role + " for partner " + partner);
        }
    }

    public static Grant at(PartnerId partner, Role role) {
        return new Grant(role, partner.value());
    }

    public static Grant atVendor() {
        return new Grant(Role.VENDOR_OPERATOR, null);
    }

    boolean reaches(PartnerId wanted) {
        return partner == null || partner == wanted.value();
    }
}
