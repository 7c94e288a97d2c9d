package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        assertThat(found).containsExactlyEntriesOf(reviewed());
    }

    /** One column for each person below, in that order. */
    private String answers(HttpMethod method, String pattern) {
        var answers = new ArrayList<String>();
        people().forEach((person, user) -> answers.add(answer(method, pattern, user)));
        return String.join(" | ", answers);
    }

    private static Map<String, @Nullable SignedIn> people() {
        var people = new LinkedHashMap<String, @Nullable SignedIn>();
        people.put("anonymous", null);
        people.put("temporary password", person(true, Grant.at(OWN, Role.INCENTIVES_ADMINISTRATOR)));
        people.put("no role", person(false));
        people.put("incentives user", person(false, Grant.at(OWN, Role.INCENTIVES_USER)));
        people.put("incentives administrator", person(false, Grant.at(OWN, Role.INCENTIVES_ADMINISTRATOR)));
        people.put("another partner's", person(false, Grant.at(ANOTHER, Role.INCENTIVES_ADMINISTRATOR)));
        people.put("vendor operator", person(false, Grant.atVendor()));
        return people;
    }

    private String answer(HttpMethod method, String pattern, @Nullable SignedIn user) {
        var request = web.method(method)
                .uri(pattern.replace("{partner}", OWN.toString()).replaceAll("\\{[^}]+}", "1"))
                .with(csrf());
        if (user != null) {
            request = request.with(
                    authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())));
        }
        return word(request.exchange());
    }

    private static String word(MvcTestResult result) {
        var response = result.getResponse();
        var target = response.getRedirectedUrl();
        if (response.getStatus() == 403) {
            return "no";
        }
        if (target != null && target.startsWith("/login?")) {
            return "sign in";
        }
        return "/password".equals(target) ? "password" : "yes";
    }

    private static SignedIn person(boolean temporaryPassword, Grant... grants) {
        return new SignedIn("routes@example.com", "Routes", null, temporaryPassword, List.of(grants));
    }

    private static List<HttpMethod> methods(RequestMappingInfo route) {
        var methods = route.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of(HttpMethod.GET)
                : methods.stream().map(RequestMethod::asHttpMethod).toList();
    }

    private static Map<String, String> reviewed() throws IOException {
        var reviewed = new TreeMap<String, String>();
        for (var line : Files.readAllLines(REVIEWED)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var cells = line.split("\\s*\\|\\s*", 2);
                reviewed.put(cells[0].strip(), cells[1].strip().replaceAll("\\s*\\|\\s*", " | "));
            }
        }
        return reviewed;
    }
}
