package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.db.notices.Tables.MAIL;
import static org.espace.db.signin.Tables.RESET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.espace.RoomTest;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.notices.Letterbox;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@RoomTest
class ForgottenTest {

    private static final String NEW = "quiet-walnut-bridge-07";

    @Autowired
    Users users;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    @Autowired
    Secrets secrets;

    @Test
    void aLinkByMailLeadsToANewPasswordAndEndsWhatIsOpen() {
        var camille = camille(7);
        camille.signIn();
        var open = camille.session();
        var link = link(camille);

        assertThat(camille.get(link)).hasStatusOk().bodyText().contains("Choose a new password");
        assertThat(camille.post(link, "password", NEW, "repeated", NEW)).hasRedirectedUrl("/login?changed");

        assertThat(web.get().uri("/account").cookie(open)).hasRedirectedUrl("/login?next=%2Faccount");
        assertThat(camille.signIn(Person.PASSWORD)).hasRedirectedUrl("/login?next=%2F&failed");
        assertThat(camille.signIn(NEW)).hasRedirectedUrl("/");
    }

    @Test
    void aLinkWorksOnce() {
        var camille = camille(7);
        var link = link(camille);
        camille.post(link, "password", NEW, "repeated", NEW);

        assertThat(camille.get(link)).hasStatus(410).bodyText().contains("does not work any more");
        assertThat(camille.post(link, "password", "another-walnut-bridge-08", "repeated", "another-walnut-bridge-08"))
                .hasStatus(410);
        assertThat(camille.signIn(NEW)).hasRedirectedUrl("/");
    }

    @Test
    void aLinkExpires() {
        var camille = camille(7);
        var link = link(camille);
        sql.update(RESET)
                .set(RESET.EXPIRES_AT, Instant.now().minusSeconds(1))
                .where(RESET.USER_ID.eq(
                        users.find(camille.email).orElseThrow().id().value()))
                .execute();

        assertThat(camille.get(link)).hasStatus(410);
        assertThat(camille.post(link, "password", NEW, "repeated", NEW)).hasStatus(410);
    }

    @Test
    void aWeakPasswordLeavesTheLinkAsItWas() {
        var camille = camille(7);
        var link = link(camille);

        assertThat(camille.post(link, "password", "1qaz2wsx3edc", "repeated", "1qaz2wsx3edc"))
                .hasStatus(422)
                .bodyText()
                .contains("list of passwords that have become known");
        assertThat(camille.post(link, "password", NEW, "repeated", NEW)).hasRedirectedUrl("/login?changed");
    }

    @Test
    void theSecondFactorIsStillAskedFor() throws Exception {
        var camille = camille(7);
        camille.signIn();
        camille.setUpAuthenticator(new ArrayList<>());
        var link = link(camille);
        camille.post(link, "password", NEW, "repeated", NEW);

        camille.signIn(NEW);
        assertThat(camille.get("/account")).hasRedirectedUrl("/second-factor");
    }

    @Test
    void theAnswerIsTheSameWhoeverAsks() throws Exception {
        var camille = camille(7);
        var known = camille.post("/forgotten", "email", camille.email);
        var unknown = camille.post("/forgotten", "email", "x" + camille.email);

        assertThat(unknown).hasStatusOk();
        assertThat(unknown.getResponse()
                        .getContentAsString()
                        .replace("x" + camille.email, camille.email)
                        .replaceAll("_csrf\" value=\"[^\"]*", ""))
                .isEqualTo(known.getResponse().getContentAsString().replaceAll("_csrf\" value=\"[^\"]*", ""));
        assertThat(mails("x" + camille.email)).isEmpty();
    }

    @Test
    void nobodysInboxIsFilledBySomebodyElse() {
        var camille = camille(7);
        for (var i = 0; i < 3; i++) {
            camille.post("/forgotten", "email", camille.email);
        }
        assertThat(mails(camille.email)).hasSize(1);
    }

    @Test
    void whereItIsNotAllowedTheMailSaysWhoCanHelp() {
        var keeper = Person.of(users, web, 7003, Role.GLOBAL_ADMINISTRATOR);
        keeper.signIn();
        keeper.post("/partners/7003/sign-in", "secondFactor", "optional");
        var camille = camille(7003);
        camille.post("/forgotten", "email", camille.email);

        assertThat(sql.fetchValues(MAIL.TEMPLATE, MAIL.RECIPIENT.eq(camille.email)))
                .containsExactly("password-reset-by-administrator");
        assertThat(mails(camille.email)).isEmpty();
    }

    @Test
    void onlyAHashOfTheTokenIsKept() {
        var camille = camille(7);
        var token = link(camille).substring("/forgotten/".length());

        assertThat(sql.fetch(RESET).formatCSV()).doesNotContain(token);
        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
    }

    @Test
    void whatIsNoAddressIsSaidToBeNone() {
        assertThat(camille(7).post("/forgotten", "email", "camille"))
                .hasStatus(422)
                .bodyText()
                .contains("This is not an e-mail address")
                .contains("value=\"camille\"");
    }

    @Test
    void aTokenThatNeverWasOneIsAnsweredLikeAnExpiredOne() {
        assertThat(camille(7).get("/forgotten/nothing")).hasStatus(410);
    }

    private String link(Person person) {
        person.post("/forgotten", "email", person.email);
        var url = mails(person.email).getLast();
        return url.substring(url.indexOf("/forgotten/"));
    }

    /** The links in what was sent. */
    private List<String> mails(String to) {
        return Letterbox.secrets(sql, secrets, to);
    }

    private Person camille(int partner) {
        return Person.of(users, web, partner, Role.REPORT_VIEWER);
    }
}
