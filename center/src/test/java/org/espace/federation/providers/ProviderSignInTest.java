package org.espace.federation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.val;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Provisioning;
import org.espace.access.Role;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.espace.federation.providers.Providers.Order;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** People sign in through their organization's own provider, and nobody else does. */
@RoomTest
@TestPropertySource(properties = "espace.providers.private-addresses=true")
class ProviderSignInTest {

    private static final String OWN_PASSWORD = "tidal-otter-lamp-94";

    @Autowired
    Providers providers;

    @Autowired
    Provisioning provisioning;

    @Autowired
    Users users;

    @Autowired
    Partners partners;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String domain = "c" + unique + ".example";
    private final PartnerId contoso = new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 90_000_000));
    private PracticeProvider practice;

    @BeforeEach
    void theOrganizationHasAProvider() throws Exception {
        practice = new PracticeProvider();
        partners.register(List.of(new Partner(contoso, "P" + unique, "Contoso " + unique, "FR")), List.of());
        users.create(contoso, address("root"), "Root", List.of(Grant.at(contoso, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.create(contoso, address("ada"), "Ada Lovelace", List.of(Grant.at(contoso, Role.INCENTIVES_USER)), "test");
        save(contoso, false, false);
    }

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void whoeverTheProviderKnowsIsSignedInWithTheirRoles() throws Exception {
        practice.as("s-1", address("ada"), true);

        var end = signIn();
        assertThat(end.answer()).hasRedirectedUrl("/");
        assertThat(web.get().uri("/partners/" + contoso + "/earnings").cookie(end.session()))
                .hasStatusOk();
    }

    @Test
    void anAddressLeadsToTheProviderOfItsDomain() {
        var answer = web.post()
                .uri("/sign-in/provider")
                .with(csrf())
                .param("email", address("ada"))
                .param("next", "/partners/" + contoso + "/earnings")
                .exchange();

        assertThat(answer).hasStatusOk();
        assertThat(answer.getResponse().getHeader("Refresh"))
                .startsWith("0;url=/sign-in/provider/authorization/" + contoso + "?email=");
    }

    @Test
    void anAddressOfNoProviderIsToldSo() {
        assertThat(web.post().uri("/sign-in/provider").with(csrf()).param("email", "ada@nowhere" + unique + ".example"))
                .hasStatus(422)
                .bodyText()
                .contains("No organization signs in addresses of this domain.");
    }

    @Test
    void theRequestCarriesStateNonceAndProofOfPossession() {
        var asked = ask(contoso).answer().getResponse().getRedirectedUrl();

        assertThat(asked)
                .startsWith(practice.issuer() + "/authorize?response_type=code&client_id=espace")
                .contains("&state=", "&nonce=", "&code_challenge=", "code_challenge_method=S256")
                .contains("redirect_uri=http://localhost:8080/sign-in/provider/return/" + contoso);
    }

    @Test
    void afterSignInThePageThatWasAskedForOpensAndNoOtherSite() throws Exception {
        practice.as("s-1", address("ada"), true);
        var own = web.get()
                .uri("/sign-in/provider/authorization/" + contoso + "?next=/partners/" + contoso + "/next")
                .exchange();
        assertThat(comeBack(own, session(own))).hasRedirectedUrl("/partners/" + contoso + "/next");

        var others = web.get()
                .uri("/sign-in/provider/authorization/" + contoso + "?next=//elsewhere.example")
                .exchange();
        assertThat(comeBack(others, session(others))).hasRedirectedUrl("/");
    }

    @Test
    void theSessionOfBeforeIsWorthNothingAfter() throws Exception {
        practice.as("s-1", address("ada"), true);
        var asked = ask(contoso);

        comeBack(asked.answer(), asked.session());
        assertThat(web.get().uri("/partners/" + contoso + "/earnings").cookie(asked.session()))
                .hasStatus3xxRedirection();
    }

    @Test
    void onceKnownTheSubjectCountsAndNotTheAddress() throws Exception {
        practice.as("s-1", address("ada"), true);
        signIn();

        practice.as("s-1", "somebody@elsewhere.example", false);
        assertThat(signIn().answer()).as("a new name").hasRedirectedUrl("/");
        practice.as("s-2", address("ada"), true);
        assertThat(signIn().answer()).as("another person with her address").hasRedirectedUrl(refused("OTHER_SUBJECT"));
    }

    @Test
    void anAddressThatTheProviderHasNotVerifiedProvesNothing() throws Exception {
        practice.as("s-1", address("ada"), false);
        assertThat(signIn().answer()).hasRedirectedUrl(refused("ADDRESS_NOT_VERIFIED"));
    }

    @Test
    void anAddressOfAnotherDomainIsNotLetIn() throws Exception {
        var other = "ada@other" + unique + ".example";
        users.create(contoso, other, "Ada", List.of(), "test");
        practice.as("s-1", other, true);

        assertThat(signIn().answer()).hasRedirectedUrl(refused("OTHER_DOMAIN"));
    }

    @Test
    void somebodyWithoutAUserIsCreatedOnlyWhereTheOrganizationSaysSo() throws Exception {
        practice.as("s-9", address("grace"), true);
        assertThat(signIn().answer()).hasRedirectedUrl(refused("UNKNOWN"));

        save(contoso, false, true);
        var end = signIn();
        assertThat(end.answer()).hasRedirectedUrl("/");
        assertThat(web.get().uri("/partners/" + contoso + "/earnings").cookie(end.session()))
                .as("without a role")
                .hasStatus(403);
        assertThat(sql.fetch(
                        "select 1 from access.password p join access.user_account a on a.id = p.user_id where email = ?",
                        address("grace")))
                .as("without a password")
                .isEmpty();
    }

    @Test
    void theSameSubjectAtAnotherOrganizationIsSomebodyElse() throws Exception {
        practice.as("s-1", address("ada"), true);
        signIn();
        var fabrikam = new PartnerId(contoso.value() + 1);
        var theirs = "f" + unique + ".example";
        users.create(
                fabrikam, "root@" + theirs, "Root", List.of(Grant.at(fabrikam, Role.GLOBAL_ADMINISTRATOR)), "test");
        save(fabrikam, theirs, false, true);

        var asked = ask(fabrikam);
        assertThat(comeBack(asked.answer(), asked.session())).hasRedirectedUrl(refused("OTHER_DOMAIN"));
        practice.as("s-1", "ada@" + theirs, true);
        var again = ask(fabrikam);
        assertThat(comeBack(again.answer(), again.session())).hasRedirectedUrl("/");
        assertThat(web.get()
                        .uri("/partners/" + contoso + "/earnings")
                        .cookie(session(web.get()
                                .uri("/sign-in/provider/authorization/" + fabrikam)
                                .exchange())))
                .hasStatus3xxRedirection();
        assertThat(provisioning.people(fabrikam)).hasSize(2);
    }

    @Test
    void anOrganizationDoesNotTakeTheUsersOfAnother() throws Exception {
        var fabrikam = new PartnerId(contoso.value() + 1);
        var theirs = "f" + unique + ".example";
        save(fabrikam, theirs, false, true);
        users.create(contoso, "ada@" + theirs, "Ada", List.of(), "test");
        practice.as("s-7", "ada@" + theirs, true);

        var asked = ask(fabrikam);
        assertThat(comeBack(asked.answer(), asked.session())).hasRedirectedUrl(refused("OTHER_ORGANIZATION"));
    }

    @Test
    void aDomainInWhichOthersHaveUsersCannotBeTaken() {
        var fabrikam = new PartnerId(contoso.value() + 1);

        assertThatExceptionOfType(ProviderRefused.class)
                .isThrownBy(() -> providers.save(fabrikam, order(domain, false, false), "test"))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(ProviderRefused.Why.DOMAIN_OF_ANOTHER));
    }

    @Test
    void aDomainThatIsNotProvedLeadsNobodyToTheProviderAndLetsNobodyIn() throws Exception {
        var more = "more" + unique + ".example";
        providers.save(contoso, order(domain + " " + more, false, true), address("root"));
        practice.as("s-1", "ada@" + more, true);

        assertThat(web.post().uri("/sign-in/provider").with(csrf()).param("email", "ada@" + more))
                .hasStatus(422);
        assertThat(signIn().answer()).hasRedirectedUrl(refused("OTHER_DOMAIN"));
        providers.confirm(contoso, more, "known from the contract", "test");
        assertThat(signIn().answer()).hasRedirectedUrl("/");
    }

    @Test
    void passwordsStayUntilADomainIsProved() {
        var fabrikam = new PartnerId(contoso.value() + 1);
        var theirs = "f" + unique + ".example";
        var root = users.create(
                fabrikam, "root@" + theirs, "Root", List.of(Grant.at(fabrikam, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.create(fabrikam, "ada@" + theirs, "Ada", List.of(), "test");
        users.choosePassword("ada@" + theirs, OWN_PASSWORD);
        var emergency = users.find(root.email()).orElseThrow().id();
        providers.save(
                fabrikam, new Order(practice.issuer(), "espace", "x", theirs, true, emergency, false), root.email());

        assertThat(users.withPassword("ada@" + theirs, OWN_PASSWORD)).isPresent();
        providers.confirm(fabrikam, theirs, "known from the contract", "test");
        assertThat(users.withPassword("ada@" + theirs, OWN_PASSWORD)).isEmpty();
    }

    @Test
    void whereTheRuleAsksForASecondFactorAndTheProviderDidNotOursIsSetUpAndThenGiven() throws Exception {
        require("required");
        practice.as("s-1", address("ada"), true);
        var first = signIn();
        assertThat(first.answer()).hasRedirectedUrl("/");
        assertThat(get("/account", first.session())).hasRedirectedUrl("/second-factor/set-up");
        assertThat(get("/second-factor/set-up", first.session())).hasStatusOk();

        sql.execute(
                "insert into signin.authenticator (user_id, seed, last_step, set_up_at) values ({0}, 'x', 0, now())",
                val(users.find(address("ada")).orElseThrow().id().value()));
        assertThat(get("/account", signIn().session())).hasRedirectedUrl("/second-factor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            amr         | acr                            | asked
            mfa         |                                | no
            pwd,otp     |                                | no
            hwk,face    |                                | no
            pwd         | phr                            | no
                        | https://refeds.org/profile/mfa | no
            pwd         | 1                              | yes
            pwd,kba     |                                | yes
            otp         |                                | yes
                        |                                | yes
            """)
    void aProviderThatHasAskedForTwoThingsIsBelieved(@Nullable String amr, @Nullable String acr, String asked)
            throws Exception {
        require("required-for-administrators");
        practice.as("s-2", address("root"), true)
                .twisting(claims -> claims.claim("amr", amr == null ? null : List.of(amr.split(",", -1)))
                        .claim("acr", acr));
        var answer = get("/account", signIn().session());

        if (asked.equals("yes")) {
            assertThat(answer).hasRedirectedUrl("/second-factor/set-up");
        } else {
            assertThat(answer).hasStatusOk();
        }
    }

    @Test
    void whomTheRuleDoesNotConcernIsNotAsked() throws Exception {
        require("required-for-administrators");
        practice.as("s-1", address("ada"), true);

        assertThat(get("/account", signIn().session())).hasStatusOk();
    }

    @Test
    void somebodyDeactivatedOrRemovedIsNotLetIn() throws Exception {
        practice.as("s-1", address("ada"), true);
        signIn();
        var ada = provisioning
                .find(contoso, new org.espace.access.EmailAddress(address("ada")))
                .orElseThrow()
                .id();

        provisioning.deactivate(contoso, ada, "test");
        assertThat(signIn().answer()).hasRedirectedUrl(refused("CLOSED"));
        provisioning.remove(contoso, ada, "test");
        assertThat(signIn().answer()).hasRedirectedUrl(refused("UNKNOWN"));
    }

    /** What is done to the token, and what the page then says. */
    record Twist(String why, Consumer<JWTClaimsSet.Builder> claims) {

        @Override
        public String toString() {
            return why;
        }
    }

    static Stream<Twist> twists() {
        return Stream.of(
                new Twist("OTHER_ISSUER", claims -> claims.issuer("https://elsewhere.example")),
                new Twist("OTHER_AUDIENCE", claims -> claims.audience("another-application")),
                new Twist("STRAY", claims -> claims.claim("nonce", "another")),
                new Twist(
                        "TIME",
                        claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(90)))),
                new Twist("FORGED", claims -> claims.subject(null)));
    }

    @ParameterizedTest
    @MethodSource("twists")
    void aTokenThatIsNotForUsNowIsRefusedAndSaysWhy(Twist twist) throws Exception {
        practice.as("s-1", address("ada"), true).twisting(twist.claims());
        assertThat(signIn().answer()).hasRedirectedUrl(refused(twist.why()));
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        practice.as("s-1", address("ada"), true)
                .twisting(claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(600)))
                        .expirationTime(Date.from(Instant.now().minusSeconds(90))));
        assertThat(signIn().answer()).hasRedirectedUrl(refused("TIME"));
    }

    @Test
    void clocksMayDifferByLessThanAMinute() throws Exception {
        practice.as("s-1", address("ada"), true)
                .twisting(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(45))));
        assertThat(signIn().answer()).hasRedirectedUrl("/");
    }

    @Test
    void aSignatureOfAnotherKeyIsRefused() throws Exception {
        practice.as("s-1", address("ada"), true).signWithAnotherKey();
        assertThat(signIn().answer()).hasRedirectedUrl(refused("FORGED"));
    }

    @Test
    void aSignatureByTheSharedSecretIsRefusedAlthoughTheProviderOffersIt() throws Exception {
        practice.as("s-1", address("ada"), true).signWithTheSecret();
        assertThat(signIn().answer()).hasRedirectedUrl(refused("FORGED"));
    }

    @Test
    void anAnswerThatBelongsToNoQuestionIsRefused() throws Exception {
        practice.as("s-1", address("ada"), true);
        var asked = ask(contoso);
        var elsewhere = ask(contoso);

        assertThat(comeBack(asked.answer(), elsewhere.session()))
                .as("in another browser")
                .hasRedirectedUrl(refused("STRAY"));
        assertThat(web.get()
                        .uri("/sign-in/provider/return/" + contoso + "?code=x&state=y")
                        .cookie(elsewhere.session()))
                .hasRedirectedUrl(refused("STRAY"));
        assertThat(comeBack(asked.answer(), asked.session())).hasRedirectedUrl("/");
        assertThat(comeBack(asked.answer(), asked.session())).as("twice").hasRedirectedUrl(refused("STRAY"));
    }

    @Test
    void whoeverGivesUpAtTheProviderIsToldSo() {
        var asked = ask(contoso);
        var state = Objects.requireNonNull(asked.answer().getResponse().getRedirectedUrl())
                .replaceAll(".*[&?]state=([^&]*).*", "$1");

        assertThat(web.get()
                        .uri(URI.create("/sign-in/provider/return/" + contoso + "?error=access_denied&state=" + state))
                        .cookie(asked.session()))
                .hasRedirectedUrl(refused("CANCELLED"));
    }

    @Test
    void aProviderThatDoesNotAnswerIsNamedAsTheReason() throws Exception {
        var asked = ask(contoso);
        practice.as("s-1", address("ada"), true);
        var back = practice.visit(
                Objects.requireNonNull(asked.answer().getResponse().getRedirectedUrl()));
        practice.close();

        assertThat(web.get().uri(local(back)).cookie(asked.session())).hasRedirectedUrl(refused("DOWN"));
        assertThat(web.get().uri("/sign-in/provider?refused=DOWN"))
                .hasStatusOk()
                .bodyText()
                .contains("identity provider does not answer");
    }

    @Test
    void aProviderThatIsDownFromTheBeginningIsToldSo() {
        var gone = new PartnerId(contoso.value() + 2);
        sql.execute(
                "insert into federation.provider select {0}, 'http://127.0.0.1:9/', client_id, client_secret, false,"
                        + " null, false, changed_at, changed_by from federation.provider where partner_id = {1}",
                val(gone.value()), val(contoso.value()));

        assertThat(web.get().uri("/sign-in/provider/authorization/" + gone))
                .hasStatus(503)
                .bodyText()
                .contains("identity provider does not answer");
    }

    @Test
    void anEnforcedProviderClosesPasswordsButForOneAdministrator() {
        ownPassword("ada");
        ownPassword("root");
        assertThat(users.withPassword(address("ada"), OWN_PASSWORD)).isPresent();

        save(contoso, true, false);
        assertThat(users.withPassword(address("ada"), OWN_PASSWORD)).isEmpty();
        assertThat(users.withPassword(address("root"), OWN_PASSWORD)).isPresent();
    }

    @Test
    void aProviderIsEnforcedOnlyWithAWayInBesideIt() {
        var order = new Order(practice.issuer(), "espace", "x", domain, true, new UserId(1), false);

        assertThatExceptionOfType(ProviderRefused.class)
                .isThrownBy(() -> providers.save(contoso, order, "test"))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(ProviderRefused.Why.NO_EMERGENCY));
    }

    @Test
    void theSecretIsKeptSealedAndStaysWhenNoOtherIsTyped() {
        assertThat(sql.fetch("select * from federation.provider").format()).doesNotContain(PracticeProvider.SECRET);
        providers.save(contoso, new Order(practice.issuer(), "espace", null, domain, false, null, true), "test");

        assertThat(providers.secret(providers.find(contoso).orElseThrow())).isEqualTo(PracticeProvider.SECRET);
    }

    @Test
    void anIssuerThatSaysItIsAnotherIsRefused() {
        practice.sayToBe("https://elsewhere.example");
        assertThat(unreachable(practice.issuer())).isEqualTo(NotReachable.Why.OTHER_ISSUER);
    }

    @Test
    void aProviderThatSendsUsOnIsNotFollowed() {
        practice.redirectTo("http://127.0.0.1:1/");
        assertThat(unreachable(practice.issuer())).isEqualTo(NotReachable.Why.NO_PROVIDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://contoso.example", "file:///etc/passwd", "https://user@contoso.example/", "no address", ""
            })
    void whatIsNoWebAddressIsNotAsked(String issuer) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> providers.test(issuer))
                .isInstanceOf(NotReachable.class);
    }

    private NotReachable.Why unreachable(String issuer) {
        try {
            providers.test(issuer);
            throw new AssertionError("reached");
        } catch (NotReachable e) {
            return e.why();
        }
    }

    private void require(String rule) {
        sql.execute(
                "insert into signin.rule (partner_id, second_factor, self_reset, changed_at, changed_by)"
                        + " values ({0}, {1}, true, now(), 'test')",
                val(contoso.value()), val(rule));
    }

    private MvcTestResult get(String path, Cookie session) {
        return web.get().uri(path).cookie(session).exchange();
    }

    private void ownPassword(String name) {
        users.choosePassword(address(name), OWN_PASSWORD);
    }

    private void save(PartnerId partner, boolean enforced, boolean creates) {
        save(partner, domain, enforced, creates);
    }

    private void save(PartnerId partner, String ofDomain, boolean enforced, boolean creates) {
        providers.save(partner, order(ofDomain, enforced, creates), address("root"));
        providers.confirm(partner, ofDomain, "known from the contract", "test");
    }

    private Order order(String ofDomain, boolean enforced, boolean creates) {
        return new Order(
                practice.issuer(),
                PracticeProvider.CLIENT,
                PracticeProvider.SECRET,
                ofDomain,
                enforced,
                enforced ? provisioning.administrators(contoso).getFirst().id() : null,
                creates);
    }

    private String address(String name) {
        return name + "@" + domain;
    }

    private record Step(MvcTestResult answer, Cookie session) {}

    private Step ask(PartnerId partner) {
        var asked = web.get().uri("/sign-in/provider/authorization/" + partner).exchange();
        return new Step(asked, session(asked));
    }

    private Step signIn() throws Exception {
        var asked = ask(contoso);
        var answer = comeBack(asked.answer(), asked.session());
        var session = answer.getResponse().getCookie("SESSION");
        return new Step(answer, session == null ? asked.session() : session);
    }

    private MvcTestResult comeBack(MvcTestResult asked, Cookie session) throws Exception {
        var back = practice.visit(Objects.requireNonNull(asked.getResponse().getRedirectedUrl()));
        return web.get().uri(local(back)).cookie(session).exchange();
    }

    private static URI local(URI back) {
        return URI.create(back.getRawPath() + "?" + back.getRawQuery());
    }

    private static String refused(String why) {
        return "/sign-in/provider?refused=" + why;
    }

    private static Cookie session(MvcTestResult answer) {
        return Objects.requireNonNull(answer.getResponse().getCookie("SESSION"), "no session");
    }
}
