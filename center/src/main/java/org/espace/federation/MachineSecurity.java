package org.espace.federation;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;

/** How machines come in: with a token in each request, without a session, and so without forms to protect. */
@Configuration(proxyBeanMethods = false)
class MachineSecurity {

    @Bean
    @Order(1)
    SecurityFilterChain requestsOfMachines(
            HttpSecurity http, List<BearerTokens> kinds, MachineThrottle throttle, MachineAnswers answers)
            throws Exception {
        http.securityMatcher("/scim/**", "/api/**", "/oauth2/token")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/oauth2/token")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                        csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, refusal) -> {
                    response.setHeader("WWW-Authenticate", "Bearer realm=\"espace\"");
                    answers.refuse(request, response, HttpStatus.UNAUTHORIZED, "A bearer token is needed.");
                }))
                .addFilterBefore(new BearerFilter(kinds, throttle, answers), LogoutFilter.class);
        return http.build();
    }
}
