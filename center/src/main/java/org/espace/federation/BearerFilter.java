package org.espace.federation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.espace.access.Machine;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows a machine by the token that it sends along (RFC 6750, in the header only). Without a token it lets pass. */
class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final List<BearerTokens> kinds;
    private final MachineThrottle throttle;
    private final MachineAnswers answers;

    BearerFilter(List<BearerTokens> kinds, MachineThrottle throttle, MachineAnswers answers) {
        this.kinds = kinds;
        this.throttle = throttle;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            chain.doFilter(request, response);
            return;
        }
        var machine = holder(new Credential(header.substring(SCHEME.length()).strip()));
        var wait = machine.isPresent()
                ? throttle.asks(machine.get().name() + " of " + machine.get().organization())
                : throttle.fails(request.getRemoteAddr());
        if (wait.isPresent()) {
            tooMany(request, response, wait.get());
        } else if (machine.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"espace\", error=\"invalid_token\"");
            answers.refuse(request, response, HttpStatus.UNAUTHORIZED, "The token is unknown, expired or revoked.");
        } else {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(
                    UsernamePasswordAuthenticationToken.authenticated(machine.get(), null, List.of()));
            SecurityContextHolder.setContext(context);
            chain.doFilter(request, response);
        }
    }

    private void tooMany(HttpServletRequest request, HttpServletResponse response, Duration wait) throws IOException {
        response.setHeader("Retry-After", Long.toString(wait.toSeconds()));
        answers.refuse(request, response, HttpStatus.TOO_MANY_REQUESTS, "Too many requests; see Retry-After.");
    }

    private Optional<Machine> holder(Credential token) {
        return kinds.stream()
                .filter(kind -> token.value().startsWith(kind.prefix()))
                .findFirst()
                .flatMap(kind -> kind.holder(token));
    }
}
