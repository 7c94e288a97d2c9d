package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import org.espace.access.SignedIn;
import org.espace.web.LocalPath;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.util.UriComponentsBuilder;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String[] OPEN_TO_ALL = {
        "/login",
        "/login/passkey",
        "/login/passkey/options",
        "/forgotten",
        "/forgotten/*",
        "/language",
        "/invitations/*",
        "/error",
        "/contact-address/*",
        "/css/**",
        "/js/**",
        "/images/**",
        "/webjars/**",
        "/terms.schema.json",
        "/.well-known/certificate-keys",
        "/.well-known/certificate-keys/*",
        "/.well-known/certificate-revocations",
        "/verify/**",
        "/actuator/health"
    };

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            SignIn signIn,
            SignInThrottle throttle,
            Visits visits,
            KnownDevices devices,
            Entrance entrance,
            SignInNews news)
            throws Exception {
        // Alone: a parent would ask it again after each refusal, and count that, too.
        http.authenticationManager(new ProviderManager(signIn))
                .authorizeHttpRequests(requests -> requests.requestMatchers(OPEN_TO_ALL)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login")
                        .usernameParameter("email")
                        .authenticationDetailsSource(request -> devices.origin(request, email(request)))
                        .successHandler((request, response, user) -> {
                            throttle.succeeded(request);
                            if (user.getPrincipal() instanceof SignedIn person) {
                                entrance.greet(person, "password", next(request), request, response);
                            }
                            response.sendRedirect(next(request).value());
                        })
                        .failureHandler((request, response, refusal) -> response.sendRedirect(signInPage(next(request))
                                + (refusal instanceof MustWait wait ? "&wait=" + wait.minutes() : "&failed"))))
                .logout(logout -> logout.logoutSuccessUrl("/login")
                        .deleteCookies("SESSION")
                        .addLogoutHandler((request, response, user) -> {
                            if (user != null && user.getPrincipal() instanceof SignedIn person) {
                                news.signedOut(person);
                            }
                        }))
                // Kept in a cookie, so that a visitor who only looks at the sign-in page leaves no row behind.
                .csrf(csrf -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                        (request, response, refusal) -> response.sendRedirect(signInPage(asked(request)))))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(permissions ->
                                permissions.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()")))
                .addFilterBefore(visits, SecurityContextHolderFilter.class)
                .addFilterBefore(throttle, LogoutFilter.class);
        return http.build();
    }

    /** Inside the chain above, not once more outside of it. */
    @Bean
    FilterRegistrationBean<SignInThrottle> notOutsideTheChain(SignInThrottle throttle) {
        var registration = new FilterRegistrationBean<>(throttle);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Visits> visitsNotOutsideTheChain(Visits visits) {
        var registration = new FilterRegistrationBean<>(visits);
        registration.setEnabled(false);
        return registration;
    }

    /** Sent over HTTPS only wherever the sign-in came over HTTPS. */
    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        return cookie;
    }

    private static String email(HttpServletRequest request) {
        var email = request.getParameter("email");
        return email == null ? "" : Account.address(email);
    }

    private static LocalPath next(HttpServletRequest request) {
        var next = request.getParameter("next");
        return new LocalPath(next == null ? "/" : next);
    }

    /** Only a page can be gone back to, not something that was sent. */
    private static LocalPath asked(HttpServletRequest request) {
        var query = request.getQueryString();
        return new LocalPath(
                HttpMethod.GET.matches(request.getMethod())
                        ? request.getRequestURI() + (query == null ? "" : "?" + query)
                        : "/");
    }

    private static String signInPage(LocalPath next) {
        return UriComponentsBuilder.fromPath("/login")
                .queryParam("next", "{next}")
                .encode()
                .build(next.value())
                .toString();
    }
}
