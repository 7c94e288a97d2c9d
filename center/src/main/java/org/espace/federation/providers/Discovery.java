package org.espace.federation.providers;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** What a provider says of itself (OpenID Connect Discovery 1.0), asked at most every ten minutes. */
@Component
class Discovery {

    private static final Duration STAYS = Duration.ofMinutes(10);
    private static final int REMEMBERED = 500;

    /** Signatures that need the provider's private key; a token signed with the shared secret is refused. */
    private static final Set<String> SIGNATURES =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final Outside outside;
    private final RestClient client;
    private final Clock clock;
    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    });

    Discovery(Outside outside, Clock clock) {
        this.outside = outside;
        this.client = RestClient.builder().requestFactory(outside).build();
        this.clock = clock;
    }

    private record Known(Found found, Instant at) {}

    /** @param document everything that it says, for the library that speaks the protocol */
    record Found(String issuer, String keys, List<String> signatures, Map<String, Object> document) {}

    /** @throws NotReachable when it is none, says that it is another one, or does not answer */
    Found of(String issuer) {
        var before = known.get(issuer);
        if (before != null && clock.instant().isBefore(before.at().plus(STAYS))) {
            return before.found();
        }
        var found = ask(issuer);
        known.put(issuer, new Known(found, clock.instant()));
        return found;
    }

    Found ask(String issuer) {
        known.remove(issuer);
        var address = uri(issuer);
        outside.check(address);
        var document = document(URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration"));
        if (!issuer.equals(document.get("issuer"))) {
            throw new NotReachable(NotReachable.Why.OTHER_ISSUER, String.valueOf(document.get("issuer")));
        }
        for (var endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
            outside.check(uri(Objects.toString(document.get(endpoint), "")));
        }
        var signatures = signatures(document.get("id_token_signing_alg_values_supported"));
        if (signatures.isEmpty()) {
            throw new NotReachable(NotReachable.Why.NO_PROVIDER, "no signature that we know");
        }
        return new Found(issuer, String.valueOf(document.get("jwks_uri")), signatures, document);
    }

    private Map<String, Object> document(URI address) {
        try {
            var document =
                    client.get().uri(address).retrieve().body(new ParameterizedTypeReference<Map<String, Object>>() {});
            if (document == null) {
                throw new NotReachable(NotReachable.Why.NO_PROVIDER, address.toString());
            }
            return document;
        } catch (ResourceAccessException e) {
            throw new NotReachable(NotReachable.Why.SILENT, address.toString(), e);
        } catch (RestClientException e) {
            throw new NotReachable(NotReachable.Why.NO_PROVIDER, address.toString(), e);
        }
    }

    private static List<String> signatures(@Nullable Object said) {
        var offered = new TreeSet<String>();
        if (said instanceof Collection<?> several) {
            several.forEach(one -> offered.add(String.valueOf(one)));
        } else {
            offered.add("RS256");
        }
        offered.retainAll(SIGNATURES);
        return List.copyOf(offered);
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new NotReachable(NotReachable.Why.NO_ADDRESS, text, e);
        }
    }
}
