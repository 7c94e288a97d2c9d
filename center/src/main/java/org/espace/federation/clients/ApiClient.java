package org.espace.federation.clients;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.espace.federation.Issued;
import org.jspecify.annotations.Nullable;

/**
 * A machine that asks for itself.
 *
 * @param partner the organization that it belongs to; null for one of the vendor, which asks for every partner
 * @param publicId what it calls itself when it asks for a token
 */
public record ApiClient(
        int id,
        @Nullable Integer partner,
        String publicId,
        String name,
        Set<ApiScope> scopes,
        Instant made,
        String by,
        List<Issued> secrets) {

    public ApiClient {
        scopes = Set.copyOf(scopes);
        secrets = List.copyOf(secrets);
    }
}
