package org.espace.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import org.espace.access.Access;
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
        if (user.may(Right.OPERATE)) {
            return "redirect:/console";
        }
        return user.partner()
                .map(partner -> "redirect:/partners/" + partner + "/earnings")
                .orElse("dashboard/noRole");
    }
}
