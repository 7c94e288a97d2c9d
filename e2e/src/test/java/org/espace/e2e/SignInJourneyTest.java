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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInJourneyTest {

    private Running espace;

    @BeforeEach
    void open() {
        espace = Running.espace();
    }

    @Test
    void theTemporaryPasswordMustBeReplacedBeforeAnyOtherPage() {
        var email = "newcomer@example.com";
        var partner = espace.room(Partners.class).all().getFirst().id();
        var temporary = espace.room(Users.class)
                .create(partner, email, "Newcomer", List.of(Grant.at(partner, Role.INCENTIVES_USER)), "test");
        var page = espace.visit(Guise.DESK);

        page.navigate("/partners/" + partner + "/earnings");
        assertThat(Running.heading(page)).hasText("Sign in");
        Running.fillIn(page, email, temporary.password());
        assertThat(Running.heading(page)).hasText("Choose your password");
        page.navigate("/partners/" + partner + "/earnings");
        assertThat(Running.heading(page)).hasText("Choose your password");

        choose(page, "espacepartenaire", "espacepartenaire");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("It is easy to guess");
        choose(page, "tidal-otter-lamp-94", "tidal-otter-lamp-95");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The two entries differ");
        choose(page, "tidal-otter-lamp-94", "tidal-otter-lamp-94");
        assertThat(Running.heading(page)).hasText("Earnings");
    }

    @Test
    void aWrongPasswordIsAnsweredInWords() {
        var page = espace.visit(Guise.BUREAU);
        page.navigate("/login");
        Running.fillIn(page, "nobody@example.com", "wrong-password");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("n’ouvrent aucun compte");
    }

    @Test
    void somebodyWhoOnlyLooksAtTheSignInPageGetsNoSession() {
        var page = espace.visit(Guise.DESK);
        page.navigate("/login");
        assertThat(page.context().cookies()).noneMatch(cookie -> cookie.name.equals("SESSION"));
    }

    @Test
    void signingOutEndsTheSession() {
        var page = espace.visit(Guise.DESK);
        espace.signIn(page, Running.USER);
        var home = page.url();
        page.locator(".person__name").click();
        page.getByText("Sign out").click();
        assertThat(Running.heading(page)).hasText("Sign in");
        page.navigate(home);
        assertThat(Running.heading(page)).hasText("Sign in");
    }

    private static void choose(Page page, String password, String repeated) {
        page.locator("#password").fill(password);
        page.locator("#repeated").fill(repeated);
        page.locator("main form button").click();
    }
}
