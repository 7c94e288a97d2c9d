package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.espace.web.Wall;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Behind the guard: what a partner's route reads and writes is that partner's, whatever its queries say, and so is what a
 * partner's machine asks for. The console looks across partners, also where it names one.
 */
@Component
class PartnerWall implements AsyncHandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws NoResourceFoundException {
        if (!isConsole(request)) {
            Guard.partner(request)
                    .or(() -> machine(request))
                    .map(PartnerId::value)
                    .ifPresent(Wall::raise);
        }
        return true;
    }

    private static Optional<PartnerId> machine(HttpServletRequest request) {
        return Access.caller(request).filter(Machine.class::isInstance).flatMap(Caller::partner);
    }

    private static boolean isConsole(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                && pattern.startsWith("/console/");
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Wall.lower();
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Wall.lower();
    }
}
