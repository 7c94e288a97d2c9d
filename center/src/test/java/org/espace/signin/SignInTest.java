package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.espace.db.access.Tables.PASSWORD;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.TemporaryPassword;
import org.espace.access.UserExists;
import org.espace.access.Users;
import org.espace.partners.PartnerId;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
class SignInTest {

    private static final String OWN_PASSWORD = "tidal-otter-lamp-94";

    @Autowired
    Users users;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    private final String email = "u" + UUID.randomUUID() + "@contoso.example";
    private final String office = "2001:db8:" + email.substring(1, 5) + ":" + email.substring(5, 9) + "::1";

    @Test
    void aTemporaryPasswordLeadsToTheFormThatReplacesIt() {
        var session = session(signIn(newUser().password(), "/"));

        assertThat(get("/", session)).hasRedirectedUrl("/password");
        assertThat(get("/password", session)).hasStatusOk().bodyText().contains("temporary password");
    }

    @Test
    void theTemporaryPasswordOpensNothingOnceItIsReplaced() {
        var temporary = newUser().password();
        var session = choose(OWN_PASSWORD, session(signIn(temporary, "/")));

        assertThat(get("/password", session)).hasStatusOk();
        assertThat(signIn(temporary, "/")).hasRedirectedUrl("/login?next=%2F&failed");
        assertThat(signIn(OWN_PASSWORD, "/")).hasRedirectedUrl("/");
    }

    @Test
    void aTemporaryPasswordExpires() {
        var temporary = newUser().password();
        sql.update(PASSWORD)
                .set(PASSWORD.EXPIRES_AT, Instant.now().minusSeconds(1))
                .where(PASSWORD.USER_ID.eq(users.find(email).orElseThrow().id().value()))
                .execute();

        assertThat(signIn(temporary, "/")).hasRedirectedUrl("/login?next=%2F&failed");
    }

    @Test
    void aWeakPasswordIsRefusedInWordsAndChangesNothing() {
        var session = session(signIn(newUser().password(), "/"));

        var answer = web.post()
                .uri("/password")
                .cookie(session)
                .with(csrf())
                .param("password", "contosomoreau")
                .param("repeated", "contosomoreau")
                .exchange();

        assertThat(answer).hasStatus(422).bodyText().contains("It is easy to guess");
        assertThat(get("/", session)).hasRedirectedUrl("/password");
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        choose(OWN_PASSWORD, session(signIn(newUser().password(), "/")));
        var elsewhere = session(signIn(OWN_PASSWORD, "/"));
        choose("copper-violin-marsh-31", session(signIn(OWN_PASSWORD, "/")));

        assertThat(get("/password", elsewhere)).hasRedirectedUrl("/login?next=%2Fpassword");
    }

    @Test
    void aTemporaryPasswordOpensOneSessionWhichAloneMayReplaceIt() {
        var temporary = newUser().password();
        var session = session(signIn(temporary, "/"));

        assertThat(signIn(temporary, "/")).hasRedirectedUrl("/login?next=%2F&failed");
        choose(OWN_PASSWORD, session);
        assertThat(signIn(OWN_PASSWORD, "/")).hasRedirectedUrl("/");
    }

    @Test
    void aChangedRoleEndsTheSessions() {
        var session = choose(OWN_PASSWORD, session(signIn(newUser().password(), "/")));
        assertThat(get("/password", session)).hasStatusOk();

        users.grant(email, Grant.at(new PartnerId(7), Role.REPORT_VIEWER), "test");
        assertThat(get("/password", session)).hasRedirectedUrl("/login?next=%2Fpassword");

        var again = session(signIn(OWN_PASSWORD, "/"));
        users.revoke(email, Grant.at(new PartnerId(7), Role.REPORT_VIEWER), "test");
        assertThat(get("/password", again)).hasRedirectedUrl("/login?next=%2Fpassword");
        assertThat(users.find(email).orElseThrow().grants())
                .containsExactly(Grant.at(new PartnerId(7), Role.INCENTIVES_USER));
    }

    @Test
    void afterSignInThePageThatWasAskedForOpens() {
        newUser();
        assertThat(web.get().uri("/partners/7/earnings?month=2026-03"))
                .hasRedirectedUrl("/login?next=%2Fpartners%2F7%2Fearnings%3Fmonth%3D2026-03");
        var temporary = users.resetPassword(email, "test").password();
        assertThat(signIn(temporary, "/partners/7/earnings?month=2026-03"))
                .hasRedirectedUrl("/partners/7/earnings?month=2026-03");
    }

    @Test
    void signInLeadsToNoOtherSite() {
        assertThat(signIn(newUser().password(), "//elsewhere.example")).hasRedirectedUrl("/");
    }

    @Test
    void anUnknownAddressIsAnsweredLikeAWrongPassword() {
        newUser();
        var wrong = signIn("not-the-password", "/");
        var unknown = signIn("nobody-" + email, "not-the-password", "/");

        assertThat(unknown.getResponse().getRedirectedUrl())
                .isEqualTo(wrong.getResponse().getRedirectedUrl());
    }

    @Test
    void guessingIsSlowedDownWhereItComesFromAndNowhereElse() {
        var temporary = newUser().password();
        var guesses = 0;
        while (signIn("wrong", "/").getResponse().getStatus() != 429) {
            assertThat(++guesses)
                    .as("guesses, of which ten a minute are let through")
                    .isLessThan(60);
        }
        assertThat(guesses).isGreaterThanOrEqualTo(10);
        assertThat(signIn(temporary, "/")).hasStatus(429).headers().containsHeader("Retry-After");
        assertThat(signIn(email, temporary, "/", "192.0.2.200")).hasRedirectedUrl("/");
    }

    @Test
    void theSessionCookieIsKeptFromScriptsAndOtherSites() {
        var cookie = session(signIn(newUser().password(), "/"));

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        assertThat(web.post().uri("/login").param("email", email)).hasStatus(403);
    }

    @Test
    void theChosenLanguageStaysWithTheAccount() {
        var session = choose(OWN_PASSWORD, session(signIn(newUser().password(), "/")));
        web.post()
                .uri("/language")
                .cookie(session)
                .with(csrf())
                .param("language", "fr")
                .param("next", "/password")
                .exchange();

        var later = signIn(OWN_PASSWORD, "/");

        assertThat(later.getResponse().getCookie("language"))
                .isNotNull()
                .satisfies(cookie -> assertThat(cookie.getValue()).isEqualTo("fr"));
        assertThat(web.get().uri("/password").cookie(session(later), new Cookie("language", "fr")))
                .bodyText()
                .contains("Choisissez votre mot de passe");
    }

    @Test
    void anAddressIsTakenOnce() {
        newUser();
        assertThatExceptionOfType(UserExists.class)
                .isThrownBy(() ->
                        users.create(new PartnerId(7), email.toUpperCase(Locale.ROOT), "Other", List.of(), "test"));
    }

    private TemporaryPassword newUser() {
        return users.create(
                new PartnerId(7),
                email,
                "Camille Moreau",
                List.of(Grant.at(new PartnerId(7), Role.INCENTIVES_USER)),
                "test");
    }

    private MvcTestResult signIn(String password, String next) {
        return signIn(email, password, next);
    }

    private MvcTestResult signIn(String address, String password, String next) {
        return signIn(address, password, next, office);
    }

    private MvcTestResult signIn(String address, String password, String next, String from) {
        return web.post()
                .uri("/login")
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(from);
                    return request;
                })
                .param("email", address)
                .param("password", password)
                .param("next", next)
                .exchange();
    }

    private Cookie choose(String password, Cookie session) {
        return session(web.post()
                .uri("/password")
                .cookie(session)
                .with(csrf())
                .param("password", password)
                .param("repeated", password)
                .exchange());
    }

    private MvcTestResult get(String path, Cookie session) {
        return web.get().uri(path).cookie(session).exchange();
    }

    private static Cookie session(MvcTestResult answer) {
        return Objects.requireNonNull(answer.getResponse().getCookie("SESSION"), "no session");
    }
}
