package org.espace.access;

import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Where users are administered: a partner's, or the vendor's.
 *
 * @param organization null for the vendor
 * @param path under which the pages are
 */
public record Desk(@Nullable PartnerId organization, String path) {

    static final Desk VENDOR = new Desk(null, "/console/people");

    static Desk of(PartnerId partner) {
        return new Desk(partner, "/partners/" + partner + "/users");
    }

    /** The partner; for what only partners have. */
    public PartnerId partner() {
        if (organization == null) {
            throw new IllegalStateException("the vendor");
        }
        return organization;
    }
}
