package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.espace.e2e.Running.Guise;
import org.junit.jupiter.api.Test;

class TermsJourneyTest {

    /** Without scripts, so with them all the more. */
    @Test
    void aVersionIsWrittenFromTheLastOneCheckedPublishedAndReadByPartners() {
        var espace = Running.espace();
        var page = espace.visit(Guise.DESK, false);
        espace.signIn(page, Running.OPERATOR);
        page.navigate("/console/terms/csp-indirect-reseller/FY27");
        link(page, "Write a new version from this one").click();

        var text = page.locator("#text");
        check(page, text.inputValue().replaceAll("version: .*", "version: FY41"));
        assertThat(page.locator("main")).containsText("in force on some of the same days");
        assertThat(button(page, "Publish this version")).hasCount(0);

        check(
                page,
                text.inputValue().replaceAll("effective: .*", "effective: 2040-07-01/2041-07-01") + "surprise: yes\n");
        assertThat(page.locator(".listing__remark--fault")).hasCount(1);

        check(page, text.inputValue().replace("surprise: yes\n", "").replace("rate: 3%", "rate: 3.25%"));
        button(page, "Publish this version").click();
        assertThat(Running.heading(page)).hasText("CSP indirect reseller");
        assertThat(page.locator("main")).containsText("Upcoming");

        var partner = espace.visit(Guise.DESK, false);
        espace.signIn(partner, Running.USER);
        link(partner, "Terms").click();
        link(partner, "FY41").click();
        assertThat(partner).hasURL(Pattern.compile(".*/terms/csp-indirect-reseller/FY41"));
        link(partner, "compare with it (FY27)").click();
        assertThat(partner.locator("main")).containsText("3.25%");
        page.context().close();
        partner.context().close();
    }

    private static void check(Page page, String text) {
        page.locator("#text").fill(text);
        button(page, "Check").click();
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
