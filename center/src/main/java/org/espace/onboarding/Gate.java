package org.espace.onboarding;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Until an organization is set up, whatever shows its earnings shows the steps instead, to everybody. */
@Configuration(proxyBeanMethods = false)
class Gate implements WebMvcConfigurer, HandlerInterceptor {

    private static final int AFTER_THE_GUARD = 1;

    private final SetUps setUps;

    Gate(SetUps setUps) {
        this.setUps = setUps;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(AFTER_THE_GUARD);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod route && showsEarnings(route)) {
            partner(request).filter(one -> setUps.isWaiting(one, request)).ifPresent(partner -> {
                throw new Waiting(partner);
            });
        }
        return true;
    }

    private static boolean showsEarnings(HandlerMethod route) {
        var needs = Optional.ofNullable(route.getMethodAnnotation(Needs.class))
                .or(() -> Optional.ofNullable(
                        AnnotatedElementUtils.findMergedAnnotation(route.getBeanType(), Needs.class)));
        return needs.filter(one -> one.value() == Right.SEE_EARNINGS).isPresent();
    }

    private static Optional<PartnerId> partner(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("partner") instanceof String text
                ? Optional.of(PartnerId.of(text))
                : Optional.empty();
    }

    /** An organization’s data waits for its users. */
    static final class Waiting extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int partner;

        Waiting(PartnerId partner) {
            super("partner " + partner + " is not set up");
            this.partner = partner.value();
        }
    }

    /** The dashboard shows the steps; every other page leads there. */
    @ControllerAdvice
    static class Steps {

        private final SetUps setUps;

        Steps(SetUps setUps) {
            this.setUps = setUps;
        }

        @ExceptionHandler
        ModelAndView on(Waiting waiting, HttpServletRequest request) {
            var partner = new PartnerId(waiting.partner);
            var dashboard = "/partners/" + partner + "/earnings";
            return request.getRequestURI().equals(dashboard)
                    ? new ModelAndView("onboarding/waiting", Map.of("partner", partner, "setUp", setUps.setUp(partner)))
                    : new ModelAndView("redirect:" + dashboard);
        }
    }
}
