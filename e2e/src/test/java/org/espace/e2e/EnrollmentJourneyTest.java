package org.espace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.espace.e2e.Running.Guise;
import org.espace.eligibility.Eligibilities;
import org.espace.eligibility.Measure;
import org.espace.eligibility.Measures;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what makes a location eligible to the invitation in the mail, and over bank, tax and their validation to the enrollment. */
class EnrollmentJourneyTest {

    private static final String INVITED = "6101012";

    private Running espace;
    private Location location;

    @BeforeEach
    void open() {
        espace = Running.espace();
        location = espace.room(Partners.class).findLocation(INVITED).orElseThrow();
        var today = LocalDate.now(ZoneId.systemDefault());
        espace.room(Measures.class)
                .register(List.of(new Measure(location.id(), "cloud-readiness", today, new BigDecimal(60))), "test");
        espace.room(Eligibilities.class).evaluate(List.of(location.id()), today);
    }

    @Test
    void anInvitationIsAcceptedPaidForAndBecomesAnEnrollment() {
        var operator = espace.visit(Guise.DESK);
        espace.signIn(operator, Running.OPERATOR);
        var invitation = invitation(operator);

        var page = espace.visit(Guise.DESK);
        espace.signIn(page, Running.ADMINISTRATOR);
        assertThat(page.locator("main")).containsText("You are invited to");
        page.navigate(invitation);
        assertThat(page.locator(".status").first()).hasText("Invited");
        page.locator("#accepted").check();
        button(page, "Accept and continue").click();
        assertThat(page).hasURL(Pattern.compile(".*/payment"));

        handIn(page);
        page.navigate(invitation);
        assertThat(page.locator(".status").first()).hasText("Validating enrollment");

        validate(operator);
        page.reload();
        assertThat(page.locator(".status").first()).hasText("Enrolled");
        assertThat(page.locator(".history")).containsText("Enrolled: earns since 1 ");
        page.navigate(invitation.replaceFirst("/enrollments/.*", "/enrollments"));
        assertThat(page.locator("main")).containsText("of 3 locations enrolled");
        operator.context().close();
        page.context().close();
    }

    /** As the outbox keeps it, where no mail server is named; the link leads to the page. */
    private String invitation(Page operator) {
        operator.navigate("/console/outbox");
        var mails =
                operator
                        .locator("main tbody a:has-text('Partner Incentive Enrollment Invitation: Cloud start')")
                        .all()
                        .stream()
                        .map(link -> link.getAttribute("href"))
                        .toList();
        for (var mail : mails) {
            operator.navigate(mail);
            if (operator.locator("main").textContent().contains("(" + INVITED + ")")) {
                return operator.locator("main")
                        .textContent()
                        .replaceAll("(?s).*?(/partners/\\d+/enrollments/\\d+/cloud-start).*", "$1");
            }
        }
        throw new AssertionError("no invitation of " + INVITED + " among " + mails);
    }

    private void handIn(Page page) {
        var payment = "/partners/" + location.partner() + "/payment";
        page.navigate(payment + "/bank?country=FR&sheet=bank-transfer");
        page.locator("#profile-name").fill("Compte de Genève");
        page.locator("#currency").selectOption("EUR");
        page.locator("#holder").fill("Brisolane Informatique SAS");
        page.locator("#iban").fill("FR14 2004 1010 0505 0001 3M02 606");
        page.locator("#bic").fill("PSSTFRPPPAR");
        button(page, "Hand in").click();
        page.locator("main a:has-text('Compte de Genève')").first().click();
        page.locator("input[name=location][value='" + location.id() + "']").check();
        button(page, "Set as default").click();
        page.navigate(payment + "/tax/" + location.id() + "?country=FR&sheet=vat");
        page.locator("#holder").fill("Brisolane Informatique SAS");
        page.locator("#vat").fill("FR44732829320");
        button(page, "Hand in").click();
        assertThat(Running.heading(page)).isVisible();
    }

    private static void validate(Page operator) {
        for (var left = 0; left < 10; left++) {
            operator.navigate("/console/payment");
            var waiting = operator.locator("main tbody tr:has-text('Genève') a");
            if (waiting.count() == 0) {
                return;
            }
            waiting.first().click();
            operator.waitForResponse(
                    answer -> answer.url().endsWith("/approval"),
                    () -> button(operator, "Approve").click());
        }
        assertThat(operator.locator("main tbody tr:has-text('Genève') a").count())
                .isZero();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
