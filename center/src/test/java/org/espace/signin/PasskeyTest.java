package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.espace.access.Closing;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.partners.PartnerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
class PasskeyTest {

    private static final String ALONE = "/login/passkey";
    private static final String SECOND = "/second-factor/passkey";
    private static final String SET_UP = "/second-factor/set-up/passkey";

    @Autowired
    Users users;

    @Autowired
    MockMvcTester web;

    private final SoftwareKey key = new SoftwareKey();

    @Test
    void itOpensTheAccountAlone() {
        var camille = camille();
        assertThat(setUp(camille, key)).hasStatusOk().bodyText().contains("/account/security");
        camille.leave();

        assertThat(give(camille, ALONE, key)).hasStatusOk().bodyText().isEqualTo("{\"next\":\"/\"}");
        assertThat(camille.get("/account/security")).hasStatusOk().bodyText().contains("Passkey “my phone”");
    }

    @Test
    void itIsTheSecondFactorAfterThePassword() {
        var camille = camille();
        setUp(camille, key);
        camille.signIn();

        assertThat(camille.get("/account")).hasRedirectedUrl("/second-factor");
        assertThat(give(camille, SECOND, key)).hasStatusOk();
        assertThat(camille.get("/account")).hasStatusOk();
    }

    @Test
    void aKeyThatDoesNotCheckItsHolderIsASecondFactorAndNotMore() {
        var camille = camille();
        key.verifiesUser = false;
        setUp(camille, key);
        camille.leave();

        assertThat(give(camille, ALONE, key)).hasStatus(422);
        camille.signIn();
        assertThat(give(camille, SECOND, key)).hasStatusOk();
    }

    @Test
    void removedItOpensNothing() {
        var camille = camille();
        setUp(camille, key);
        var page = camille.get("/account/security");
        camille.post(text(page).replaceAll("(?s).*action=\"(/account/security/passkeys/[^\"]+/removal)\".*", "$1"));

        assertThat(camille.get("/account/security")).bodyText().contains("You have none yet.");
        camille.leave();
        assertThat(give(camille, ALONE, key)).hasStatus(422);
        camille.signIn();
        assertThat(camille.get("/account")).hasStatusOk();
    }

    /** What is wrong with an answer to a question that was really asked. */
    record Lie(String what, Consumer<SoftwareKey> told) {

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Lie> lies() {
        return Stream.of(
                new Lie("given to a page of another site", key -> key.origin = "https://espace.example"),
                new Lie("given to another port", key -> key.origin = "http://localhost:8081"),
                new Lie("made for another site", key -> key.site = "espace.example"),
                new Lie("signed by another key", SoftwareKey::exchangeKey),
                new Lie("signed by a copy that has been used less", key -> key.counter = 0),
                new Lie("signed by a copy that does not count", key -> key.counter = -1));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void anAnswerThatIsNoProofOpensNothing(Lie lie) {
        var camille = camille();
        setUp(camille, key);
        camille.leave();
        give(camille, ALONE, key);
        camille.leave();
        lie.told().accept(key);

        assertThat(give(camille, ALONE, key)).hasStatus(422);
        assertThat(camille.get("/account")).hasRedirectedUrl("/login?next=%2Faccount");
        camille.signIn();
        lie.told().accept(key);
        assertThat(give(camille, SECOND, key)).hasStatus(422);
        assertThat(camille.get("/account")).hasRedirectedUrl("/second-factor");
    }

    @Test
    void anAnswerCountsOnceAndForItsOwnQuestion() {
        var camille = camille();
        setUp(camille, key);
        camille.leave();
        var answer = key.get(text(camille.postBody(ALONE + "/options", "")));
        assertThat(camille.postBody(ALONE, answer)).hasStatusOk();
        camille.leave();

        assertThat(camille.postBody(ALONE, answer)).as("to no question").hasStatus(422);
        camille.postBody(ALONE + "/options", "");
        assertThat(camille.postBody(ALONE, answer)).as("to another question").hasStatus(422);
        camille.signIn();
        camille.postBody(SECOND + "/options", "");
        assertThat(camille.postBody(SECOND, answer))
                .as("to a question of the other kind")
                .hasStatus(422);
        assertThat(camille.get("/account")).hasRedirectedUrl("/second-factor");
    }

    @Test
    void theKeyOfSomebodyElseIsNoSecondFactor() {
        var camille = camille();
        setUp(camille, key);
        var robin = camille();
        var robins = new SoftwareKey();
        setUp(robin, robins);
        robin.signIn();

        assertThat(give(robin, SECOND, key)).hasStatus(422);
        assertThat(robin.get("/account")).hasRedirectedUrl("/second-factor");
        assertThat(give(robin, SECOND, robins)).hasStatusOk();
    }

    @Test
    void aKeyIsSetUpForOnePersonOnly() {
        setUp(camille(), key);
        var robin = camille();

        assertThat(setUp(robin, key)).hasStatus(422);
        assertThat(robin.get("/account/security")).bodyText().contains("You have none yet.");
    }

    @Test
    void whoeverMayNotSignInIsNotLetInByItEither() {
        var camille = camille();
        setUp(camille, key);
        camille.leave();
        var id = users.find(camille.email).orElseThrow().id();
        users.close(users.user(new PartnerId(7), id), Closing.DEACTIVATED, "test");

        assertThat(give(camille, ALONE, key)).hasStatus(422);
    }

    @Test
    void aTemporaryPasswordIsStillReplacedFirst() {
        var camille = camille();
        setUp(camille, key);
        users.resetPassword(camille.email, "test");
        camille.leave();

        assertThat(give(camille, ALONE, key)).hasStatusOk();
        assertThat(camille.get("/account")).hasRedirectedUrl("/password");
    }

    @Test
    void whatAnotherSiteMadeIsNotSetUp() {
        var camille = camille();
        key.origin = "https://espace.example";

        assertThat(setUp(camille, key)).hasStatus(422);
        key.origin = "http://localhost:8080";
        assertThat(camille.postBody(SET_UP + "?label=", key.create(text(camille.postBody(SET_UP + "/options", "")))))
                .as("without a name")
                .hasStatus(422);
        assertThat(camille.get("/account/security")).bodyText().contains("You have none yet.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"id\":\"AA\"}", "{\"response\":null}", "<xml/>"})
    void whatIsNoAnswerAtAllIsRefused(String body) {
        var camille = camille();
        camille.leave();
        camille.postBody(ALONE + "/options", "");

        assertThat(camille.postBody(ALONE, body)).hasStatus(422);
    }

    private static MvcTestResult setUp(Person person, SoftwareKey key) {
        return person.postBody(SET_UP + "?label=my phone", key.create(text(person.postBody(SET_UP + "/options", ""))));
    }

    private static MvcTestResult give(Person person, String where, SoftwareKey key) {
        return person.postBody(where, key.get(text(person.postBody(where + "/options", ""))));
    }

    private static String text(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Person camille() {
        var camille = Person.of(users, web, 7, Role.REPORT_VIEWER);
        camille.signIn();
        return camille;
    }
}
