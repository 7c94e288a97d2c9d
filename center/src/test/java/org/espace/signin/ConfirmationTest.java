package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Objects;
import org.espace.RoomTest;
import org.espace.access.Role;
import org.espace.access.Users;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Whoever has been in for a while shows once more who they are, in a way that they have. */
@RoomTest
class ConfirmationTest {

    private static final String ASKED = "/account/confirmation?next=/second-factor/set-up";
    private static final String SET_UP = "/second-factor/set-up";

    @Autowired
    Users users;

    @Autowired
    MockMvcTester web;

    @Autowired
    FindByIndexNameSessionRepository<? extends Session> sessions;

    @Test
    void aPasswordWillDo() {
        var camille = camille();
        age(camille);

        assertThat(camille.post("/account/confirmation", "password", "wrong", "next", SET_UP))
                .hasStatus(422);
        assertThat(camille.get(SET_UP)).hasRedirectedUrl(ASKED);
        assertThat(camille.post("/account/confirmation", "password", Person.PASSWORD, "next", SET_UP))
                .hasRedirectedUrl(SET_UP);
        assertThat(camille.get(SET_UP)).hasStatusOk();
    }

    @Test
    void aCodeOfTheAuthenticatorWillDoOnce() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(new ArrayList<>());
        age(camille);
        var code = Person.code(seed, 1);

        assertThat(camille.get(ASKED)).hasStatusOk().bodyText().contains("Go on with a code");
        assertThat(camille.post("/account/confirmation/code", "code", "000000", "next", SET_UP))
                .hasStatus(422)
                .bodyText()
                .contains("This code does not count.");
        assertThat(camille.get(SET_UP)).hasRedirectedUrl(ASKED);
        assertThat(camille.post("/account/confirmation/code", "code", code, "next", SET_UP))
                .hasRedirectedUrl(SET_UP);
        assertThat(camille.get(SET_UP)).hasStatusOk();

        age(camille);
        assertThat(camille.post("/account/confirmation/code", "code", code)).hasStatus(422);
    }

    @Test
    void wrongCodesAreSlowedDown() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(new ArrayList<>());
        age(camille);
        camille.forgetDevice();
        for (var i = 0; i < 5; i++) {
            assertThat(camille.post("/account/confirmation/code", "code", "00000" + i))
                    .hasStatus(422);
        }

        assertThat(camille.post("/account/confirmation/code", "code", Person.code(seed, 1)))
                .hasStatus(429)
                .bodyText()
                .contains("Too many wrong codes");
        assertThat(camille.get(SET_UP)).hasRedirectedUrl(ASKED);
    }

    @Test
    void aPasskeyWillDoAndNotThatOfSomebodyElse() {
        var camille = camille();
        var key = new SoftwareKey();
        setUp(camille, key);
        var robin = camille();
        var robins = new SoftwareKey();
        setUp(robin, robins);
        age(camille);

        assertThat(give(camille, robins)).hasStatus(422);
        assertThat(camille.get(SET_UP)).hasRedirectedUrl(ASKED);
        assertThat(give(camille, key)).hasStatusOk().bodyText().isEqualTo("{\"next\":\"/second-factor/set-up\"}");
        assertThat(camille.get(SET_UP)).hasStatusOk();
    }

    @Test
    void itLeadsToNoOtherSite() {
        var camille = camille();

        assertThat(camille.post("/account/confirmation", "password", Person.PASSWORD, "next", "//elsewhere.example"))
                .hasRedirectedUrl("/");
    }

    private static void setUp(Person person, SoftwareKey key) {
        var question = text(person.postBody("/second-factor/set-up/passkey/options", ""));
        assertThat(person.postBody("/second-factor/set-up/passkey?label=key", key.create(question)))
                .hasStatusOk();
    }

    private static MvcTestResult give(Person person, SoftwareKey key) {
        var question = text(person.postBody("/account/confirmation/passkey/options", ""));
        return person.postBody("/account/confirmation/passkey?next=/second-factor/set-up", key.get(question));
    }

    private static String text(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the session half an hour older. */
    @SuppressWarnings("unchecked")
    private void age(Person person) {
        var id = new String(Base64.getDecoder().decode(person.session().getValue()), StandardCharsets.UTF_8);
        var repository = (SessionRepository<Session>) (SessionRepository<?>) sessions;
        var session = Objects.requireNonNull(repository.findById(id));
        session.setAttribute("access.proof", Instant.now().minus(Duration.ofMinutes(31)));
        repository.save(session);
        assertThat(person.get(SET_UP)).hasRedirectedUrl(ASKED);
    }

    private Person camille() {
        var camille = Person.of(users, web, 7, Role.REPORT_VIEWER);
        camille.signIn();
        return camille;
    }
}
