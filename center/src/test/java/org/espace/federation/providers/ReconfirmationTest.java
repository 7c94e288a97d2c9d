package org.espace.federation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
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
import org.espace.access.Users;
import org.espace.federation.providers.Providers.Order;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.LocalPath;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Whoever has no password here proves to their organization's provider, once more, that they are still there. */
@RoomTest
@TestPropertySource(properties = "espace.providers.private-addresses=true")
class ReconfirmationTest {

    private static final String SET_UP = "/second-factor/set-up";
    private static final String CONFIRMATION = "/account/confirmation?next=" + SET_UP;

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

    @Autowired
    FindByIndexNameSessionRepository<? extends Session> sessions;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String domain = "c" + unique + ".example";
    private final PartnerId contoso = new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 90_000_000));
    private PracticeProvider practice;

    @BeforeEach
    void adaHasSignedInThroughHerOrganizationHalfAnHourAgo() throws Exception {
        practice = new PracticeProvider();
        partners.register(List.of(new Partner(contoso, "P" + unique, "Contoso " + unique, "FR")), List.of());
        users.create(contoso, address("root"), "Root", List.of(Grant.at(contoso, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.create(contoso, address("ada"), "Ada Lovelace", List.of(Grant.at(contoso, Role.INCENTIVES_USER)), "test");
        providers.save(
                contoso,
                new Order(
                        practice.issuer(),
                        PracticeProvider.CLIENT,
                        PracticeProvider.SECRET,
                        domain,
                        true,
                        provisioning.administrators(contoso).getFirst().id(),
                        true),
                address("root"));
        providers.confirm(contoso, domain, "known from the contract", "test");
        practice.as("s-1", address("ada"), true);
    }

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void thePageOffersTheProviderAndNoPassword() throws Exception {
        var ada = signedInAWhileAgo();

        assertThat(get(SET_UP, ada)).hasRedirectedUrl(CONFIRMATION);
        assertThat(get(CONFIRMATION, ada))
                .hasStatusOk()
                .bodyText()
                .contains("/sign-in/provider/authorization/" + contoso + "?confirm")
                .doesNotContain("type=\"password\"");
    }

    @Test
    void theProviderIsToldToAskAgain() throws Exception {
        assertThat(ask(signedInAWhileAgo()).getResponse().getRedirectedUrl())
                .startsWith(practice.issuer() + "/authorize?")
                .contains("prompt=login", "max_age=0", "&state=", "&nonce=", "&code_challenge=")
                .contains("login_hint=ada");
    }

    @Test
    void onceItHasTheSessionGoesOnAndWhatWasAskedForOpens() throws Exception {
        var ada = signedInAWhileAgo();

        var back = comeBack(ask(ada), ada);
        assertThat(back).hasRedirectedUrl(SET_UP);
        var now = renewed(back, ada);
        assertThat(get(SET_UP, now)).hasStatusOk();
        assertThat(get("/partners/" + contoso + "/earnings", now))
                .as("the same person")
                .hasStatusOk();
        assertThat(acts("provider.confirmed")).isEqualTo(1);
        assertThat(acts("provider.signed-in")).as("nobody has signed in again").isEqualTo(1);
    }

    /** What is done to the answer, and why it is then refused. */
    record Twist(String why, Consumer<JWTClaimsSet.Builder> claims) {

        @Override
        public String toString() {
            return why;
        }
    }

    static Stream<Twist> twists() {
        return Stream.of(
                new Twist("NOT_ASKED_AGAIN", claims -> claims.claim("auth_time", null)),
                new Twist("NOT_ASKED_AGAIN", claims -> claims.claim("auth_time", "lately")),
                new Twist(
                        "NOT_ASKED_AGAIN",
                        claims -> claims.claim(
                                "auth_time", Instant.now().minusSeconds(90).getEpochSecond())),
                new Twist(
                        "NOT_ASKED_AGAIN",
                        claims -> claims.claim(
                                "auth_time", Instant.now().plusSeconds(90).getEpochSecond())),
                new Twist("SOMEBODY_ELSE", claims -> claims.subject("s-2")),
                new Twist("SOMEBODY_ELSE", claims -> claims.subject("s-root")),
                new Twist("STRAY", claims -> claims.claim("nonce", "another")),
                new Twist("OTHER_ISSUER", claims -> claims.issuer("https://elsewhere.example")),
                new Twist("OTHER_AUDIENCE", claims -> claims.audience("another-application")));
    }

    @ParameterizedTest
    @MethodSource("twists")
    void anAnswerThatDoesNotSaySoIsRefusedAndTheSessionStaysAsItWas(Twist twist) throws Exception {
        practice.as("s-root", address("root"), true);
        signIn();
        practice.as("s-1", address("ada"), true);
        var ada = signedInAWhileAgo();
        practice.twisting(twist.claims());

        var back = comeBack(ask(ada), ada);
        assertThat(back).hasRedirectedUrl(refused(twist.why()));
        var now = renewed(back, ada);
        assertThat(get(SET_UP, now)).hasRedirectedUrl(CONFIRMATION);
        assertThat(get("/account", now))
                .as("still she")
                .hasStatusOk()
                .bodyText()
                .contains(address("ada"));
        assertThat(provisioning.people(contoso)).as("nobody is created by it").hasSize(2);
        assertThat(get(refused(twist.why()), now))
                .hasStatusOk()
                .bodyText()
                .contains("You are still signed in.")
                .contains("/account/confirmation?next=/second-factor/set-up");
    }

    @Test
    void anAnswerCountsOnceAndForTheSessionThatHasAsked() throws Exception {
        var ada = signedInAWhileAgo();
        var another = signedInAWhileAgo();
        var answer =
                practice.visit(Objects.requireNonNull(ask(ada).getResponse().getRedirectedUrl()));

        assertThat(get(local(answer), another))
                .as("in another browser")
                .hasRedirectedUrl("/sign-in/provider?refused=STRAY");
        assertThat(get(SET_UP, another)).hasRedirectedUrl(CONFIRMATION);

        var now = renewed(get(local(answer), ada), ada);
        assertThat(get(SET_UP, now)).hasStatusOk();
        age(now);
        assertThat(get(local(answer), now)).as("twice").hasRedirectedUrl("/sign-in/provider?refused=STRAY");
        assertThat(get(SET_UP, now)).hasRedirectedUrl(CONFIRMATION);
    }

    @Test
    void theAnswerToASignInConfirmsNobody() throws Exception {
        practice.as("s-root", address("root"), true);
        var ada = signedInAs("s-1", "ada");
        practice.as("s-root", address("root"), true);
        var asked = get("/sign-in/provider/authorization/" + contoso, ada);

        var back = comeBack(asked, ada);
        assertThat(back).hasRedirectedUrl("/");
        assertThat(get("/account", renewed(back, ada)))
                .as("whoever has signed in")
                .bodyText()
                .contains(address("root"));
    }

    @Test
    void aQuestionAboutSomebodyIsNoneAboutWhoeverHasSignedInSince() throws Exception {
        users.choosePassword(address("root"), "tidal-otter-lamp-94");
        var ada = signedInAWhileAgo();
        var answer =
                practice.visit(Objects.requireNonNull(ask(ada).getResponse().getRedirectedUrl()));
        var login = web.post()
                .uri("/login")
                .with(csrf())
                .cookie(ada, english())
                .param("email", address("root"))
                .param("password", "tidal-otter-lamp-94")
                .exchange();
        var root = renewed(login, ada);
        age(root);

        var back = get(local(answer), root);
        assertThat(back).hasRedirectedUrl(refused("STRAY"));
        assertThat(get("/account", renewed(back, root)))
                .hasStatusOk()
                .bodyText()
                .contains(address("root"));
        assertThat(get(SET_UP, renewed(back, root))).hasRedirectedUrl(CONFIRMATION);
    }

    @Test
    void somebodyWhomTheProviderHasNeverLetInIsNotOfferedIt() {
        var grace = users.create(contoso, "grace@elsewhere" + unique + ".example", "Grace", List.of(), "test");
        var known = users.find(grace.email()).orElseThrow();

        assertThat(users.confirmationByProvider(known, new LocalPath(SET_UP))).isEmpty();
    }

    @Test
    void aProviderThatIsDownIsToldSoAndNobodyIsSignedOut() throws Exception {
        var ada = signedInAWhileAgo();
        sql.execute(
                "update federation.provider set issuer = 'http://127.0.0.1:9/' where partner_id = ?", contoso.value());

        assertThat(ask(ada)).hasRedirectedUrl(refused("DOWN"));
        assertThat(get("/account", ada)).hasStatusOk();
    }

    private Cookie signedInAWhileAgo() throws Exception {
        return signedInAs("s-1", "ada");
    }

    private Cookie signedInAs(String subject, String name) throws Exception {
        practice.as(subject, address(name), true);
        var session = signIn();
        age(session);
        return session;
    }

    private Cookie signIn() throws Exception {
        var asked = web.get()
                .uri("/sign-in/provider/authorization/" + contoso)
                .cookie(english())
                .exchange();
        var session = Objects.requireNonNull(asked.getResponse().getCookie("SESSION"));
        return renewed(comeBack(asked, session), session);
    }

    private MvcTestResult ask(Cookie session) {
        return get("/sign-in/provider/authorization/" + contoso + "?confirm=&next=" + SET_UP, session);
    }

    private MvcTestResult comeBack(MvcTestResult asked, Cookie session) throws Exception {
        return get(
                local(practice.visit(Objects.requireNonNull(asked.getResponse().getRedirectedUrl()))), session);
    }

    private MvcTestResult get(String path, Cookie session) {
        return web.get().uri(URI.create(path)).cookie(session, english()).exchange();
    }

    private static String local(URI back) {
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private static Cookie english() {
        return new Cookie("language", "en");
    }

    private static Cookie renewed(MvcTestResult answer, Cookie before) {
        var session = answer.getResponse().getCookie("SESSION");
        return session == null ? before : session;
    }

    @SuppressWarnings("unchecked")
    private void age(Cookie cookie) {
        var id = new String(Base64.getDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
        var repository = (SessionRepository<Session>) (SessionRepository<?>) sessions;
        var session = Objects.requireNonNull(repository.findById(id));
        session.setAttribute("access.proof", Instant.now().minus(Duration.ofMinutes(31)));
        repository.save(session);
    }

    private int acts(String action) {
        return sql.fetchSingle(
                        "select count(*) from audit.entry where action = ? and partner_id = ?", action, contoso.value())
                .get(0, int.class);
    }

    private String address(String name) {
        return name + "@" + domain;
    }

    private static String refused(String why) {
        return "/sign-in/provider/confirmation?refused=" + why + "&next=%2Fsecond-factor%2Fset-up";
    }
}
