package org.espace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espace.e2e.Running.Guise;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page in every guise: rules of accessibility, the browser's console, and the width of the screen. Each page is
 * loaded once a language, then turned from guise to guise; two people look at once. With {@code -Dpictures=FOLDER} a picture
 * of each is kept.
 */
@Execution(ExecutionMode.CONCURRENT)
class PagesTest {

    private static final @Nullable String PICTURES = System.getProperty("pictures");

    /** One good row and one bad one. */
    private static final String PEOPLE = """
            email,first_name,last_name,roles,location
            list.one@example.com,List,One,incentives-user sales-agent,6101011
            list.two,List,Two,emperor,NOWHERE
            """;

    private static final List<Integer> WIDTHS = List.of(1440, 768, 390);

    @ParameterizedTest
    @ValueSource(strings = {Running.OPERATOR, Running.ADMINISTRATOR, Running.USER, Running.NEWCOMER, "nobody"})
    void everyPageIsFitToBeUsedByEverybody(String person) {
        var espace = Running.espace();
        var faults = new ArrayList<String>();
        var page = espace.visit(Guise.DESK);
        var said = new ArrayList<String>();
        page.onConsoleMessage(message -> said.add(page.url() + " " + message.type() + ": " + message.text()));
        page.onPageError(error -> said.add(page.url() + " error: " + error));
        if (!person.equals("nobody")) {
            espace.signIn(page, person);
        }
        var addresses = addresses(person, page);
        for (var language : List.of("en", "fr")) {
            page.context().addCookies(List.of(new Cookie("language", language).setUrl(espace.url())));
            addresses.forEach((name, address) -> {
                page.navigate(address);
                guises(language).forEach(guise -> faults.addAll(look(page, name, guise)));
            });
        }
        page.context().close();
        assertThat(faults).isEmpty();
        assertThat(said).allMatch(PagesTest::isOfAPageThatRefuses);
    }

    private static boolean isOfAPageThatRefuses(String message) {
        return Stream.of("403", "404", "410").anyMatch(status -> message.contains("status of " + status))
                || (message.contains("/simulation?smb-adds=x ") && message.contains("status of 422"));
    }

    private static Stream<Guise> guises(String language) {
        return Stream.of(false, true)
                .flatMap(dark ->
                        WIDTHS.stream().map(width -> new Guise(language, dark, width, width == 390 ? 844 : 900)));
    }

    private static List<String> look(Page page, String name, Guise guise) {
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(guise.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE));
        page.setViewportSize(guise.width(), guise.height());
        var faults = new ArrayList<String>();
        if (!page.locator("html").getAttribute("lang").equals(guise.language())) {
            faults.add(name + " " + guise + ": in another language");
        }
        if ((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0) {
            faults.add(name + " " + guise + ": wider than the screen");
        }
        if (isAskedByTheRules(guise)) {
            new AxeBuilder(page)
                    .setLegacyMode(true)
                    .analyze()
                    .getViolations()
                    .forEach(rule -> faults.add(name + " " + guise + ": " + rule.getId() + " "
                            + rule.getNodes().getFirst().getHtml()));
        }
        if (PICTURES != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(PICTURES).resolve(name + "-" + guise + ".png")));
        }
        return faults;
    }

    /** Each theme at the widest and at the narrowest, one in the one language and one in the other: the rules take their time. */
    private static boolean isAskedByTheRules(Guise guise) {
        return guise.width() != 768
                && (guise.dark() == (guise.width() == 390)) == guise.language().equals("en");
    }

    /** Found by following links, as a reader would. */
    private static Map<String, String> addresses(String person, Page page) {
        var addresses = new LinkedHashMap<String, String>();
        switch (person) {
            case Running.USER -> {
                var home = page.url();
                addresses.put("earnings", home);
                addresses.put("lines", home + "/lines");
                addresses.put("lines-none", home + "/lines?month=2001-01");
                page.navigate(home + "/lines?earning=only&sort=-amount");
                addresses.put("line", link(page, "tbody tr a"));
                page.navigate(home);
                page.navigate(link(page, ".chart__plot--wide .chart__bar >> nth=-1"));
                addresses.put("earnings-month", page.url());
                page.navigate(home);
                page.navigate(link(page, "section[aria-labelledby=why-not] tbody tr a"));
                addresses.put("line-why-not", link(page, "tbody tr a"));
                page.navigate(addresses.get("line"));
                addresses.put("terms-of-line", link(page, ".facts a"));
                addresses.put("next", home.replace("/earnings", "/next"));
                addresses.put("statement", home.replace("/earnings", "/statements"));
                addresses.put("terms", home.replace("/earnings", "/terms"));
                addresses.put(
                        "terms-differences",
                        home.replace("/earnings", "/terms/csp-indirect-reseller/FY27/differences/FY26"));
                addresses.put("my-certifications", "/certifications");
                addresses.put("certification", "/certifications/modern-work-administrator");
                addresses.put("password", "/password");
                addresses.put("my-access", "/access");
                addresses.put("account", "/account");
                addresses.put("account-security", "/account/security");
                addresses.put("account-confirmation", "/account/confirmation");
                addresses.put("second-factor-set-up", "/second-factor/set-up");
                addresses.put("right-missing", "/console");
                addresses.put("not-found", "/nothing-here");
            }
            case Running.ADMINISTRATOR -> {
                var home = page.url();
                var enrollments = home.replace("/earnings", "/enrollments");
                addresses.put("enrollments", enrollments);
                addresses.put("enrollments-by-location", enrollments + "?by=location&sort=status");
                page.navigate(enrollments);
                addresses.put("enrollment", link(page, "tbody tr a[href$='/cloud-start']"));
                var organization = home.replace("/earnings", "/organization");
                addresses.put("organization", organization);
                addresses.put("organization-profile", organization + "/profile");
                addresses.put("organization-contact", organization + "/contacts");
                addresses.put("organization-registration", organization + "/registrations");
                addresses.put("organization-locations", organization + "/locations");
                addresses.put("organization-location-new", organization + "/locations/new");
                addresses.put("organization-verification", organization + "/verification");
                page.navigate(organization + "/verification");
                addresses.put(
                        "organization-verification-rejected",
                        link(page, "section[aria-labelledby=asked] tbody tr:has(.status--bad) a"));
                addresses.put("organization-agreements", organization + "/agreements");
                page.navigate(organization + "/agreements");
                addresses.put("organization-agreement", link(page, "section[aria-labelledby=open] tbody tr a"));
                addresses.put("address-proof-gone", "/contact-address/replaced");
                var certifications = home.replace("/earnings", "/certifications");
                addresses.put("certifications", certifications);
                addresses.put("certifications-score", certifications + "/modern-work");
                addresses.put("certifications-levels", certifications + "/small-and-midmarket-cloud");
                addresses.put("certifications-simulation", certifications + "/modern-work/simulation?smb-adds=x");
                var payment = home.replace("/earnings", "/payment");
                addresses.put("payment", payment);
                addresses.put("payment-none", payment + "?q=nothing-is-called-so");
                addresses.put("payment-bank", payment + "/bank");
                addresses.put("payment-bank-fields", payment + "/bank?country=US&sheet=bank-transfer");
                page.navigate(payment);
                addresses.put("payment-profile", link(page, "section[aria-labelledby=banks] tbody tr a"));
                addresses.put("payment-change", addresses.get("payment-profile") + "/change");
                addresses.put("payment-assignment", link(page, "section[aria-labelledby=programs] tbody tr a"));
                var untaxed = link(page, "section[aria-labelledby=taxes] tbody tr a[href*='/tax/']");
                addresses.put("payment-tax", untaxed);
                addresses.put("payment-tax-fields", untaxed + "?country=FR&sheet=w8ben-e");
                var users = home.replace("/earnings", "/users");
                addresses.put("users", users);
                addresses.put("users-none", users + "?q=nobody-is-called-so");
                page.navigate(users);
                addresses.put("user-self", link(page, "tbody tr a"));
                page.navigate(users + "?role=incentives-user");
                addresses.put("user", link(page, "tbody tr a"));
                addresses.put("user-new", users + "/new");
                addresses.put("invite", users + "/invitations");
                page.navigate(users + "/groups");
                page.locator("#name").fill("Incentives team");
                page.locator("main form button").click();
                addresses.put("group", page.url());
                addresses.put("groups", users + "/groups");
                page.navigate(users + "/lists");
                page.locator("#file").setInputFiles(new FilePayload("people.csv", "text/csv", PEOPLE.getBytes(UTF_8)));
                page.locator("main form button").click();
                addresses.put("list", page.url());
                addresses.put("lists", users + "/lists");
                var signIn = home.replace("/earnings", "/sign-in");
                addresses.put("sign-in-rules", signIn);
                addresses.put("sign-in-provider", signIn + "/provider");
                nameDomains(home.replaceAll(".*/partners/(\\d+)/.*", "$1"));
                addresses.put("sign-in-provisioning", signIn + "/provisioning");
                page.navigate(signIn + "/machines");
                page.locator("#name").fill("Nightly report");
                page.locator("input[name=scopes]").first().check();
                page.locator("main form:has(#name) button").click();
                addresses.put("sign-in-machines", signIn + "/machines");
            }
            case Running.OPERATOR -> {
                for (var name : List.of("partners", "loads", "runs", "terms", "enrollments")) {
                    addresses.put("console-" + name, "/console/" + name);
                    page.navigate("/console/" + name);
                    addresses.put("console-" + name + "-one", link(page, "tbody tr a"));
                }
                page.navigate("/console/partners?q=Brisolane");
                page.navigate(link(page, "tbody tr a"));
                addresses.put("console-partner", page.url());
                addresses.put("console-partner-agreements", page.url() + "/agreements");
                page.navigate(link(page, "section[aria-labelledby=locations] tbody tr:has-text('6109911') a"));
                addresses.put("console-location", page.url());
                addresses.put("console-location-id", page.url() + "/ids");
                addresses.put("console-location-tie", page.url() + "/ties");
                addresses.put("console-location-closure", page.url() + "/closure");
                addresses.put("console-enrollments-decide", "/console/enrollments/decisions/new");
                addresses.put("console-enrollments-programs", "/console/enrollments/programs");
                addresses.put("console-verification", "/console/verification");
                page.navigate("/console/verification");
                addresses.put("console-verification-location", link(page, "tbody tr:has-text('Location') a"));
                addresses.put("console-verification-appeal", link(page, "tbody tr:has-text('Appealed') a"));
                addresses.put("console-payments", "/console/payment");
                page.navigate("/console/payment");
                addresses.put("console-payment", link(page, "form tbody tr a"));
                addresses.put("console-payments-none", "/console/payment?q=nobody-is-called-so&kind=tax");
                addresses.put("console-payments-action", "/console/payment?state=action-required");
                page.navigate(addresses.get("console-payments-action"));
                addresses.put("console-payment-name", link(page, "tbody tr a"));
                addresses.put("console-agreements", "/console/agreements");
                addresses.put("console-agreement-new", "/console/agreements/new");
                page.navigate("/console/agreements");
                addresses.put("console-agreement", link(page, "tbody tr a"));
                for (var name : List.of("certifications", "competencies", "results", "learners")) {
                    addresses.put("console-" + name, "/console/" + name);
                }
                addresses.put("console-certification", "/console/certifications/modern-work-administrator");
                addresses.put("console-certification-new", "/console/certifications/new");
                addresses.put("console-competency", "/console/competencies/modern-work/FY23");
                addresses.put("console-competency-new", "/console/competencies/new");
                addresses.put("console", "/console");
                addresses.put("console-audit", "/console/audit");
                addresses.put("console-eligibility", "/console/eligibility");
                page.navigate("/console/eligibility/csp-indirect-reseller");
                addresses.put("console-eligibility-program", page.url());
                addresses.put("eligibility", link(page, "#roll tbody tr a"));
                addresses.put("console-measures", "/console/measures");
                addresses.put("console-outbox", "/console/outbox");
                page.navigate("/console/partners");
                addresses.put(
                        "activity", "/partners/" + link(page, "tbody tr a").replaceAll("\\D+", "") + "/activity");
                addresses.put("console-running", "/console/runs/running");
                addresses.put("console-sign-in", "/console/sign-in");
                addresses.put("console-machines", "/console/machines");
                addresses.put("console-domains", "/console/domains");
                nameDomains(Running.espace()
                        .room(Partners.class)
                        .all()
                        .getFirst()
                        .id()
                        .toString());
                addresses.put("console-people", "/console/people");
                page.navigate("/console/people");
                addresses.put("console-person", link(page, "tbody tr a"));
                addresses.put("console-setup", "/console/setup");
                addresses.put("console-periods", "/console/periods");
                addresses.put("console-adjustments", "/console/adjustments");
                page.navigate("/console/terms/csp-indirect-reseller/FY27");
                page.navigate(link(page, "a[href*='/draft?']"));
                page.locator("#text").fill(page.locator("#text").inputValue().replace("rate: 3%", "rate: 4%"));
                page.locator("main form button").last().click();
                page.locator("form[action='/console/simulations'] button").click();
                addresses.put("console-simulating", "/console/simulations/running");
                addresses.put("console-simulation", link(page, "#running.notice a"));
                addresses.put("console-simulations", "/console/simulations");
                page.navigate("/console/terms/draft/impact");
                page.locator("form[action='/console/terms/draft/impact'] button")
                        .click();
                addresses.put("console-impact", link(page, "a[href*='/console/impacts/']"));
                page.navigate("/console/terms/draft?program=distributor-seats&version=FY26");
                page.locator("#text").fill(page.locator("#text").inputValue() + "surprise: yes\n");
                page.locator("main form button").click();
                addresses.put("console-draft", page.url());
            }
            case Running.NEWCOMER -> {
                var home = page.url();
                addresses.put("set-up-waiting", home);
                addresses.put("set-up-list", home.replace("/earnings", "/setup"));
                addresses.put("set-up-passwords", home.replace("/earnings", "/setup/passwords"));
            }
            default -> {
                addresses.put("sign-in", "/login");
                addresses.put("verify", "/verify");
                addresses.put("invitation-over", "/invitations/none");
                addresses.put("sign-in-failed", "/login?failed");
                addresses.put("sign-in-elsewhere", "/sign-in/provider");
                addresses.put("sign-in-not-confirmed", "/sign-in/provider/confirmation?refused=DOWN");
                addresses.put("forgotten", "/forgotten");
            }
        }
        return addresses;
    }

    /** One that is proved and one that is not, of a provider that nobody asks here. */
    private static void nameDomains(String partner) {
        var sql = Running.espace().room(DSLContext.class);
        var id = val(Integer.parseInt(partner));
        sql.execute("""
                insert into federation.provider (
                    partner_id, issuer, client_id, client_secret, enforced, creates_users, changed_at, changed_by)
                values ({0}, 'https://login.example', 'espace', 'sealed', false, true, now(), 'test')
                on conflict do nothing""", id);
        for (var name : List.of("proved-" + partner, "named-" + partner)) {
            sql.execute(
                    "insert into federation.provider_domain (partner_id, domain) values ({0}, {1}) on conflict do nothing",
                    id, val(name + ".example"));
        }
        sql.execute("""
                insert into federation.domain_proof (domain, partner_id, proved_at, proved_by)
                values ({1}, {0}, now(), 'test') on conflict do nothing""", id, val("proved-" + partner + ".example"));
    }

    private static String link(Page page, String selector) {
        return page.locator(selector).first().getAttribute("href");
    }
}
