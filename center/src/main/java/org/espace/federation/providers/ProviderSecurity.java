package org.espace.federation.providers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.espace.access.SignedIn;
import org.espace.partners.PartnerId;
import org.espace.signin.Entrance;
import org.espace.web.LocalPath;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

/** Sign-in by an organization's provider: authorization code with PKCE, state and nonce. */
@Configuration(proxyBeanMethods = false)
class ProviderSecurity {

    static final String PAGE = "/sign-in/provider";
    static final String ASK = PAGE + "/authorization";
    static final String RETURN = PAGE + "/return";
    static final String NOT_CONFIRMED = PAGE + "/confirmation";

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    @Bean
    @Order(2)
    SecurityFilterChain signInByProvider(
            HttpSecurity http,
            Registrations registrations,
            Providers providers,
            Outside outside,
            Entrance entrance,
            Clock clock)
            throws Exception {
        http.securityMatcher(PAGE, PAGE + "/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .oauth2Login(login -> login.loginPage(PAGE)
                        .clientRegistrationRepository(registrations)
                        .authorizedClientRepository(new NothingKept())
                        .authorizationEndpoint(
                                asking -> asking.authorizationRequestResolver(asking(registrations, clock))
                                        .authorizationRequestRepository(new Reconfirmation.Questions()))
                        .redirectionEndpoint(back -> back.baseUri(RETURN + "/*"))
                        .tokenEndpoint(token -> token.accessTokenResponseClient(tokens(outside)))
                        .userInfoEndpoint(information -> information.oidcUserService(people(outside)))
                        .successHandler((request, response, user) -> arrive(
                                request,
                                response,
                                (OAuth2AuthenticationToken) user,
                                providers,
                                entrance,
                                clock.instant()))
                        .failureHandler(ProviderSecurity::refuse))
                .csrf(csrf -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(
                        headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY)));
        return http.build();
    }

    private void arrive(
            HttpServletRequest request,
            HttpServletResponse response,
            OAuth2AuthenticationToken token,
            Providers providers,
            Entrance entrance,
            Instant now)
            throws IOException {
        SecurityContextHolder.clearContext();
        contexts.saveContext(SecurityContextHolder.createEmptyContext(), request, response);
        var reconfirmation = Reconfirmation.answered(request);
        if (reconfirmation.isPresent()) {
            goOn(request, response, token, providers, entrance, reconfirmation.get(), now);
        } else {
            welcome(request, response, token, providers, entrance);
        }
    }

    /** The session stays whose it was, whatever the provider says. */
    private static void goOn(
            HttpServletRequest request,
            HttpServletResponse response,
            OAuth2AuthenticationToken token,
            Providers providers,
            Entrance entrance,
            Reconfirmation question,
            Instant now)
            throws IOException {
        if (question.present() != null) {
            entrance.keep(question.present(), request, response);
        }
        try {
            var person = (OidcUser) token.getPrincipal();
            var user = question.confirmed(person.getIdToken(), now);
            providers.confirm(provider(token, providers), Objects.requireNonNull(person.getSubject()), user);
        } catch (SignInRefused refusal) {
            refuse(request, response, refusal);
            return;
        }
        entrance.proved(request);
        response.sendRedirect(AskedPage.takenFrom(request).value());
    }

    private static void welcome(
            HttpServletRequest request,
            HttpServletResponse response,
            OAuth2AuthenticationToken token,
            Providers providers,
            Entrance entrance)
            throws IOException {
        SignedIn user;
        try {
            user = admitted(token, providers);
        } catch (SignInRefused refusal) {
            refuse(request, response, refusal);
            return;
        }
        var next = AskedPage.takenFrom(request);
        entrance.welcome(user, HowStrong.isTwofold((OidcUser) token.getPrincipal()), next, request, response);
        response.sendRedirect(next.value());
    }

    private static SignedIn admitted(OAuth2AuthenticationToken token, Providers providers) {
        var person = (OidcUser) token.getPrincipal();
        return providers.admit(
                provider(token, providers),
                Objects.requireNonNull(person.getSubject()),
                Optional.ofNullable(person.getEmail()).filter(_ -> Boolean.TRUE.equals(person.getEmailVerified())),
                Optional.ofNullable(person.getFullName()));
    }

    private static Provider provider(OAuth2AuthenticationToken token, Providers providers) {
        return providers
                .find(PartnerId.of(token.getAuthorizedClientRegistrationId()))
                .orElseThrow(() -> new SignInRefused(SignInRefused.Why.STRAY));
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        response.sendRedirect(
                Reconfirmation.answered(request).isPresent()
                        ? notConfirmed(why(refusal), AskedPage.takenFrom(request))
                        : UriComponentsBuilder.fromPath(PAGE)
                                .queryParam("refused", why(refusal))
                                .build()
                                .toString());
    }

    static String notConfirmed(SignInRefused.Why why, LocalPath next) {
        return UriComponentsBuilder.fromPath(NOT_CONFIRMED)
                .queryParam("refused", why)
                .queryParam("next", "{next}")
                .encode()
                .build(next.value())
                .toString();
    }

    /** What the library says by codes and by texts. */
    private static SignInRefused.Why why(AuthenticationException refusal) {
        if (refusal instanceof SignInRefused ours) {
            return ours.why();
        }
        if (!(refusal instanceof OAuth2AuthenticationException other)) {
            return SignInRefused.Why.FORGED;
        }
        var said = String.valueOf(other.getError().getDescription());
        return switch (other.getError().getErrorCode()) {
            case "access_denied", "login_required", "consent_required", "interaction_required" ->
                SignInRefused.Why.CANCELLED;
            case "authorization_request_not_found",
                    "invalid_state_parameter",
                    "invalid_nonce",
                    "client_registration_not_found" -> SignInRefused.Why.STRAY;
            case "invalid_token_response", "temporarily_unavailable", "server_error", "invalid_user_info_response" ->
                SignInRefused.Why.DOWN;
            case "invalid_id_token" -> ofToken(said);
            default -> SignInRefused.Why.FORGED;
        };
    }

    private static SignInRefused.Why ofToken(String said) {
        if (said.contains("iss=")) {
            return SignInRefused.Why.OTHER_ISSUER;
        }
        if (said.contains("aud=") || said.contains("azp=")) {
            return SignInRefused.Why.OTHER_AUDIENCE;
        }
        if (said.contains("exp=") || said.contains("iat=")) {
            return SignInRefused.Why.TIME;
        }
        return said.contains("remote JWK set") ? SignInRefused.Why.DOWN : SignInRefused.Why.FORGED;
    }

    /** A provider that cannot be asked is no provider for now: the page behind this address says so. */
    private static OAuth2AuthorizationRequestResolver asking(Registrations registrations, Clock clock) {
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, ASK);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return new OAuth2AuthorizationRequestResolver() {
            @Override
            public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
                try {
                    var asking = resolver.resolve(request);
                    return asking == null ? null : worded(asking, request, clock.instant());
                } catch (NotReachable | IllegalArgumentException _) { // the library's word for: no such provider
                    return null;
                }
            }

            @Override
            public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
                return resolve(request);
            }
        };
    }

    private static OAuth2AuthorizationRequest worded(
            OAuth2AuthorizationRequest asking, HttpServletRequest request, Instant now) {
        AskedPage.keptFor(request);
        return Reconfirmation.question(asking, request, now).orElseGet(() -> hinted(asking, request));
    }

    /** They have typed their address once: the provider need not ask again. */
    private static OAuth2AuthorizationRequest hinted(OAuth2AuthorizationRequest asking, HttpServletRequest request) {
        var email = request.getParameter("email");
        return email == null || email.length() > 254
                ? asking
                : OAuth2AuthorizationRequest.from(asking)
                        .additionalParameters(parameters -> parameters.put("login_hint", email))
                        .build();
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens(Outside outside) {
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(outside)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    /** The provider is asked for more only when its token says no address. */
    private static OidcUserService people(Outside outside) {
        var service = new OidcUserService();
        var more = new DefaultOAuth2UserService();
        more.setRestOperations(new RestTemplate(outside));
        service.setOauth2UserService(more);
        service.setRetrieveUserInfo(ProviderSecurity::saysNoAddress);
        return service;
    }

    private static boolean saysNoAddress(OidcUserRequest request) {
        return request.getIdToken().getEmail() == null
                && request.getClientRegistration()
                                .getProviderDetails()
                                .getUserInfoEndpoint()
                                .getUri()
                        != null;
    }

    /** We ask the provider who somebody is and nothing else, so its tokens are thrown away. */
    private static final class NothingKept implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as the interface has it, which means: none
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String registration,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}
    }

    /** The page that was asked for before the sign-in, kept in the session on the way to the provider and back. */
    private static final class AskedPage {

        private static final String KEY = ProviderSecurity.class.getName() + ".next";

        static void keptFor(HttpServletRequest request) {
            var next = request.getParameter("next");
            request.getSession().setAttribute(KEY, new LocalPath(next == null ? "/" : next).value());
        }

        static LocalPath takenFrom(HttpServletRequest request) {
            var session = request.getSession();
            var next = session.getAttribute(KEY);
            session.removeAttribute(KEY);
            return new LocalPath(next instanceof String path ? path : "/");
        }
    }
}
