package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.RightMissing;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Stands before every route: it opens only to whoever holds the right that the route names, for the partner in the path. */
@Component
class Guard implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, NoResourceFoundException, HttpRequestMethodNotSupportedException {
        if (!(handler instanceof HandlerMethod route)) {
            return true;
        }
        if (isAnsweredForUs(route)) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod());
        }
        var right = right(route);
        if (right == Right.ENTER) {
            return true;
        }
        var user = Access.caller(request).orElseThrow(() -> new RightMissing(right));
        var owed = user.owes();
        if (owed != null && !owed.needs(right)) {
            response.sendRedirect(owed.path());
            return false;
        }
        var partner = partner(request);
        if (partner.isPresent() ? !user.may(right, partner.get()) : !user.may(right)) {
            throw new RightMissing(right);
        }
        return true;
    }

    /** Which methods an address takes is nobody's business: the framework would tell by itself. */
    private static boolean isAnsweredForUs(HandlerMethod route) {
        return route.getBeanType().getPackageName().startsWith("org.springframework.");
    }

    static Right right(HandlerMethod route) {
        var needs = route.getMethodAnnotation(Needs.class);
        if (needs == null) {
            needs = AnnotatedElementUtils.findMergedAnnotation(route.getBeanType(), Needs.class);
        }
        if (needs == null) {
            throw new IllegalStateException("no right is named for " + route);
        }
        return needs.value();
    }

    static Optional<PartnerId> partner(HttpServletRequest request) throws NoResourceFoundException {
        var text = variables(request).get("partner");
        try {
            return Optional.ofNullable(text).map(PartnerId::of);
        } catch (NumberFormatException e) {
            throw new NoResourceFoundException(HttpMethod.GET, request.getRequestURI(), "no partner " + text);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> variables(HttpServletRequest request) {
        var variables =
                (@Nullable Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables == null ? Map.of() : variables;
    }
}
