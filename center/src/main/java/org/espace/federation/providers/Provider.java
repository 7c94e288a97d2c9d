package org.espace.federation.providers;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Where the users of an organization prove who they are, instead of here.
 *
 * @param sealed the client's secret, as {@link org.espace.web.Secrets} keeps it
 * @param domains whose addresses it signs in
 * @param enforced passwords of the organization's users open nothing any more
 * @param emergency the one global administrator whose password still does
 * @param createsUsers whoever the provider lets in gets an account, without a role
 */
record Provider(
        PartnerId partner,
        String issuer,
        String clientId,
        String sealed,
        SortedSet<String> domains,
        boolean enforced,
        @Nullable UserId emergency,
        boolean createsUsers,
        Instant changed,
        String by) {

    Provider {
        domains = new TreeSet<>(domains);
        if (enforced && emergency == null) {
            throw new IllegalArgumentException("a provider is enforced with one way in beside it");
        }
    }

    @Override
    public String toString() {
        return issuer + " of " + partner;
    }
}
