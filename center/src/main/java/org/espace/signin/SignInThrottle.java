package org.espace.signin;

import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Slows down guessing by where it comes from, never by whom it aims at: nobody can lock somebody else out. */
@Component
class SignInThrottle extends OncePerRequestFilter {

    private static final RequestMatcher SIGN_IN = PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login");
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
        if (SIGN_IN.matches(request)) {
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
                source(request.getRemoteAddr()),
                unseen -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }

    /** One household holds 2⁶⁴ addresses of IPv6. */
    private static String source(String address) {
        return InetAddress.ofLiteral(address) instanceof Inet6Address six
                ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
                : address;
    }
}
