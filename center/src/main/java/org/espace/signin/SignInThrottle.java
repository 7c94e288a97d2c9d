package org.espace.signin;

import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Slows down whoever asks much from one place, whomever it aims at; in memory, since a process that has just started has
 * nothing to hold against anybody. What is counted for an account is in {@link Attempts}.
 */
@Component
class SignInThrottle extends OncePerRequestFilter {

    private static final RequestMatcher ASKS = new OrRequestMatcher(
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login"),
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login/passkey"),
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/forgotten"),
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/forgotten/{token}"));
    private static final int SOURCES = 50_000;

    private final Map<String, Bucket> sources = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > SOURCES;
        }
    });
    private final int perMinute;

    SignInThrottle(@Value("${espace.sign-in.attempts-per-minute:10}") int perMinute) {
        this.perMinute = perMinute;
    }

    /** A sign-in that succeeds costs nothing. */
    void succeeded(HttpServletRequest request) {
        bucket(request).addTokens(1);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (ASKS.matches(request)) {
            var attempt = bucket(request).tryConsumeAndReturnRemaining(1);
            if (!attempt.isConsumed()) {
                var wait = Duration.ofNanos(attempt.getNanosToWaitForRefill()).plusSeconds(1);
                response.setHeader("Retry-After", Long.toString(wait.toSeconds()));
                response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Bucket bucket(HttpServletRequest request) {
        return sources.computeIfAbsent(
                Origin.prefix(request.getRemoteAddr()),
                unseen -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }
}
