package org.espace.federation.providers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espace.access.SignedIn;
import org.espace.partners.PartnerId;
import org.espace.web.LocalPath;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A question to the provider about somebody who is in already: whether it is still them. It stands in the session with the
 * state and the nonce of its answer, so an answer to another question, or a second one to this, says nothing.
 *
 * @param whom the user about whom it was asked
 * @param present whose session the answer has come to; null when it is nobody's
 */
record Reconfirmation(int whom, Instant asked, @Nullable SignedIn present) {

    /** As long as somebody may take to sign in there. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String PARAMETER = "confirm";
    private static final String KEY = Reconfirmation.class.getName();
    private static final String WHOM = KEY + ".whom";
    private static final String ASKED = KEY + ".asked";

    /** Where it is asked. */
    static String path(PartnerId partner, LocalPath next) {
        return UriComponentsBuilder.fromPath(ProviderSecurity.ASK)
                .pathSegment(partner.toString())
                .queryParam(PARAMETER, "")
                .queryParam("next", "{next}")
                .encode()
                .build(next.value())
                .toString();
    }

    static boolean isWanted(HttpServletRequest request) {
        return request.getParameter(PARAMETER) != null;
    }

    /** @return the question, for whoever is signed in and belongs to the provider's organization; else empty */
    static Optional<OAuth2AuthorizationRequest> question(
            OAuth2AuthorizationRequest asking, HttpServletRequest request, Instant now) {
        if (!isWanted(request)) {
            return Optional.empty();
        }
        var registration = String.valueOf(asking.<Object>getAttribute(OAuth2ParameterNames.REGISTRATION_ID));
        return signedIn()
                .filter(user -> user.partner()
                        .filter(partner -> partner.toString().equals(registration))
                        .isPresent())
                .map(user -> OAuth2AuthorizationRequest.from(asking)
                        .additionalParameters(parameters -> parameters.putAll(
                                Map.of("prompt", "login", "max_age", "0", "login_hint", user.email())))
                        .attributes(kept -> {
                            kept.put(WHOM, user.id().value());
                            kept.put(ASKED, now.toEpochMilli());
                        })
                        .build());
    }

    /** The question that the answer in this request belongs to, where it was one of these. */
    static Optional<Reconfirmation> answered(HttpServletRequest request) {
        return Optional.ofNullable((Reconfirmation) request.getAttribute(KEY));
    }

    private static Optional<SignedIn> signedIn() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(one -> Objects.requireNonNull(one.getPrincipal()))
                .filter(SignedIn.class::isInstance)
                .map(SignedIn.class::cast);
    }

    /**
     * Whom it is about, if they are the one who is there.
     *
     * @param token what the provider answers
     * @throws SignInRefused when the session is somebody else's by now, or when nobody was asked again
     */
    SignedIn confirmed(OidcIdToken token, Instant now) {
        if (present == null || present.id().value() != whom || now.isAfter(asked.plus(PATIENCE))) {
            throw new SignInRefused(SignInRefused.Why.STRAY);
        }
        var authenticated = authenticatedAt(token);
        if (authenticated == null
                || authenticated.isBefore(asked.minus(Registrations.SKEW))
                || authenticated.isAfter(now.plus(Registrations.SKEW))) {
            throw new SignInRefused(SignInRefused.Why.NOT_ASKED_AGAIN);
        }
        return present;
    }

    private static @Nullable Instant authenticatedAt(OidcIdToken token) {
        try {
            return token.getAuthenticatedAt();
        } catch (IllegalArgumentException _) { // it says something that is no time
            return null;
        }
    }

    /** Keeps questions in the session, and notes of an answer which one it belongs to, before its session is renewed. */
    static final class Questions implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

        private final HttpSessionOAuth2AuthorizationRequestRepository session =
                new HttpSessionOAuth2AuthorizationRequestRepository();

        @Override
        @SuppressWarnings("NullAway") // as the interface has it, which means: none
        public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
            return session.loadAuthorizationRequest(request);
        }

        @Override
        public void saveAuthorizationRequest(
                OAuth2AuthorizationRequest question, HttpServletRequest request, HttpServletResponse response) {
            session.saveAuthorizationRequest(question, request, response);
        }

        @Override
        @SuppressWarnings("NullAway") // as the interface has it, which means: none
        public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
                HttpServletRequest request, HttpServletResponse response) {
            var question = session.removeAuthorizationRequest(request, response);
            if (question != null
                    && question.getAttribute(WHOM) instanceof Integer whom
                    && question.getAttribute(ASKED) instanceof Long asked) {
                request.setAttribute(
                        KEY,
                        new Reconfirmation(
                                whom, Instant.ofEpochMilli(asked), signedIn().orElse(null)));
            }
            return question;
        }
    }
}
