package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.e2e.Running.Guise;
import org.espace.onboarding.SetUps;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test sets up a partner of its own, so that the demo's stays as it is. */
class SetUpJourneyTest {

    private static final String HEADING = "partner,email,first_name,last_name,role,location,program\n";

    private Running espace;

    @BeforeEach
    void open() {
        espace = Running.espace();
    }

    /** Without scripts, so with them all the more. */
    @Test
    void theAdministratorConfirmsTheListAndTheDataAppears() throws IOException {
        var partner = listed("6101110", "polder");
        var page = signedIn(Guise.DESK, "polder.admin@example.com", partner, false);
        assertThat(page.locator("main")).containsText("once your organization is set up");

        link(page, "Begin with the list").click();
        assertThat(Running.heading(page)).hasText("Set up your organization");
        page.locator("#role-2").selectOption("sales-agent");
        page.locator("input[name=drop]").nth(2).check();
        page.locator("#email").fill("polder.added@example.com");
        page.locator("#first").fill("Added");
        button(page, "Save and go on to the passwords").click();

        assertThat(page.locator("[aria-current=step]")).hasText("The passwords");
        button(page, "Create 3 users").click();
        while (page.locator(".notice--good").count() == 0) {
            page.reload();
        }
        assertThat(page.locator("main")).containsText("Your organization is set up");

        var download = page.waitForDownload(
                () -> button(page, "Download the temporary passwords").click());
        assertThat(Files.readString(download.path(), UTF_8))
                .contains("polder.added@example.com")
                .doesNotContain("polder.dropped@example.com")
                .containsPattern("\\w{4}-\\w{4}-\\w{4}-\\w{4}");
        page.navigate("/partners/" + partner + "/earnings");
        assertThat(page.locator("main")).not().containsText("once your organization is set up");
        page.context().close();
    }

    @Test
    void everythingIsDoneByKeyboard() {
        var partner = listed("6101120", "nubarena");
        var page = signedIn(Guise.BUREAU, "nubarena.admin@example.com", partner, true);

        press(page, link(page, "Commencer par la liste"));
        press(page, button(page, "Enregistrer et passer aux mots de passe"));
        page.locator("input[value=FILE]").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("input[value=SHOWN]")).isChecked();
        press(page, button(page, "Créer 3 utilisateurs"));
        assertThat(page.locator("main")).containsText("Votre organisation est en place");
        press(page, button(page, "Afficher les mots de passe temporaires"));
        assertThat(page.locator("main tbody code")).hasCount(3);
        assertThat(page).hasURL(Pattern.compile(".*/setup/users/passwords"));
        page.context().close();
    }

    private PartnerId listed(String number, String name) {
        var partner = espace.room(Partners.class).find(number).orElseThrow().id();
        var rows = """
                %1$s,%2$s.one@example.com,One,One,incentives-administrator,,
                %1$s,%2$s.two@example.com,Two,Two,incentives-user,,
                %1$s,%2$s.dropped@example.com,Three,Three,incentives-user,,
                """.formatted(number, name);
        espace.room(SetUps.class).load((HEADING + rows).getBytes(UTF_8), "test");
        return partner;
    }

    private Page signedIn(Guise guise, String email, PartnerId partner, boolean scripts) {
        var users = espace.room(Users.class);
        users.create(partner, email, "Admin", List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.choosePassword(email, "tidal-otter-lamp-94");
        var page = espace.visit(guise, scripts);
        page.navigate("/login");
        Running.fillIn(page, email, "tidal-otter-lamp-94");
        return page;
    }

    /** As somebody who does not use a mouse: it must be reachable, and Enter must do it. */
    private static void press(Page page, Locator what) {
        what.focus();
        assertThat(what).isFocused();
        page.keyboard().press("Enter");
        page.waitForLoadState();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
