package org.espace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import org.espace.access.Grant;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Somebody signed in, who asks for pages and sends their forms. */
public record Visitor(MockMvcTester web, SignedIn user) {

    /** Somebody who is nothing but what the grant says. */
    public static Visitor with(MockMvcTester web, Grant grant) {
        return new Visitor(
                web,
                new SignedIn(new UserId(1), "pages@example.com", "Pages", null, grant.partner(), null, List.of(grant)));
    }

    public MvcTestResult get(String path, String language) {
        return web.get()
                .uri(path)
                .cookie(new Cookie("language", language))
                .with(signedIn())
                .exchange();
    }

    /** In English. */
    public MvcTestResult post(String path, Map<String, String> fields) {
        var request = web.post()
                .uri(path)
                .cookie(new Cookie("language", "en"))
                .with(csrf())
                .with(signedIn());
        for (var field : fields.entrySet()) {
            request = request.param(field.getKey(), field.getValue());
        }
        return request.exchange();
    }

    public RequestPostProcessor signedIn() {
        return authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }

    /** The page, which has to have opened. */
    public static String body(MvcTestResult result) {
        assertThat(result).hasStatusOk();
        try {
            return result.getResponse().getContentAsString(UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
