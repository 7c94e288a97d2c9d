package org.espace.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.espace.access.SignedIn;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notes how a session began, whatever way led into it, and ends it after twelve hours, however busy it is. That it ends
 * after two idle hours is a setting of the sessions themselves.
 */
@Component
class Visits extends OncePerRequestFilter {

    static final String VISIT = "signin.visit";
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Clock clock;

    Visits(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = request.getSession(false);
        if (session != null) {
            look(session, request);
        }
        chain.doFilter(request, response);
    }

    private void look(HttpSession session, HttpServletRequest request) {
        if (session.getAttribute(VISIT) instanceof Visit visit) {
            if (!clock.instant().isBefore(visit.since().plus(LONGEST))) {
                session.invalidate();
            }
        } else if (isSignedIn(session)) {
            session.setAttribute(
                    VISIT,
                    new Visit(Device.of(request.getHeader("User-Agent")), request.getRemoteAddr(), clock.instant()));
        }
    }

    private static boolean isSignedIn(HttpSession session) {
        return session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context
                && context.getAuthentication() != null
                && context.getAuthentication().getPrincipal() instanceof SignedIn;
    }
}
