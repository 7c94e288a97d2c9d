package org.espace.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.partners.PartnerId;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Leads everybody to the page that they work on. */
@Controller
class HomeController {

    @GetMapping("/")
    @Needs(Right.GO_HOME)
    String home(HttpServletRequest request) {
        var user = Access.user(request).orElseThrow();
        if (user.may(Right.SEE_CONSOLE)) {
            return "redirect:/console";
        }
        return user.partner().flatMap(partner -> first(user, partner)).orElse("dashboard/noRole");
    }

    private static Optional<String> first(SignedIn user, PartnerId partner) {
        return Stream.of(
                        Map.entry(Right.SEE_EARNINGS, "/earnings"),
                        Map.entry(Right.MANAGE_USERS, "/users"),
                        Map.entry(Right.SEE_PROGRAMS, "/terms"),
                        Map.entry(Right.SEE_ORGANIZATION, "/organization"))
                .filter(page -> user.may(page.getKey(), partner))
                .map(page -> "redirect:/partners/" + partner + page.getValue())
                .findFirst();
    }
}
