package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.espace.db.signin.Tables.AUTHENTICATOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espace.RoomTest;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@RoomTest
class SecondFactorTest {

    private static final int CONTOSO = 7;

    @Autowired
    Users users;

    @Autowired
    SecondFactors factors;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    private final List<String> codes = new ArrayList<>();

    @Test
    void whoHasOneGivesItBeforeAnyPageOpens() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(codes);

        camille.signIn();
        assertThat(camille.get("/")).hasRedirectedUrl("/second-factor");
        assertThat(camille.get("/password")).hasRedirectedUrl("/second-factor");
        assertThat(camille.get("/account/security")).hasRedirectedUrl("/second-factor");
        assertThat(camille.get("/second-factor/set-up")).hasRedirectedUrl("/second-factor");

        assertThat(camille.post("/second-factor", "code", "000000")).hasStatus(422);
        assertThat(camille.post("/second-factor", "code", Person.code(seed, 1))).hasRedirectedUrl("/");
        assertThat(camille.get("/account/security")).hasStatusOk();
    }

    @Test
    void thePageThatWasAskedForOpensAfterBothSteps() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(codes);
        camille.signIn();
        camille.post("/logout");

        assertThat(camille.post("/login", "email", camille.email, "password", Person.PASSWORD, "next", "/account"))
                .hasRedirectedUrl("/account");
        assertThat(camille.post("/second-factor", "code", Person.code(seed, 1))).hasRedirectedUrl("/account");
    }

    @Test
    void theSessionGetsANewNameWithTheSecondFactor() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(codes);
        camille.signIn();
        var before = camille.session();
        camille.post("/second-factor", "code", Person.code(seed, 1));

        assertThat(camille.session().getValue()).isNotEqualTo(before.getValue());
        assertThat(web.get().uri("/account").cookie(before)).hasRedirectedUrl("/login?next=%2Faccount");
    }

    @Test
    void aCodeCountsOnce() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(codes);
        var code = Person.code(seed, 1);
        camille.signIn();
        assertThat(camille.post("/second-factor", "code", code)).hasRedirectedUrl("/");

        camille.signIn();
        assertThat(camille.post("/second-factor", "code", code))
                .hasStatus(422)
                .bodyText()
                .contains("Each code counts once");
    }

    @Test
    void aRecoveryCodeCountsOnceHoweverItIsTyped() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();

        camille.signIn();
        var typed = " " + codes.getFirst().toUpperCase(Locale.ROOT).replace("-", " ");
        assertThat(camille.post("/second-factor", "code", typed)).hasRedirectedUrl("/");
        assertThat(camille.get("/account/security")).bodyText().contains("9 left");

        camille.signIn();
        assertThat(camille.post("/second-factor", "code", codes.getFirst())).hasStatus(422);
        assertThat(camille.post("/second-factor", "code", codes.get(1))).hasRedirectedUrl("/");
    }

    @Test
    void recoveryCodesAreNobodyElses() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        var robin = camille();
        robin.setUpAuthenticator(new ArrayList<>());

        robin.signIn();
        assertThat(robin.post("/second-factor", "code", codes.getFirst())).hasStatus(422);
    }

    @Test
    void wrongCodesAreSlowedDown() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(codes);
        camille.forgetDevice();
        camille.signIn();
        for (var i = 0; i < 5; i++) {
            assertThat(camille.post("/second-factor", "code", "00000" + i)).hasStatus(422);
        }
        assertThat(camille.post("/second-factor", "code", Person.code(seed, 1)))
                .hasStatus(429)
                .bodyText()
                .contains("Too many wrong codes");
    }

    @Test
    void aWrongCodeLeavesTheSamePictureToScan() throws Exception {
        var camille = camille();
        camille.signIn();
        var shown = camille.get("/second-factor/set-up").getResponse().getContentAsString();
        var again = camille.post("/second-factor/set-up", "code", "000000");

        assertThat(again).hasStatus(422).bodyText().contains("This is not the code of this key");
        assertThat(key(again.getResponse().getContentAsString())).isEqualTo(key(shown));
        assertThat(factors.has(id(camille))).isFalse();
    }

    @Test
    void theSeedIsUnreadableInTheDatabase() throws Exception {
        var camille = camille();
        var seed = camille.setUpAuthenticator(codes);

        assertThat(sql.fetchValue(
                        AUTHENTICATOR.SEED, AUTHENTICATOR.USER_ID.eq(id(camille).value())))
                .doesNotContain(seed.base32());
    }

    @Test
    void anAdministratorResetsItAndThePasswordAloneLeadsOn() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        var open = camille.session();
        var keeper = Person.of(users, web, CONTOSO, Role.GLOBAL_ADMINISTRATOR);
        keeper.signIn();

        assertThat(keeper.post("/partners/7/users/" + id(camille) + "/second-factor"))
                .hasStatusOk()
                .bodyText()
                .contains("has no second factor any more");
        assertThat(web.get().uri("/account").cookie(open)).hasRedirectedUrl("/login?next=%2Faccount");
        camille.signIn();
        assertThat(camille.get("/account")).hasStatusOk();
    }

    @Test
    void aGlobalAdministratorsIsResetByAnotherOneOnly() throws Exception {
        var keeper = Person.of(users, web, CONTOSO, Role.GLOBAL_ADMINISTRATOR);
        keeper.signIn();
        keeper.setUpAuthenticator(codes);
        var clerk = Person.of(users, web, CONTOSO, Role.USER_ADMINISTRATOR);
        clerk.signIn();

        assertThat(clerk.post("/partners/7/users/" + id(keeper) + "/second-factor"))
                .hasStatus(403);
        assertThat(keeper.post("/partners/7/users/" + id(keeper) + "/second-factor"))
                .hasStatus(403);
        assertThat(factors.has(id(keeper))).isTrue();
        var another = Person.of(users, web, CONTOSO, Role.GLOBAL_ADMINISTRATOR);
        another.signIn();
        assertThat(another.post("/partners/7/users/" + id(keeper) + "/second-factor"))
                .hasStatusOk();
        assertThat(factors.has(id(keeper))).isFalse();
    }

    @Test
    void nobodyOfAnotherOrganizationIsReset() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        var stranger = Person.of(users, web, 8, Role.GLOBAL_ADMINISTRATOR);
        stranger.signIn();

        assertThat(stranger.post("/partners/8/users/" + id(camille) + "/second-factor"))
                .hasStatus(404);
        assertThat(stranger.post("/partners/7/users/" + id(camille) + "/second-factor"))
                .hasStatus(403);
        assertThat(factors.has(id(camille))).isTrue();
    }

    @Test
    void whatEverybodyHasToHaveIsSetUpBeforeAnyPageOpensAndNotRemoved() throws Exception {
        var partner = 7001;
        var keeper = Person.of(users, web, partner, Role.GLOBAL_ADMINISTRATOR);
        var clerk = Person.of(users, web, partner, Role.REPORT_VIEWER);
        keeper.signIn();
        assertThat(keeper.post("/partners/7001/sign-in", "secondFactor", "required-for-administrators"))
                .hasRedirectedUrl("/partners/7001/sign-in?kept=true");

        keeper.signIn();
        assertThat(keeper.get("/partners/7001/sign-in")).hasRedirectedUrl("/second-factor/set-up");
        clerk.signIn();
        assertThat(clerk.get("/account")).hasStatusOk();

        keeper.setUpAuthenticator(codes);
        assertThat(keeper.get("/partners/7001/sign-in")).hasStatusOk();
        assertThat(keeper.post("/account/security/authenticator/removal"))
                .hasRedirectedUrl("/account/security?refused=required");
        assertThat(factors.has(id(keeper))).isTrue();

        keeper.post("/partners/7001/sign-in", "secondFactor", "required");
        assertThat(keeper.get("/partners/7001/sign-in")).bodyText().contains("one person lacks it");
        clerk.signIn();
        assertThat(clerk.get("/account")).hasRedirectedUrl("/second-factor/set-up");
    }

    @Test
    void aStricterRuleHoldsForWhoeverIsSignedInAlready() throws Exception {
        var partner = 7004;
        var keeper = Person.of(users, web, partner, Role.GLOBAL_ADMINISTRATOR);
        keeper.signIn();
        var biller = Person.of(users, web, partner, Role.BILLING_ADMINISTRATOR);
        biller.signIn();
        var clerk = Person.of(users, web, partner, Role.REPORT_VIEWER);
        clerk.signIn();
        keeper.post("/partners/7004/sign-in", "secondFactor", "required-for-administrators");

        assertThat(biller.get("/account")).as("whom it asks for more").hasRedirectedUrl("/login?next=%2Faccount");
        assertThat(clerk.get("/account")).as("whom it does not concern").hasStatusOk();
        assertThat(keeper.get("/account")).as("who changed it").hasRedirectedUrl("/second-factor/set-up");
        keeper.setUpAuthenticator(codes);
        assertThat(keeper.get("/account")).hasStatusOk();

        biller.signIn();
        biller.setUpAuthenticator(new ArrayList<>());
        keeper.post("/partners/7004/sign-in", "secondFactor", "required", "selfReset", "true");
        assertThat(biller.get("/account")).as("who was asked before").hasStatusOk();
        assertThat(clerk.get("/account")).hasRedirectedUrl("/login?next=%2Faccount");

        clerk.signIn();
        clerk.setUpAuthenticator(new ArrayList<>());
        keeper.post("/partners/7004/sign-in", "secondFactor", "optional");
        assertThat(clerk.get("/account")).as("who is asked for less").hasStatusOk();
    }

    @Test
    void aRuleThatThereIsNotIsRefused() {
        var keeper = Person.of(users, web, 7002, Role.GLOBAL_ADMINISTRATOR);
        keeper.signIn();

        assertThat(keeper.post("/partners/7002/sign-in", "secondFactor", "sometimes"))
                .hasStatus(422);
    }

    @Test
    void removingTheLastOneTakesTheRecoveryCodesAlong() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        assertThat(camille.post("/account/security/authenticator/removal")).hasRedirectedUrl("/account/security");

        assertThat(factors.has(id(camille))).isFalse();
        assertThat(factors.recoveryCodesLeft(id(camille))).isZero();
    }

    @Test
    void theFileHoldsTheCodesAndNothingElse() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        var file = camille.post(
                "/account/security/recovery-codes/file", "code", codes.getFirst(), "code", "=cmd|'/c calc'!A0");

        assertThat(file).hasStatusOk().bodyText().isEqualTo(codes.getFirst() + "\r\n");
        assertThat(file.getResponse().getHeader("Content-Disposition")).startsWith("attachment");
    }

    @Test
    void nobodyResetsTheirOwn() throws Exception {
        var camille = camille();
        camille.setUpAuthenticator(codes);
        SignedIn user = users.find(camille.email).orElseThrow();

        assertThatExceptionOfType(SecondFactorOfAdministrator.class).isThrownBy(() -> factors.reset(user, user));
    }

    private Person camille() {
        var camille = Person.of(users, web, CONTOSO, Role.REPORT_VIEWER);
        camille.signIn();
        return camille;
    }

    private UserId id(Person person) {
        return users.find(person.email).orElseThrow().id();
    }

    private static String key(String page) {
        return page.replaceAll("(?s).*class=\"seed\">([^<]+)<.*", "$1");
    }
}
