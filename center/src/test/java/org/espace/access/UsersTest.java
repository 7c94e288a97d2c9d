package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.espace.access.EmailAddressRefused.Code;
import org.espace.partners.PartnerId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Each test has a partner of its own. */
@RoomTest
class UsersTest {

    private static int partners = 91_000;

    @Autowired
    Users users;

    @Autowired
    Groups groups;

    @Autowired
    Administration administration;

    @Autowired
    Directory directory;

    private final PartnerId partner = new PartnerId(++partners);

    @Test
    void theLastGlobalAdministratorStays() {
        var anna = user("anna", Role.GLOBAL_ADMINISTRATOR);

        assertThatExceptionOfType(LastAdministrator.class)
                .isThrownBy(() -> users.revoke(anna, Grant.at(partner, Role.GLOBAL_ADMINISTRATOR), "test"));
        for (var how : Closing.values()) {
            assertThatExceptionOfType(LastAdministrator.class).isThrownBy(() -> users.close(anna, how, "test"));
        }
        assertThat(users.find(address("anna"))).isPresent();

        user("bruno", Role.GLOBAL_ADMINISTRATOR);
        users.close(anna, Closing.DEACTIVATED, "test");
        assertThat(users.find(address("anna"))).isEmpty();
    }

    @Test
    void aDeactivatedAdministratorDoesNotCountAsAnother() {
        var anna = user("anna", Role.GLOBAL_ADMINISTRATOR);
        var bruno = user("bruno", Role.GLOBAL_ADMINISTRATOR);
        users.close(bruno, Closing.DEACTIVATED, "test");

        assertThatExceptionOfType(LastAdministrator.class)
                .isThrownBy(() -> users.close(anna, Closing.REMOVED_FROM_CENTER, "test"));
    }

    @Test
    void ofTwoAdministratorsWhoRemoveEachOtherAtTheSameMomentOneStays() throws Exception {
        var both = Stream.of("anna", "bruno")
                .map(name -> user(name, Role.GLOBAL_ADMINISTRATOR))
                .toList();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var user : both) {
                threads.execute(() -> {
                    try {
                        start.await();
                        users.close(user, Closing.DEACTIVATED, "test");
                    } catch (InterruptedException | LastAdministrator e) {
                        // the second one to come is refused
                    }
                });
            }
            start.countDown();
        }
        assertThat(directory.holders(partner, List.of(Role.GLOBAL_ADMINISTRATOR), 10))
                .hasSize(1);
    }

    @Test
    void whoIsDeactivatedCannotSignInAndKeepsTheRoles() {
        user("admin", Role.GLOBAL_ADMINISTRATOR);
        var anna = user("anna", Role.INCENTIVES_USER);
        var temporary = users.resetPassword(address("anna"), "test").password();

        users.close(anna, Closing.DEACTIVATED, "test");
        assertThat(users.withPassword(address("anna"), temporary)).isEmpty();

        users.reopen(users.user(partner, anna.id()), "test");
        assertThat(users.withPassword(address("anna"), temporary))
                .hasValueSatisfying(
                        user -> assertThat(user.grants()).containsExactly(Grant.at(partner, Role.INCENTIVES_USER)));
    }

    @Test
    void whoIsRemovedFromTheCenterStaysListedAndIsLetInAgainByARole() {
        var anna = user("anna", Role.INCENTIVES_USER);
        users.close(anna, Closing.REMOVED_FROM_CENTER, "test");

        var removed = users.user(partner, anna.id());
        assertThat(removed.state()).isEqualTo(User.State.REMOVED);
        assertThat(removed.grants()).isEmpty();
        assertThat(users.find(address("anna"))).isEmpty();

        users.grant(removed, List.of(Grant.at(partner, Role.SALES_AGENT)), "test");
        assertThat(users.find(address("anna"))).isPresent();
    }

    @Test
    void whoIsRemovedFromTheOrganizationIsGoneAndTheAddressIsFree() {
        var anna = user("anna", Role.INCENTIVES_USER);
        users.close(anna, Closing.REMOVED_FROM_ORGANIZATION, "test");

        assertThatExceptionOfType(UserNotFound.class).isThrownBy(() -> users.user(partner, anna.id()));
        assertThat(directory.states(partner)).isEmpty();
        assertThat(user("anna", Role.SALES_AGENT).id()).isNotEqualTo(anna.id());
    }

    @Test
    void anAddressThatLooksLikeAnotherIsRefusedWhicheverCameFirst() {
        users.create(partner, "coco" + partner + "@contoso.example", "Coco", List.of(), "test");
        users.create(partner, "хохо" + partner + "@contoso.example", "Хохо", List.of(), "test");

        assertThatExceptionOfType(EmailAddressRefused.class)
                .isThrownBy(
                        () -> users.create(partner, "сосо" + partner + "@contoso.example", "Сосо", List.of(), "test"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.LOOKS_LIKE_ANOTHER));
        assertThatExceptionOfType(EmailAddressRefused.class)
                .isThrownBy(
                        () -> users.create(partner, "xoxo" + partner + "@contoso.example", "Xoxo", List.of(), "test"));
    }

    @Test
    void addressesInAsciiMayLookAlike() {
        users.create(partner, "modern" + partner + "@contoso.example", "Modern", List.of(), "test");
        users.create(partner, "modem" + partner + "@contoso.example", "Modem", List.of(), "test");

        assertThat(users.exists("modem" + partner + "@contoso.example")).isTrue();
    }

    @Test
    void aTemporaryPasswordOpensTheAccountOnce() {
        user("anna", Role.INCENTIVES_USER);
        var temporary = users.resetPassword(address("anna"), "test").password();

        assertThat(users.withPassword(address("anna"), temporary))
                .hasValueSatisfying(user -> assertThat(user.owes()).isEqualTo(NextStep.CHOOSE_PASSWORD));
        assertThat(users.withPassword(address("anna"), temporary)).isEmpty();
        assertThat(users.user(partner, find("anna").id()).state()).isEqualTo(User.State.EXPIRED);
    }

    @Test
    void aGroupsRolesAreItsMembersRoles() {
        var anna = user("anna");
        var team = groups.create(partner, "Incentives team", "test");
        groups.grant(team, List.of(Grant.at(partner, Role.INCENTIVES_USER)), "test");
        groups.add(team, anna, "test");
        users.grant(anna, List.of(Grant.at(partner, Role.SALES_AGENT)), "test");

        assertThat(users.find(address("anna")).orElseThrow().grants())
                .containsExactlyInAnyOrder(
                        Grant.at(partner, Role.INCENTIVES_USER), Grant.at(partner, Role.SALES_AGENT));
        groups.delete(groups.group(partner, team.id()), "test");
        assertThat(users.find(address("anna")).orElseThrow().grants())
                .containsExactly(Grant.at(partner, Role.SALES_AGENT));
    }

    @Test
    void aGroupNameIsTakenOnceInCapitalOrSmallLetters() {
        groups.create(partner, "Sales", "test");
        assertThatExceptionOfType(GroupExists.class).isThrownBy(() -> groups.create(partner, "SALES", "test"));
    }

    @Test
    void nobodyGivesARoleAboveTheirOwnNorChangesSomebodyWhoHasOne() {
        var global = signedIn("global", Role.GLOBAL_ADMINISTRATOR);
        var manager = signedIn("manager", Role.USER_ADMINISTRATOR);
        var anna = user("anna", Role.INCENTIVES_USER);

        administration.grant(anna, List.of(Grant.at(partner, Role.SALES_AGENT)), manager);
        assertThatExceptionOfType(RoleNotYours.class)
                .isThrownBy(
                        () -> administration.grant(anna, List.of(Grant.at(partner, Role.USER_ADMINISTRATOR)), manager));
        assertThatExceptionOfType(RoleNotYours.class)
                .isThrownBy(() -> administration.resetPassword(find("global"), manager));
        assertThatExceptionOfType(RoleNotYours.class)
                .isThrownBy(() -> administration.close(find("global"), Closing.DEACTIVATED, manager));

        administration.grant(anna, List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)), global);
        assertThat(administration.resetPassword(find("anna"), global).password())
                .isNotBlank();
    }

    @Test
    void nobodyChangesThemselvesButAGlobalAdministratorMayGiveUpARole() {
        user("other", Role.GLOBAL_ADMINISTRATOR);
        var global = signedIn("global", Role.GLOBAL_ADMINISTRATOR, Role.INCENTIVES_USER);
        var self = find("global");

        assertThatExceptionOfType(OwnAccount.class)
                .isThrownBy(() -> administration.grant(self, List.of(Grant.at(partner, Role.SALES_AGENT)), global));
        assertThatExceptionOfType(OwnAccount.class)
                .isThrownBy(() -> administration.close(self, Closing.DEACTIVATED, global));
        assertThatExceptionOfType(OwnAccount.class).isThrownBy(() -> administration.resetPassword(self, global));

        administration.revoke(self, Grant.at(partner, Role.INCENTIVES_USER), global);
        assertThat(find("global").grants()).containsExactly(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR));
    }

    @Test
    void aMemberOfAGroupDoesNotChangeItsRoles() {
        var manager = signedIn("manager", Role.GLOBAL_ADMINISTRATOR);
        var team = groups.create(partner, "Team", "test");
        groups.add(team, find("manager"), "test");

        assertThatExceptionOfType(OwnAccount.class)
                .isThrownBy(() -> administration.grant(team, List.of(Grant.at(partner, Role.SALES_AGENT)), manager));
    }

    @Test
    void thePeopleWhoCanGiveARoleAreNamed() {
        user("global", Role.GLOBAL_ADMINISTRATOR);
        user("manager", Role.USER_ADMINISTRATOR);
        user("anna", Role.INCENTIVES_USER);

        assertThat(administration.whoCanGrant(partner, Role.INCENTIVES_USER))
                .extracting(User::name)
                .containsExactly("Global", "Manager");
        assertThat(administration.whoCanGrant(partner, Role.ACCOUNT_ADMINISTRATOR))
                .extracting(User::name)
                .containsExactly("Global");
    }

    @Test
    void anotherOrganizationsUsersAreNotFound() {
        var anna = user("anna", Role.INCENTIVES_USER);

        assertThatExceptionOfType(UserNotFound.class)
                .isThrownBy(() -> users.user(new PartnerId(partner.value() + 500_000), anna.id()));
        assertThatExceptionOfType(UserNotFound.class).isThrownBy(() -> users.user(null, anna.id()));
    }

    private User user(String name, Role... roles) {
        users.create(
                partner,
                address(name),
                Character.toUpperCase(name.charAt(0)) + name.substring(1),
                Stream.of(roles).map(role -> Grant.at(partner, role)).toList(),
                "test");
        return find(name);
    }

    private SignedIn signedIn(String name, Role... roles) {
        user(name, roles);
        return users.find(address(name)).orElseThrow();
    }

    private User find(String name) {
        return directory.find(address(name)).orElseThrow();
    }

    private String address(String name) {
        return name + "-" + partner + "@contoso.example";
    }
}
