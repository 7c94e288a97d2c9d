package org.espace.dashboard;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.access.Access;
import org.espace.earnings.Visible;
import org.espace.partners.PartnerId;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives a page, or a machine, the part of a partner's earnings that its reader may see: the one place where roles narrow them down. */
@Configuration(proxyBeanMethods = false)
class VisibleArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Visible.class);
    }

    @Override
    public Visible resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        var request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        var partner = partner(request);
        var scope = Access.caller(request).orElseThrow().scope(Right.SEE_EARNINGS, partner);
        return new Visible(
                partner,
                scope.parts().stream()
                        .map(part -> new Visible.Part(part.location(), part.program()))
                        .collect(toUnmodifiableSet()));
    }

    private static PartnerId partner(HttpServletRequest request) {
        var variables = (Map<?, ?>)
                Objects.requireNonNull(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
        return PartnerId.of((String) Objects.requireNonNull(variables.get("partner")));
    }
}
