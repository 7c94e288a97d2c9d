package org.espace.federation.providers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * What a provider's token says of how somebody proved who they are: {@code amr} in the words of RFC 8176, {@code acr} in
 * those of OpenID's EAP and PAPE, and of REFEDS. A provider that says nothing has proved one thing.
 */
final class HowStrong {

    private static final Set<String> TWOFOLD = Set.of(
            "phr",
            "phrh",
            "https://refeds.org/profile/mfa",
            "http://schemas.openid.net/pape/policies/2007/06/multi-factor");

    /** What somebody knows, has, and is. */
    private static final List<Set<String>> KINDS = List.of(
            Set.of("pwd", "pin", "kba"),
            Set.of("otp", "hwk", "swk", "sc", "sms", "tel"),
            Set.of("face", "fpt", "iris", "retina", "vbm"));

    private HowStrong() {}

    static boolean isTwofold(OidcUser person) {
        var token = person.getIdToken();
        var ways = ways(token);
        return ways.contains("mfa")
                || KINDS.stream()
                                .filter(kind -> ways.stream().anyMatch(kind::contains))
                                .count()
                        > 1
                || Optional.ofNullable(token.getAuthenticationContextClass())
                        .filter(TWOFOLD::contains)
                        .isPresent();
    }

    private static List<String> ways(OidcIdToken token) {
        return Optional.ofNullable(token.getAuthenticationMethods()).orElse(List.of());
    }
}
