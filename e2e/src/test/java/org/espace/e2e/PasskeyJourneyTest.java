package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.espace.access.Role;
import org.espace.e2e.Running.Guise;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser itself has to say about passkeys; what could be sent past it is in the tests of sign-in. */
class PasskeyJourneyTest {

    private Running espace;

    @BeforeEach
    void open() {
        espace = Running.espace();
    }

    @Test
    void aPasskeyIsMadeOpensTheAccountAloneOrAfterThePasswordAndIsRemoved() {
        var email = espace.newcomer("passkey", Role.INCENTIVES_USER);
        var page = espace.visit(Guise.DESK);
        var key = VirtualKey.of(page);
        espace.signIn(page, email);

        make(page, "my laptop");
        assertThat(key.passkeys()).isOne();
        assertThat(page.locator(".factors")).containsText("Passkey “my laptop”");
        signOut(page);
        button(page, "Sign in with a passkey").click();
        assertThat(Running.heading(page)).hasText("Earnings");

        signOut(page);
        espace.giveIn(page, email);
        assertThat(Running.heading(page)).hasText("One more step");
        button(page, "Use your passkey").click();
        assertThat(Running.heading(page)).hasText("Earnings");

        page.navigate("/account/security");
        button(page, "Remove my laptop").click();
        assertThat(page.locator("main")).containsText("You have none yet.");
        signOut(page);
        button(page, "Sign in with a passkey").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That did not work.");
        page.context().close();
    }

    @Test
    void theFingerOfSomebodyElseOpensNothing() {
        var page = espace.visit(Guise.DESK);
        var key = VirtualKey.of(page);
        espace.signIn(page, espace.newcomer("finger", Role.INCENTIVES_USER));
        make(page, "my laptop");
        signOut(page);
        key.belongsToSomebodyElse();

        button(page, "Sign in with a passkey").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That did not work.");
        assertThat(Running.heading(page)).hasText("Sign in");
        page.context().close();
    }

    /** The same pages under another name: the passkey is not for them. */
    @Test
    void onAnotherSiteItOpensNothing() {
        var page = espace.visit(Guise.DESK);
        VirtualKey.of(page);
        espace.signIn(page, espace.newcomer("phished", Role.INCENTIVES_USER));
        make(page, "my laptop");

        page.navigate(espace.url().replace("localhost", "127.0.0.1") + "/login");
        button(page, "Sign in with a passkey").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That did not work.");
        page.context().close();
    }

    @Test
    void whatWasSentOnceIsWorthNothingLater() {
        var page = espace.visit(Guise.DESK);
        VirtualKey.of(page);
        espace.signIn(page, espace.newcomer("replayed", Role.INCENTIVES_USER));
        make(page, "my laptop");
        signOut(page);
        var sent = page.waitForRequest(
                request -> request.url().contains("/login/passkey?"),
                () -> button(page, "Sign in with a passkey").click());
        assertThat(Running.heading(page)).hasText("Earnings");
        signOut(page);

        var again = Map.of("body", sent.postData());
        assertThat(page.evaluate(SEND, again)).isEqualTo(422);
        page.navigate("/account");
        assertThat(Running.heading(page)).hasText("Sign in");
        page.context().close();
    }

    private static final String SEND = """
            async ({ body }) => {
              const form = document.querySelector("form[data-passkey]");
              const send = (path, body) => fetch(path, {
                method: "POST",
                headers: { "Content-Type": "application/json", [form.dataset.header]: form.dataset.token },
                body,
              });
              await send("/login/passkey/options");
              return (await send("/login/passkey", body)).status;
            }""";

    private static void make(Page page, String label) {
        page.navigate("/second-factor/set-up");
        page.locator("#label").fill(label);
        button(page, "Make a passkey").click();
        assertThat(Running.heading(page)).hasText("Sign-in and security");
    }

    private static void signOut(Page page) {
        page.locator(".person__name").click();
        page.getByText("Sign out").click();
        assertThat(Running.heading(page)).hasText("Sign in");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
