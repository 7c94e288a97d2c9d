package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.espace.access.Role;
import org.espace.e2e.Running.Guise;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without scripts, so with them all the more. */
class SecondFactorJourneyTest {

    private static final Pattern LINK = Pattern.compile("https?://\\S+/forgotten/\\S+");

    private Running espace;

    @BeforeEach
    void open() {
        espace = Running.espace();
    }

    @Test
    void anAuthenticatorIsSetUpAndAskedForAndARecoveryCodeStandsInForIt() {
        var email = espace.newcomer("authenticator", Role.INCENTIVES_USER);
        var page = espace.visit(Guise.DESK, false);
        espace.signIn(page, email);
        page.navigate("/account/security");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Set up").setExact(true))
                .click();

        var phone = Authenticator.set(page);
        code(page, "000000");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is not the code of this key.");
        code(page, phone.code());
        assertThat(Running.heading(page)).hasText("Your recovery codes");
        assertThat(page.locator(".codes li")).hasCount(10);
        var paper = page.locator(".codes li").nth(3).textContent();
        page.getByText("I have kept them").click();
        assertThat(page.locator(".factors")).containsText("10 left");

        espace.giveIn(anew(page), email);
        assertThat(Running.heading(page)).hasText("One more step");
        page.navigate("/account");
        assertThat(Running.heading(page)).hasText("One more step");
        code(page, "000000");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This code does not count.");
        code(page, phone.nextCode());
        assertThat(Running.heading(page)).hasText("Earnings");

        espace.giveIn(anew(page), email);
        code(page, paper);
        assertThat(Running.heading(page)).hasText("Earnings");
        page.navigate("/account/security");
        assertThat(page.locator(".factors")).containsText("9 left");
        espace.giveIn(anew(page), email);
        code(page, paper);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This code does not count.");
        page.context().close();
    }

    @Test
    void aForgottenPasswordIsReplacedByTheLinkInAMail() {
        var email = espace.newcomer("forgetful", Role.INCENTIVES_USER);
        var page = espace.visit(Guise.BUREAU, false);
        page.navigate("/login");
        page.getByText("Mot de passe oublié").click();
        page.locator("#email").fill(email);
        page.locator("main form button").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("un e-mail est en route");

        var link = LINK.matcher(espace.mailTo(email));
        assertThat(link.find()).isTrue();
        page.navigate(link.group());
        choose(page, "quiet-walnut-bridge-07");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Votre nouveau mot de passe est valable");
        Running.fillIn(page, email, "quiet-walnut-bridge-07");
        assertThat(Running.heading(page)).hasText("Gains");

        page.navigate(link.group());
        assertThat(Running.heading(page)).hasText("Ce lien ne fonctionne plus");
        page.context().close();
    }

    private static void choose(Page page, String password) {
        page.locator("#password").fill(password);
        page.locator("#repeated").fill(password);
        page.locator("main form button").click();
    }

    private static void code(Page page, String code) {
        page.locator("#code").fill(code);
        page.locator("main form:has(#code) button").click();
    }

    /** The same browser, on the page where one signs in. */
    private static Page anew(Page page) {
        page.locator(".person__name").click();
        page.getByText("Sign out").click();
        return page;
    }
}
