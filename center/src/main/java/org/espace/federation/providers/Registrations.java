package org.espace.federation.providers;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/** Organizations' providers in the form in which Spring Security knows them; the partner's number names one. */
@Component
class Registrations implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {

    static final Duration SKEW = Duration.ofSeconds(60);

    private static final int REMEMBERED = 500;

    private final Providers providers;
    private final Discovery discovery;
    private final Outside outside;
    private final Clock clock;
    private final String url;
    private final Map<String, JwtDecoder> decoders = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JwtDecoder> eldest) {
            return size() > REMEMBERED;
        }
    });

    Registrations(
            Providers providers,
            Discovery discovery,
            Outside outside,
            Clock clock,
            @Value("${espace.url:http://localhost:${server.port}}") String url) {
        this.providers = providers;
        this.discovery = discovery;
        this.outside = outside;
        this.clock = clock;
        this.url = url;
    }

    /** Where the provider sends people back to; its administrator registers it there. */
    String returnAddress(PartnerId partner) {
        return url + ProviderSecurity.RETURN + "/" + partner;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return Optional.of(id)
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(PartnerId::of)
                .flatMap(providers::find)
                .map(this::registration)
                .orElse(null);
    }

    private ClientRegistration registration(Provider provider) {
        return ClientRegistrations.fromOidcConfiguration(
                        discovery.of(provider.issuer()).document())
                .registrationId(provider.partner().toString())
                .clientId(provider.clientId())
                .clientSecret(providers.secret(provider))
                .redirectUri(returnAddress(provider.partner()))
                .scope(OidcScopes.OPENID, OidcScopes.EMAIL, OidcScopes.PROFILE)
                .userNameAttributeName(IdTokenClaimNames.SUB)
                .build();
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        var issuer = registration.getProviderDetails().getIssuerUri();
        var found = discovery.of(String.valueOf(issuer));
        return decoders.computeIfAbsent(
                found.keys() + " " + found.signatures() + " " + issuer + " " + registration.getClientId(), unseen -> {
                    var decoder = NimbusJwtDecoder.withJwkSetUri(found.keys())
                            .jwsAlgorithms(algorithms ->
                                    found.signatures().forEach(name -> algorithms.add(SignatureAlgorithm.from(name))))
                            .restOperations(new RestTemplate(outside))
                            .build();
                    var validator = new OidcIdTokenValidator(registration);
                    validator.setClockSkew(SKEW);
                    validator.setClock(clock);
                    decoder.setJwtValidator(validator);
                    return decoder;
                });
    }
}
