package org.espace.federation.providers;

import java.time.Instant;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A domain that an organization says is its own. Its addresses are led to the organization's provider once that is proved.
 *
 * @param proved when; null until it is
 * @param by whose word that was, where the vendor has confirmed it by hand; null where the domain itself says so
 */
public record Domain(
        PartnerId partner,
        String name,
        String challenge,
        @Nullable Instant proved,
        @Nullable String by) {

    /** Where the domain says it, by a TXT record. */
    public String host() {
        return "_espace-challenge." + name;
    }

    /** What it says there. */
    public String text() {
        return "espace-domain-verification=" + challenge;
    }
}
