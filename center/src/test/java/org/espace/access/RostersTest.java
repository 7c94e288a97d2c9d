package org.espace.access;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.espace.RoomTest;
import org.espace.access.RosterFault.Code;
import org.espace.notices.Letterbox;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@RoomTest
class RostersTest {

    private static final String HEADING = "email,first_name,last_name,roles,location,program,language\n";

    @Autowired
    Rosters rosters;

    @Autowired
    RosterStore store;

    @Autowired
    Users users;

    @Autowired
    Directory directory;

    @Autowired
    Partners partners;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext sql;

    @Autowired
    Secrets secrets;

    private final String suffix = UUID.randomUUID() + ".example";
    private PartnerId partner = new PartnerId(0);
    private String location = "";

    @BeforeEach
    void onePartnerWithOneLocation() {
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        location = "LIST-" + partner;
        partners.register(
                List.of(new Partner(partner, "LISTING-" + partner, "Brisolane", "FR")),
                List.of(new Location(
                        new LocationId(partners.newLocationIds().getAsInt()),
                        partner,
                        location,
                        "Lyon",
                        "FR",
                        "indirect-reseller")));
    }

    @Test
    void goodRowsBecomeUsersWithTheirRoles() {
        var roster = validate("""
                anna@%1$s,Anna,Roche,incentives-user sales-agent,%2$s,,fr
                bo@%1$s,Bo,Berg,incentives-administrator,,csp-indirect-reseller,
                """.formatted(suffix, location));
        assertThat(roster.refused()).isZero();

        saveAndFinish(roster);

        var anna = directory.find("anna@" + suffix).orElseThrow();
        assertThat(anna.name()).isEqualTo("Anna Roche");
        assertThat(anna.language()).isEqualTo("fr");
        assertThat(anna.grants())
                .extracting(grant -> grant.role().code())
                .containsExactlyInAnyOrder("incentives-user", "sales-agent");
        assertThat(anna.grants())
                .allSatisfy(grant -> assertThat(grant.location()).isNotNull());
        assertThat(directory.find("bo@" + suffix).orElseThrow().grants())
                .containsExactly(Grant.at(partner, Role.INCENTIVES_ADMINISTRATOR, null, "csp-indirect-reseller"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                                                     row | field     | code
                                nobody,A,B,incentives-user,,, | email     | NO_ADDRESS
                       cаmille@x.example,A,B,incentives-user,,, | email     | MIXED_SCRIPTS
                          n@x.example,,,incentives-user,,, | last_name | NO_NAME
                                    n@x.example,A,B,,,, | roles     | NO_ROLE
                             n@x.example,A,B,emperor,,, | roles     | UNKNOWN_ROLE
                            n@x.example,A,B,operator,,, | roles     | UNKNOWN_ROLE
               n@x.example,A,B,account-administrator,,, | roles     | ROLE_NOT_YOURS
               n@x.example,A,B,billing-administrator,%,, | location  | NOT_BY_LOCATION
                n@x.example,A,B,sales-agent,,csp-direct-bill, | program   | NOT_BY_PROGRAM
                     n@x.example,A,B,incentives-user,NOWHERE,, | location  | UNKNOWN_LOCATION
                     n@x.example,A,B,incentives-user,,nothing, | program   | UNKNOWN_PROGRAM
                       n@x.example,A,B,incentives-user,,,de | language  | UNKNOWN_LANGUAGE
                                n@x.example,A,B,incentives-user | ''        | WRONG_WIDTH
            """)
    void aBadRowSaysWhereItIsAndWhatIsWrong(String row, String field, Code code) {
        var roster = rosters.validate(
                partner,
                "list.csv",
                (HEADING + row.replace("%", location)).getBytes(UTF_8),
                manager(Role.USER_ADMINISTRATOR));

        assertThat(roster.rows()).isZero();
        assertThat(rosters.faults(roster, 0, 10)).singleElement().satisfies(fault -> {
            assertThat(fault.number()).isEqualTo(2);
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.code()).isEqualTo(code);
        });
    }

    @Test
    void thereIsOneRowForEachPersonInWhateverLettersAndUnicodeForm() {
        users.create(partner, "taken@" + suffix, "Taken", List.of(), "test");
        var roster = validate("""
                josé@%1$s,José,Lima,incentives-user,,,
                JOSE\u0301@%1$s,José,Lima,incentives-user,,,
                TAKEN@%1$s,Ta,Ken,incentives-user,,,
                coco@%1$s,Co,Co,incentives-user,,,
                сосо@%1$s,Со,Со,incentives-user,,,
                """.formatted(suffix));

        assertThat(roster.rows()).isEqualTo(2);
        assertThat(rosters.faults(roster, 0, 10))
                .extracting(RosterFault::number, RosterFault::code)
                .containsExactly(tuple(3, Code.TWICE), tuple(4, Code.TAKEN), tuple(6, Code.LOOKS_LIKE_ANOTHER));
    }

    @Test
    void everythingThatIsWrongWithARowIsSaidAtOnce() {
        var roster = validate("nobody,,,emperor,NOWHERE,nothing,de\n");

        assertThat(roster.refused()).isEqualTo(1);
        assertThat(rosters.faults(roster, 0, 10)).hasSize(6);
    }

    @Test
    void spreadsheetsThatWriteSemicolonsAndAByteOrderMarkAreRead() {
        var file = "\ufeff\"email\";\"first_name\";\"last_name\";\"roles\"\n\"anna@" + suffix
                + "\";Anna;Roche;sales-agent\n";
        assertThat(rosters.validate(partner, "list.csv", file.getBytes(UTF_8), manager(Role.GLOBAL_ADMINISTRATOR))
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void whatIsNoListOfPeopleIsRefusedWhole() {
        refuses("", RosterFileRefused.Code.EMPTY);
        refuses(HEADING, RosterFileRefused.Code.EMPTY);
        refuses("email,name\na@b.example,A\n", RosterFileRefused.Code.COLUMN_MISSING);
        refuses(HEADING.strip() + ",salary\n", RosterFileRefused.Code.COLUMN_UNKNOWN);
        refuses(HEADING + "\"a@b.example,A,B", RosterFileRefused.Code.NOT_CSV);
        refuses(
                HEADING + "a@b.example,A,B,sales-agent,,,\n".repeat(PeopleFile.MOST_ROWS + 1),
                RosterFileRefused.Code.TOO_MANY_ROWS);
        assertThatExceptionOfType(RosterFileRefused.class)
                .isThrownBy(() -> rosters.validate(
                        partner, "list.csv", HEADING.getBytes(UTF_16), manager(Role.GLOBAL_ADMINISTRATOR)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RosterFileRefused.Code.NOT_UTF8));
        assertThatExceptionOfType(RosterFileRefused.class)
                .isThrownBy(() ->
                        rosters.validate(partner, "list.csv", new byte[6_000_000], manager(Role.GLOBAL_ADMINISTRATOR)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RosterFileRefused.Code.TOO_LARGE));
    }

    @Test
    void temporaryPasswordsAreHandedOutOnce() {
        var roster = validate("anna@%s,Anna,Roche,incentives-user,,,\n".formatted(suffix));
        saveAndFinish(roster);
        assertThat(directory.find("anna@" + suffix).orElseThrow().state()).isEqualTo(User.State.WITHOUT_PASSWORD);

        var first = Objects.requireNonNull(
                rosters.handOut(roster, "test").getFirst().temporary());
        assertThat(users.withPassword("anna@" + suffix, first.password())).isPresent();
        assertThat(rosters.handOut(roster, "test").getFirst().temporary()).isNull();
    }

    @Test
    void whatAKilledProcessHasLeftIsDoneByTheNextOneAndNothingTwice() {
        var rows = new StringBuilder();
        for (var i = 0; i < Rosters.AT_ONCE + 100; i++) {
            rows.append("u%d@%s,U,%d,sales-agent,,,\n".formatted(i, suffix, i));
        }
        var roster = validate(rows.toString());
        store.save(roster.id(), Handing.FILE, "test", Instant.now());
        step(roster);
        assertThat(rosters.roster(partner, roster.id()).created()).isEqualTo(Rosters.AT_ONCE);

        rosters.finishAll();
        rosters.finishAll();

        var done = rosters.roster(partner, roster.id());
        assertThat(done.created()).isEqualTo(Rosters.AT_ONCE + 100);
        assertThat(done.isFinished()).isTrue();
        assertThat(directory.howMany(new Directory.Query(partner, "", null, null)))
                .isEqualTo(Rosters.AT_ONCE + 100);
    }

    @Test
    void whoBecameAUserInBetweenGetsTheRolesAndWhoIsElsewhereIsLeftAlone() {
        var roster = validate("""
                here@%1$s,He,Re,incentives-user,,,
                elsewhere@%1$s,Else,Where,incentives-user,,,
                """.formatted(suffix));
        users.create(partner, "here@" + suffix, "Here", List.of(), "test");
        users.create(new PartnerId(990_001), "elsewhere@" + suffix, "Elsewhere", List.of(), "test");

        saveAndFinish(roster);

        var done = rosters.roster(partner, roster.id());
        assertThat(done.granted()).isEqualTo(1);
        assertThat(done.taken()).isEqualTo(1);
        assertThat(directory.find("here@" + suffix).orElseThrow().grants()).hasSize(1);
        assertThat(directory.find("elsewhere@" + suffix).orElseThrow().grants()).isEmpty();
    }

    @Test
    void passwordsGoToEachPersonByMailWhereThatIsChosen() {
        var roster = validate("anna@%s,Anna,Roche,incentives-user,,,fr\n".formatted(suffix));
        store.save(roster.id(), Handing.MAIL, "test", Instant.now());
        rosters.finishAll();

        var word = Letterbox.secrets(sql, secrets, "anna@" + suffix).getFirst();
        assertThat(users.withPassword("anna@" + suffix, word)).isPresent();
        assertThat(rosters.handOut(roster, "test").getFirst().temporary()).isNull();
    }

    @Test
    void tenThousandUsersOfWhichThreePercentAreBadAreCreatedInOneGo() {
        var rows = new StringBuilder();
        for (var i = 0; i < 10_000; i++) {
            var email = i % 100 < 3 ? "bad" + i : "u" + i + "@" + suffix;
            rows.append(email + ",U," + i + ",incentives-user,,,\n");
        }
        var begun = System.nanoTime();
        var roster = validate(rows.toString());
        var validated = System.nanoTime();
        assertThat(roster.rows()).isEqualTo(9_700);
        assertThat(roster.refused()).isEqualTo(300);

        saveAndFinish(roster);
        var created = System.nanoTime();
        var handed = rosters.handOut(roster, "test");
        var ended = System.nanoTime();

        assertThat(handed)
                .hasSize(9_700)
                .allSatisfy(one -> assertThat(one.temporary()).isNotNull());
        assertThat(handed.stream()
                        .map(one -> Objects.requireNonNull(one.temporary()).password())
                        .distinct())
                .hasSize(9_700);
        System.out.printf(
                "10,000 rows: checked in %d ms, 9,700 users created in %d ms (%,d a second), passwords in %d ms%n",
                Duration.ofNanos(validated - begun).toMillis(),
                Duration.ofNanos(created - validated).toMillis(),
                9_700L * 1_000_000_000 / (created - validated),
                Duration.ofNanos(ended - created).toMillis());
    }

    private Roster validate(String rows) {
        return rosters.validate(
                partner, "list.csv", (HEADING + rows).getBytes(UTF_8), manager(Role.GLOBAL_ADMINISTRATOR));
    }

    private void refuses(String text, RosterFileRefused.Code code) {
        assertThatExceptionOfType(RosterFileRefused.class)
                .isThrownBy(() ->
                        rosters.validate(partner, "list.csv", text.getBytes(UTF_8), manager(Role.GLOBAL_ADMINISTRATOR)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private SignedIn manager(Role role) {
        return new SignedIn(
                new UserId(1),
                "manager@" + suffix,
                "Manager",
                null,
                partner.value(),
                null,
                List.of(Grant.at(partner, role)));
    }

    /** The work is begun in the background, too: whoever comes second finds nothing left to do. */
    private void saveAndFinish(Roster roster) {
        rosters.save(roster, Handing.FILE, manager(Role.GLOBAL_ADMINISTRATOR));
        while (!rosters.roster(partner, roster.id()).isFinished()) {
            rosters.work(roster.id());
        }
    }

    private void step(Roster roster) {
        assertThat(Boolean.TRUE.equals(transaction.execute(_ -> rosters.step(roster.id()))))
                .isTrue();
    }
}
