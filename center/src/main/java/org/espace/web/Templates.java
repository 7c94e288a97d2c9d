package org.espace.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Views are precompiled templates. First in the order, since Boot's own resolver would forward to the name as a path. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Templates implements ViewResolver {

    /** Of the page about an address that was refused before anything else looked at it: its forms open nothing. */
    private static final CsrfToken NO_TOKEN = new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "none");

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.espace.jte");
    private final ObjectProvider<FrameSource> frames;
    private final Assets assets;
    private final Clock clock;

    Templates(ObjectProvider<FrameSource> frames, Assets assets, Clock clock) {
        this.frames = frames;
        this.assets = assets;
        this.clock = clock;
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        var template = name + ".jte";
        return name.contains(":") || !engine.hasTemplate(template)
                ? null
                : (model, request, response) -> render(template, model, request, response);
    }

    private void render(
            String template, @Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        var values = new HashMap<String, Object>(model == null ? Map.of() : model);
        values.keySet().removeIf(key -> key.startsWith("org.springframework."));
        values.put("page", page(request));
        var output = new Utf8ByteOutput();
        engine.render(template, values, output);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(output.getContentLength());
        try (var body = response.getOutputStream()) {
            output.writeTo(body);
        }
    }

    private Page page(HttpServletRequest request) {
        var locale = RequestContextUtils.getLocale(request);
        var source = frames.getIfAvailable();
        return new Page(
                Messages.in(locale),
                Formats.in(locale),
                source == null ? Frame.BARE : source.frame(request),
                request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token : NO_TOKEN,
                path(request),
                clock.getZone(),
                assets);
    }

    /** Where a change of language leads back to: the page as it was asked for, even when an error page took its place. */
    private static String path(HttpServletRequest request) {
        var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var query = request.getQueryString();
        return failed instanceof String uri ? uri : request.getRequestURI() + (query == null ? "" : "?" + query);
    }
}
