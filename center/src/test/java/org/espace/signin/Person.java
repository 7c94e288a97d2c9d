package org.espace.signin;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Somebody with an account, a password of their own, and a browser that keeps its cookies. */
final class Person {

    static final String PASSWORD = "tidal-otter-lamp-94";
    private static final Pattern KEY = Pattern.compile("<code class=\"seed\">([A-Z2-7 ]+)</code>");
    private static final Pattern CODE = Pattern.compile("<li><code>([a-z0-9-]+)</code></li>");

    final String email = "u" + UUID.randomUUID() + "@contoso.example";
    final String office = "2001:db8:" + email.substring(1, 5) + ":" + email.substring(5, 9) + "::1";
    private final MockMvcTester web;
    private @Nullable Cookie session;
    private @Nullable Cookie device;

    private Person(MockMvcTester web) {
        this.web = web;
    }

    static Person of(Users users, MockMvcTester web, int partner, Role... roles) {
        var person = new Person(web);
        var organization = new PartnerId(partner);
        var grants = new ArrayList<Grant>();
        for (var role : roles) {
            grants.add(Grant.at(organization, role));
        }
        users.create(organization, person.email, "Camille Moreau", grants, "test");
        users.choosePassword(person.email, PASSWORD);
        return person;
    }

    MvcTestResult signIn() {
        return signIn(PASSWORD);
    }

    MvcTestResult signIn(String password) {
        return signIn(password, office);
    }

    MvcTestResult signIn(String password, String from) {
        session = null;
        return kept(web.post()
                .uri("/login")
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(from);
                    return request;
                })
                .cookie(cookies())
                .param("email", email)
                .param("password", password)
                .exchange());
    }

    MvcTestResult get(String path) {
        return kept(web.get().uri(path).cookie(cookies()).exchange());
    }

    MvcTestResult post(String path, String... parameters) {
        var request = web.post().uri(path).with(csrf()).cookie(cookies()).with(made -> {
            made.setRemoteAddr(office);
            return made;
        });
        for (var i = 0; i < parameters.length; i += 2) {
            request = request.param(parameters[i], parameters[i + 1]);
        }
        return kept(request.exchange());
    }

    MvcTestResult postBody(String path, String body) {
        return kept(web.post()
                .uri(path)
                .with(csrf())
                .with(made -> {
                    made.setRemoteAddr(office);
                    return made;
                })
                .cookie(cookies())
                .contentType("application/json")
                .content(body)
                .exchange());
    }

    /** Closes the browser. */
    void leave() {
        session = null;
    }

    /** Somebody else's browser, without what this one remembers. */
    void forgetDevice() {
        device = null;
    }

    void useDeviceOf(Person other) {
        device = other.device;
    }

    Cookie session() {
        return Objects.requireNonNull(session, "no session");
    }

    /** Sets up an authenticator on the open page. */
    Seed setUpAuthenticator(List<String> codes) throws Exception {
        var key = KEY.matcher(get("/second-factor/set-up").getResponse().getContentAsString());
        if (!key.find()) {
            throw new AssertionError("no key on the page");
        }
        var seed = new Seed(key.group(1).replace(" ", ""));
        var shown = post("/second-factor/set-up", "code", code(seed, 0)).getResponse();
        CODE.matcher(shown.getContentAsString()).results().forEach(found -> codes.add(found.group(1)));
        return seed;
    }

    static String code(Seed seed, int steps) {
        return Totp.code(seed, Totp.stepAt(Instant.now()) + steps, 6);
    }

    private Cookie[] cookies() {
        var cookies = new ArrayList<Cookie>();
        cookies.add(new Cookie("language", "en"));
        if (session != null) {
            cookies.add(session);
        }
        if (device != null) {
            cookies.add(device);
        }
        return cookies.toArray(Cookie[]::new);
    }

    private MvcTestResult kept(MvcTestResult result) {
        var newSession = result.getResponse().getCookie("SESSION");
        if (newSession != null) {
            session = newSession;
        }
        var newDevice = result.getResponse().getCookie("device");
        if (newDevice != null) {
            device = newDevice;
        }
        return result;
    }
}
