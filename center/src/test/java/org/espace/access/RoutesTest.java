package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route of the running application, tried by everybody, against the list that was reviewed. */
@RoomTest
class RoutesTest {

    private static final Path REVIEWED = Path.of("src/test/resources/org/espace/access/routes.txt");

    /** What was found, in the form of the reviewed list: to look at, and to take over what is meant. */
    private static final Path FOUND = Path.of("target/routes.txt");

    /** The number of nothing at all, so that no row of another test decides. */
    private static final String NOTHING = "987654321";

    private static final PartnerId OWN = new PartnerId(1);
    private static final PartnerId ANOTHER = new PartnerId(2);

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired
    MockMvcTester web;

    @Test
    void everyRouteOpensToWhomTheReviewedListSays() throws IOException {
        var found = new TreeMap<String, String>();
        for (var route : routes.getHandlerMethods().keySet()) {
            for (var pattern : route.getPatternValues()) {
                for (var method : methods(route)) {
                    found.put(method + " " + pattern, answers(method, pattern));
                }
            }
        }
        Files.writeString(FOUND, written(found));
        System.out.printf(
                "matrix: %d routes x %d people = %d cells%n",
                found.size(), people().size(), found.size() * people().size());
        assertThat(String.join(" | ", people().keySet())).isEqualTo(columns());
        assertThat(found).containsExactlyEntriesOf(reviewed());
    }

    /** One column for each person below, in that order. */
    private String answers(HttpMethod method, String pattern) {
        var answers = new ArrayList<String>();
        people().forEach((person, user) -> answers.add(answer(method, pattern, user)));
        return String.join(" ", answers);
    }

    /** Everybody without a role, then each role in its own organization, then a whole other organization. */
    private static Map<String, @Nullable SignedIn> people() {
        var people = new LinkedHashMap<String, @Nullable SignedIn>();
        people.put("anonymous", null);
        for (var step : NextStep.values()) {
            people.put(step.name(), person(step, Grant.at(OWN, Role.GLOBAL_ADMINISTRATOR)));
        }
        people.put("no role", person(null));
        for (var role : Role.values()) {
            people.put(role.code(), person(null, role.atVendor() ? Grant.atVendor(role) : Grant.at(OWN, role)));
        }
        people.put(
                "another partner's",
                person(
                        null,
                        Arrays.stream(Role.values())
                                .filter(role -> !role.atVendor())
                                .map(role -> Grant.at(ANOTHER, role))
                                .toArray(Grant[]::new)));
        return people;
    }

    private String answer(HttpMethod method, String pattern, @Nullable SignedIn user) {
        var request = web.method(method)
                .uri(pattern.replace("{partner}", OWN.toString()).replaceAll("\\{[^}]+}", NOTHING))
                .with(csrf());
        if (user != null) {
            request = request.with(
                    authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())));
        }
        return word(request.exchange());
    }

    /** y: it opens; n: refused; s: to the sign-in page; o: to the step that they owe; t: asked for a machine's token. */
    private static String word(MvcTestResult result) {
        var response = result.getResponse();
        var target = response.getRedirectedUrl();
        if (response.getStatus() == 403 || response.getStatus() == 401) {
            return "n";
        }
        if (response.getStatus() == 401) {
            return "t";
        }
        if (target != null && target.startsWith("/login?")) {
            return "s";
        }
        return Arrays.stream(NextStep.values()).anyMatch(step -> step.path().equals(target)) ? "o" : "y";
    }

    private static SignedIn person(@Nullable NextStep owes, Grant... grants) {
        var organization = Arrays.stream(grants)
                .flatMap(grant -> Stream.ofNullable(grant.partner()))
                .findFirst();
        return new SignedIn(
                new UserId(1), "routes@example.com", "Routes", null, organization.orElse(null), owes, List.of(grants));
    }

    private static List<HttpMethod> methods(RequestMappingInfo route) {
        var methods = route.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of(HttpMethod.GET)
                : methods.stream().map(RequestMethod::asHttpMethod).toList();
    }

    private static String written(Map<String, String> found) {
        var widest = found.keySet().stream().mapToInt(String::length).max().orElse(0);
        return found.entrySet().stream()
                .map(route ->
                        route.getKey() + " ".repeat(widest - route.getKey().length()) + " | " + route.getValue() + "\n")
                .collect(Collectors.joining("", "# columns: " + String.join(" | ", people().keySet()) + "\n", ""));
    }

    /** The heading of the list, which names its columns. */
    private static String columns() throws IOException {
        return Files.readAllLines(REVIEWED).stream()
                .filter(line -> line.startsWith("# columns: "))
                .map(line -> line.substring("# columns: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> reviewed() throws IOException {
        var reviewed = new TreeMap<String, String>();
        for (var line : Files.readAllLines(REVIEWED)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var cells = line.split("\\s*\\|\\s*", 2);
                reviewed.put(cells[0].strip(), cells[1].strip().replaceAll("\\s+", " "));
            }
        }
        return reviewed;
    }
}
