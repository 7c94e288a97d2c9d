package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.e2e.Running.Guise;
import org.espace.partners.Partners;
import org.junit.jupiter.api.Test;

/** An organization's people sign in through its own Keycloak: set up by its administrator, used by one of them, who is later asked again. */
class KeycloakJourneyTest {

    private static final String DOMAIN = "keycloak.example";
    private static final String PASSWORD = "tidal-otter-lamp-94";

    @Test
    void aGlobalAdministratorSetsUpKeycloakAndAColleagueSignsInThere() throws Exception {
        var espace = Running.espace();
        var partner = espace.room(Partners.class).all().getFirst().id();
        try (var keycloak = Keycloak.start(espace.url() + "/sign-in/provider/return/" + partner, "ada@" + DOMAIN)) {
            var users = espace.room(Users.class);
            espace.know(users.create(
                    partner, "root@" + DOMAIN, "Root", List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)), "test"));
            users.create(
                    partner, "ada@" + DOMAIN, "Ada Lovelace", List.of(Grant.at(partner, Role.INCENTIVES_USER)), "test");

            var administrator = espace.visit(Guise.DESK);
            espace.signIn(administrator, "root@" + DOMAIN);
            administrator.navigate("/partners/" + partner + "/sign-in/provider");
            administrator.locator("#issuer").fill(keycloak.issuer());
            administrator.locator("#client").fill(Keycloak.CLIENT);
            administrator.locator("#secret").fill(Keycloak.SECRET);
            administrator.locator("#domains").fill(DOMAIN);
            administrator
                    .getByText("Save", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(administrator.getByRole(AriaRole.STATUS)).containsText("Saved.");

            var operator = espace.visit(Guise.DESK);
            espace.signIn(operator, Running.OPERATOR);
            operator.navigate("/console/domains");
            operator.locator("form:has-text('" + DOMAIN + "') input[name=reason]")
                    .fill("known from the contract");
            operator.getByText("Confirm " + DOMAIN).click();
            assertThat(operator.locator("main")).not().containsText(DOMAIN);

            espace.console.clear();
            var ada = espace.visit(Guise.DESK);
            ada.navigate("/partners/" + partner + "/earnings");
            ada.getByText("Sign in through your organization").click();
            ada.locator("#email").fill("ada@" + DOMAIN);
            ada.locator("main form button").click();
            ada.waitForURL(address -> address.startsWith(keycloak.issuer()));
            assertThat(ada.locator("#username")).hasValue("ada@" + DOMAIN);
            ada.locator("#password").fill(Keycloak.TEMPORARY);
            ada.locator("#kc-login").click();
            assertThat(ada.locator("#password-new")).isVisible();
            ada.locator("#password-new").fill(PASSWORD);
            ada.locator("#password-confirm").fill(PASSWORD);
            ada.locator("input[type=submit], button[type=submit]").first().click();

            assertThat(Running.heading(ada)).hasText("Earnings");
            assertThat(ada.locator(".person__name")).containsText("Ada Lovelace");

            ada.navigate("/account/confirmation?next=/account/security");
            ada.locator("main a.button").click();
            ada.waitForURL(address -> address.startsWith(keycloak.issuer()));
            ada.locator("#password").fill(PASSWORD);
            ada.locator("#kc-login").click();
            assertThat(Running.heading(ada)).hasText("Sign-in and security");
            assertThat(espace.console)
                    .noneMatch(
                            message -> message.contains("Content Security Policy") && message.startsWith(espace.url()));
        }
    }
}
