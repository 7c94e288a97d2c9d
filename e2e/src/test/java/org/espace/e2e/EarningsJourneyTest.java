package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.espace.e2e.Running.Guise;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EarningsJourneyTest {

    private Running espace;

    @BeforeEach
    void open() {
        espace = Running.espace();
    }

    @Test
    void everyFigureOpensItsLinesAndEveryLineItsReason() {
        var page = signedIn(Guise.DESK);
        assertThat(Running.heading(page)).hasText("Earnings");
        var row = page.locator("section[aria-labelledby=by-LEVER] tbody tr").first();
        var earned = row.locator("td").last().innerText();

        row.locator("a").click();
        assertThat(Running.heading(page)).hasText("Earning lines");
        assertThat(page.locator("tfoot td").last()).hasText(earned);

        var line = page.locator("tbody tr").first();
        var amount = line.locator("td").last().innerText();
        line.locator("a").click();
        assertThat(page.locator(".card--main .card__figure")).containsText(amount);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("The calculation")))
                .isVisible();
        assertThat(page.locator(".sum__result .sum__figure").last()).hasText(amount);
    }

    @Test
    void theTotalsOfEveryTableAreTheWhole() {
        var page = signedIn(Guise.DESK);
        var whole = page.locator(".card--main .card__figure a").innerText();
        for (var table : page.locator("section[aria-labelledby^=by-] tfoot").all()) {
            assertThat(table.locator("td").last().textContent().strip()).isEqualTo(whole);
        }
    }

    @Test
    void theLinesCanBeNarrowedDownSortedAndTurned() {
        var page = signedIn(Guise.DESK);
        page.navigate(page.url() + "/lines");
        page.waitForLoadState();
        var all = page.locator(".panel__note").innerText();

        page.locator("#choose-reason").selectOption("EARNED");
        assertThat(page.locator(".panel__note")).not().hasText(all);
        assertThat(page).hasURL(Pattern.compile(".*reason=EARNED.*"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Earned (USD)"))
                .click();
        assertThat(page.locator("th[aria-sort=descending]")).hasText("Earned (USD)");
        page.locator("a[rel=next]").click();
        assertThat(page.locator(".pager")).containsText("Page 2 of");
    }

    @Test
    void everythingWorksWithoutScripts() {
        var page = espace.visit(Guise.DESK, false);
        espace.signIn(page, Running.USER);
        page.locator("section[aria-labelledby=by-PROGRAM] tbody tr a").first().click();
        page.locator("#choose-reason").selectOption("EARNED");
        page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page).hasURL(Pattern.compile(".*reason=EARNED.*"));
        page.locator("tbody tr a").first().click();
        assertThat(page.locator(".sum")).isVisible();
    }

    @Test
    void theLanguageIsSwitchedOnThePageThatOneIsOn() {
        var page = signedIn(Guise.DESK);
        page.locator("section[aria-labelledby=by-PROGRAM] tbody tr a").first().click();
        var here = page.url();
        page.getByText("Français").click();
        assertThat(Running.heading(page)).hasText("Lignes de gain");
        assertThat(page).hasURL(here);
        assertThat(page.locator("html")).hasAttribute("lang", "fr");
        page.getByText("English").click();
        assertThat(Running.heading(page)).hasText("Earning lines");
    }

    @Test
    void thePageIsWalkedByKeyboard() {
        var page = signedIn(Guise.DESK);
        page.waitForLoadState();
        page.locator("body").press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to the content");
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        assertThat(page.locator("main :focus")).isVisible();
        page.locator(".chart__plot--wide .chart__bar").first().focus();
        assertThat(page.locator(".chart__plot--wide .chart__bar").first().locator(".chart__tip"))
                .hasCSS("opacity", "1");
        page.keyboard().press("Enter");
        assertThat(Running.heading(page)).containsText("Earnings of");
    }

    @Test
    void anotherPartnersPageNamesTheRightThatIsMissing() {
        var page = signedIn(Guise.DESK);
        page.navigate("/console");
        assertThat(Running.heading(page)).hasText("This page is not open to you");
        assertThat(page.locator("main")).containsText("See the vendor’s console");
    }

    private Page signedIn(Guise guise) {
        var page = espace.visit(guise);
        espace.signIn(page, Running.USER);
        return page;
    }
}
