package org.espace.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.espace.db.notices.Tables.MAIL;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.HandedPassword;
import org.espace.access.Handing;
import org.espace.access.Role;
import org.espace.access.RoleNotYours;
import org.espace.access.RosterFault;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** One partner with one location, whose list names three people. */
@RoomTest
class SetUpsTest {

    private static final String HEADING = "partner,email,first_name,last_name,role,location,program\n";

    @Autowired
    SetUps setUps;

    @Autowired
    FirstSignIn firstSignIn;

    @Autowired
    Users users;

    @Autowired
    Partners partners;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    private final String suffix = UUID.randomUUID() + ".example";
    private PartnerId partner = new PartnerId(0);
    private String number = "";

    @BeforeEach
    void onePartnerWithOneLocation() {
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        number = "SETUP-" + partner;
        partners.register(
                List.of(new Partner(partner, number, "Brisolane " + partner, "FR")),
                List.of(new Location(
                        new LocationId(partners.newLocationIds().getAsInt()),
                        partner,
                        number + "-1",
                        "Lyon",
                        "FR",
                        "indirect-reseller")));
    }

    @Test
    void theGlobalAdministratorGetsTheListAndALink() {
        administrator();
        load();

        assertThat(setUps.setUp(partner).state()).isEqualTo(SetUp.State.LIST_SENT);
        var mail = sql.selectFrom(MAIL)
                .where(MAIL.RECIPIENT.eq("admin@" + suffix))
                .and(MAIL.TEMPLATE.eq("set-up"))
                .fetchSingle();
        assertThat(mail.getArguments().data())
                .contains("Anna Roche", "bo@" + suffix, "/partners/" + partner + "/setup");
    }

    @Test
    void whereNobodyIsThereYetTheFirstAdministratorOfTheListIsInvited() {
        load();

        assertThat(setUps.setUp(partner).told()).isEqualTo("anna@" + suffix);
        assertThat(sql.select(MAIL.TEMPLATE)
                        .from(MAIL)
                        .where(MAIL.RECIPIENT.eq("anna@" + suffix))
                        .fetch(MAIL.TEMPLATE))
                .containsExactlyInAnyOrder("invitation", "set-up");
    }

    @Test
    void theVendorSeesItsListsPageByPageTheLatestFirst() {
        load();
        var first = setUps.page(0, 1);
        var second = setUps.page(1, 1);

        assertThat(first).extracting(SetUp::partner).containsExactly(partner);
        assertThat(second).doesNotContainAnyElementsOf(first);
        assertThat(setUps.page(0, setUps.size())).hasSize(setUps.size());
        assertThat(setUps.page(setUps.size(), 1)).isEmpty();
    }

    @Test
    void aListWithoutAdministratorWaitsForOne() {
        setUps.load((HEADING + number + ",bo@" + suffix + ",Bo,Berg,incentives-user,,\n").getBytes(UTF_8), "test");

        assertThat(setUps.setUp(partner).state()).isEqualTo(SetUp.State.NOT_SET_UP);
        administrator();
        setUps.tellAgain(partner, "test");
        assertThat(setUps.setUp(partner).told()).isEqualTo("admin@" + suffix);
    }

    @Test
    void theSameFileAgainChangesNothingAndMailsNobody() {
        administrator();
        load();
        var mails = sql.fetchCount(MAIL, MAIL.RECIPIENT.eq("admin@" + suffix));

        var again = load();

        assertThat(again.organizations()).singleElement().satisfies(one -> {
            assertThat(one.added()).isZero();
            assertThat(one.known()).isEqualTo(3);
        });
        assertThat(setUps.users(partner)).hasSize(3);
        assertThat(sql.fetchCount(MAIL, MAIL.RECIPIENT.eq("admin@" + suffix))).isEqualTo(mails);
    }

    @Test
    void badRowsAreNewsAndGoodOnesAreTaken() {
        administrator();
        var taken = setUps.load((HEADING + """
                NOBODY,x@%1$s,X,X,incentives-user,,
                %2$s,not-an-address,X,X,incentives-user,,
                %2$s,y@%1$s,Y,Y,emperor,,
                %2$s,z@%1$s,Z,Z,incentives-user,ELSEWHERE,
                %2$s,good@%1$s,Go,Od,incentives-user,%2$s-1,
                %2$s,GOOD@%1$s,Go,Od,incentives-user,,
                """.formatted(suffix, number)).getBytes(UTF_8), "test");

        assertThat(taken.faults())
                .extracting(RosterFault::code)
                .containsExactly(
                        RosterFault.Code.UNKNOWN_PARTNER,
                        RosterFault.Code.NO_ADDRESS,
                        RosterFault.Code.UNKNOWN_ROLE,
                        RosterFault.Code.UNKNOWN_LOCATION,
                        RosterFault.Code.TWICE);
        assertThat(setUps.users(partner))
                .extracting(user -> user.email().value())
                .containsExactly("good@" + suffix);
    }

    @Test
    void untilTheOrganizationIsSetUpItsDashboardShowsTheSteps() {
        var admin = administrator();
        assertThat(page("/earnings", admin)).doesNotContain("once your organization is set up");
        load();

        assertThat(page("/earnings", admin)).contains("once your organization is set up", "/setup");
        for (var path : List.of("/statements", "/next", "/earnings/lines")) {
            assertThat(web.get().uri("/partners/" + partner + path).with(as(admin)))
                    .hasRedirectedUrl("/partners/" + partner + "/earnings");
        }

        setUps.confirm(partner, Handing.SHOWN, admin);
        finished();
        assertThat(page("/earnings", admin)).doesNotContain("once your organization is set up");
    }

    @Test
    void theAdministratorCorrectsDropsAndAddsThenEverybodyIsCreatedAtOnce() {
        var admin = administrator();
        load();
        var listed = setUps.users(partner);
        var answer = web.post()
                .uri("/partners/" + partner + "/setup")
                .with(as(admin))
                .with(csrf())
                .param("role-" + listed.get(0).number(), "incentives-administrator")
                .param("role-" + listed.get(1).number(), "executive-report-viewer")
                .param("role-" + listed.get(2).number(), "incentives-user")
                .param("drop", Integer.toString(listed.get(2).number()))
                .param("email", "dora@" + suffix)
                .param("first", "Dora")
                .param("last", "Lind")
                .param("role", "incentives-user")
                .param("next", "passwords")
                .exchange();
        assertThat(answer).hasRedirectedUrl("/partners/" + partner + "/setup/passwords");
        assertThat(setUps.setUp(partner).state()).isEqualTo(SetUp.State.IN_PROGRESS);

        assertThat(web.post()
                        .uri("/partners/" + partner + "/setup/users")
                        .with(as(admin))
                        .with(csrf())
                        .param("handing", "FILE"))
                .hasRedirectedUrl("/partners/" + partner + "/setup/users");
        finished();

        assertThat(grants("bo")).containsExactly(Grant.at(partner, Role.EXECUTIVE_REPORT_VIEWER));
        assertThat(grants("dora")).containsExactly(Grant.at(partner, Role.INCENTIVES_USER));
        assertThat(users.exists("chloe@" + suffix)).isFalse();
        assertThat(setUps.setUp(partner).state()).isEqualTo(SetUp.State.SET_UP);
    }

    @Test
    void aWrongChoiceIsAnsweredBesideItAndNothingIsLost() {
        var admin = administrator();
        load();
        var first = setUps.users(partner).getFirst();

        var answer = web.post()
                .uri("/partners/" + partner + "/setup")
                .with(as(admin))
                .with(csrf())
                .param("role-" + first.number(), "operator")
                .param("email", "not-an-address")
                .param("first", "Dora")
                .param("role", "incentives-user")
                .exchange();

        assertThat(answer)
                .hasStatus(422)
                .bodyText()
                .contains("Choose a role that you may give", "This is no e-mail address", "not-an-address", "Dora");
        assertThat(setUps.users(partner)).hasSize(3);
    }

    @Test
    void confirmedTwiceTheUsersAreCreatedOnceAndTheListIsClosed() {
        var admin = administrator();
        load();
        setUps.confirm(partner, Handing.SHOWN, admin);
        setUps.confirm(partner, Handing.MAIL, admin);
        finished();

        assertThat(setUps.roster(partner).orElseThrow().created()).isEqualTo(3);
        assertThat(setUps.roster(partner).orElseThrow().handing()).isEqualTo(Handing.SHOWN);
        assertThatExceptionOfType(SetUpOver.class).isThrownBy(() -> setUps.correct(setUps.users(partner), admin));
        assertThat(load().organizations())
                .singleElement()
                .satisfies(one -> assertThat(one.added()).isZero());
    }

    @Test
    void nobodyConfirmsARoleThatTheyMayNotGive() {
        var manager = new SignedIn(
                new UserId(1),
                "manager@" + suffix,
                "Manager",
                null,
                partner.value(),
                null,
                List.of(Grant.at(partner, Role.USER_ADMINISTRATOR)));
        setUps.load(
                (HEADING + number + ",boss@" + suffix + ",Boss,Boss,global-administrator,,\n").getBytes(UTF_8), "test");

        assertThatExceptionOfType(RoleNotYours.class).isThrownBy(() -> setUps.confirm(partner, Handing.FILE, manager));
        assertThat(setUps.setUp(partner).isConfirmed()).isFalse();
    }

    @Test
    void passwordsAreShownOnceAndOpenTheAccounts() {
        var admin = administrator();
        load();
        setUps.confirm(partner, Handing.SHOWN, admin);
        finished();

        var handed = setUps.handOut(partner, admin);
        assertThat(handed).hasSize(3).extracting(HandedPassword::temporary).doesNotContainNull();
        var word = Objects.requireNonNull(handed.getFirst().temporary());
        assertThat(users.withPassword(word.email(), word.password())).isPresent();
        assertThat(setUps.handOut(partner, admin))
                .extracting(HandedPassword::temporary)
                .containsOnlyNulls();
    }

    @Test
    void theFirstSignInOfAnIncentivesAdministratorCompletesIt() {
        var admin = administrator();
        load();
        setUps.confirm(partner, Handing.SHOWN, admin);
        finished();
        assertThat(setUps.setUp(partner).migratedAt()).isNull();

        signsIn("bo");
        assertThat(setUps.setUp(partner).migratedAt()).isNull();
        signsIn("anna");
        assertThat(setUps.setUp(partner).migratedBy()).isEqualTo("anna@" + suffix);
    }

    @Test
    void theVendorLoadsAListOnThePageAndSeesHowFarItHasCome() {
        administrator();
        var operator = new SignedIn(
                new UserId(2), "op@" + suffix, "Op", null, null, null, List.of(Grant.atVendor(Role.OPERATOR)));

        assertThat(web.post()
                        .uri("/console/setup")
                        .multipart()
                        .file(new MockMultipartFile("file", "list.csv", "text/csv", list().getBytes(UTF_8)))
                        .with(as(operator))
                        .with(csrf()))
                .hasStatusOk()
                .bodyText()
                .contains("Brisolane " + partner, "admin@" + suffix, "List sent");
        assertThat(web.post()
                        .uri("/console/setup")
                        .multipart()
                        .file(new MockMultipartFile("file", "list.csv", "text/csv", "nonsense".getBytes(UTF_8)))
                        .with(as(operator))
                        .with(csrf()))
                .hasStatus(422);
    }

    private String list() {
        return HEADING + """
                %2$s,anna@%1$s,Anna,Roche,incentives-administrator,,
                %2$s,bo@%1$s,Bo,Berg,incentives-user,%2$s-1,
                %2$s,chloe@%1$s,Chloé,Lind,sales-agent,,
                """.formatted(suffix, number);
    }

    private ListTaken load() {
        return setUps.load(list().getBytes(UTF_8), "test");
    }

    private SignedIn administrator() {
        users.create(
                partner, "admin@" + suffix, "Admin", List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)), "test");
        return users.find("admin@" + suffix).orElseThrow().owing(null);
    }

    private void finished() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> setUps.setUp(partner).doneAt() != null);
    }

    private List<Grant> grants(String name) {
        return users.find(name + "@" + suffix).orElseThrow().grants();
    }

    private void signsIn(String name) {
        var user = users.find(name + "@" + suffix).orElseThrow();
        firstSignIn.on(new AuthenticationSuccessEvent(
                UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())));
    }

    private String page(String path, SignedIn user) {
        var answer = web.get().uri("/partners/" + partner + path).with(as(user)).exchange();
        assertThat(answer).hasStatusOk();
        return new String(answer.getResponse().getContentAsByteArray(), UTF_8);
    }

    private static RequestPostProcessor as(SignedIn user) {
        return authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }
}
