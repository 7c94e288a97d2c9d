package org.espace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espace.e2e.Running.Guise;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in every guise: rules of accessibility, the browser's console, the width of the screen, and a picture. */
class PagesTest {

    private static final Path PICTURES = Path.of("target/screenshots");

    static Stream<Guise> guises() {
        return Stream.of("en", "fr")
                .flatMap(language -> Stream.of(false, true)
                        .flatMap(dark -> Stream.of(1440, 768, 390)
                                .filter(width -> width != 768 || (language.equals("fr") && !dark))
                                .map(width -> new Guise(language, dark, width, width == 390 ? 844 : 900))));
    }

    @ParameterizedTest
    @MethodSource("guises")
    void everyPageIsFitToBeUsedByEverybody(Guise guise) {
        var espace = Running.espace();
        espace.console.clear();
        var faults = new ArrayList<String>();
        for (var person : List.of("nobody", Running.USER, Running.OPERATOR)) {
            var page = espace.visit(guise);
            page.context().addCookies(List.of(new Cookie("language", guise.language()).setUrl(espace.url())));
            if (!person.equals("nobody")) {
                espace.signIn(page, person);
                page.context().addCookies(List.of(new Cookie("language", guise.language()).setUrl(espace.url())));
            }
            addresses(person, page).forEach((name, address) -> {
                page.navigate(address);
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(PICTURES.resolve(name + "-" + guise + ".png")));
                new AxeBuilder(page)
                        .analyze()
                        .getViolations()
                        .forEach(rule -> faults.add(name + ": " + rule.getId() + " "
                                + rule.getNodes().getFirst().getHtml()));
                if ((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0) {
                    faults.add(name + ": wider than the screen");
                }
            });
            page.context().close();
        }
        assertThat(faults).isEmpty();
        assertThat(espace.console)
                .allMatch(message -> message.contains("status of 403") || message.contains("status of 404"));
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
                addresses.put("password", "/password");
                addresses.put("right-missing", "/console");
                addresses.put("not-found", "/nothing-here");
            }
            case Running.OPERATOR -> {
                for (var name : List.of("partners", "loads", "runs", "terms")) {
                    addresses.put("console-" + name, "/console/" + name);
                    page.navigate("/console/" + name);
                    addresses.put("console-" + name + "-one", link(page, "tbody tr a"));
                }
                addresses.put("console", "/console");
            }
            default -> {
                addresses.put("sign-in", "/login");
                addresses.put("sign-in-failed", "/login?failed");
            }
        }
        return addresses;
    }

    private static String link(Page page, String selector) {
        return page.locator(selector).first().getAttribute("href");
    }
}
