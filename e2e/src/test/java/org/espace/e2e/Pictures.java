package org.espace.e2e;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.espace.e2e.Running.Guise;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the README, and runs only when it is named: {@code mvn test -pl e2e -am -Dtest=Pictures
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class Pictures {

    private static final Path FOLDER = Path.of("../docs/images");

    @Test
    void theDashboardInEnglish() {
        var page = signedIn(Guise.DESK);
        take(page, "earnings.png");
    }

    @Test
    void anExplanationInFrench() {
        var page = signedIn(Guise.BUREAU);
        page.navigate(page.url() + "/lines?earning=only&sort=-amount");
        page.locator("tbody tr a").first().click();
        page.waitForLoadState();
        take(page, "explanation-fr.png");
    }

    private static Page signedIn(Guise guise) {
        var page = Running.espace().visit(guise);
        Running.espace().signIn(page, Running.USER);
        return page;
    }

    private static void take(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)));
    }
}
