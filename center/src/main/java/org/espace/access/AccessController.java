package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.espace.access.MyAccess.Lacking;
import org.espace.access.MyAccess.Person;
import org.espace.partners.PartnerId;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** What I may do, what I lack, and who can grant it. */
@Controller
@Needs(Right.GO_HOME)
class AccessController {

    private static final int NAMED = 5;

    /** Steps of signing in, which nobody grants. */
    private static final Set<Right> EVERYBODYS = Set.of(
            Right.ENTER, Right.CHOOSE_PASSWORD, Right.GIVE_SECOND_FACTOR, Right.SET_UP_SECOND_FACTOR, Right.GO_HOME);

    private final UserPages pages;
    private final Administration administration;

    AccessController(UserPages pages, Administration administration) {
        this.pages = pages;
        this.administration = administration;
    }

    @GetMapping("/access")
    ModelAndView mine(HttpServletRequest request, Locale locale) {
        var user = Access.user(request).orElseThrow();
        var organization = user.partner().orElse(null);
        var held = new ArrayList<Right>();
        var lacking = new ArrayList<Lacking>();
        var known = new EnumMap<Role, List<Person>>(Role.class);
        for (var right : Right.values()) {
            if (EVERYBODYS.contains(right)) {
                continue;
            }
            if (user.may(right)) {
                held.add(right);
            } else {
                var roles = giving(right, organization);
                if (!roles.isEmpty()) {
                    lacking.add(new Lacking(right, roles, granting(roles.getFirst(), organization, known)));
                }
            }
        }
        var access = new MyAccess(user, user.grants(), pages.places(organization, locale), held, lacking);
        return new ModelAndView("access/myAccess", Map.of("access", access));
    }

    /** The roles of an organization of that kind that give the right, those that give the least first. */
    private static List<Role> giving(Right right, @Nullable PartnerId organization) {
        return Arrays.stream(Role.values())
                .filter(role -> role.atVendor() == (organization == null) && role.gives(right))
                .sorted(Comparator.comparingLong(AccessController::breadth))
                .toList();
    }

    private static long breadth(Role role) {
        return Arrays.stream(Right.values()).filter(role::gives).count();
    }

    private List<Person> granting(Role role, @Nullable PartnerId organization, Map<Role, List<Person>> known) {
        return known.computeIfAbsent(
                role,
                one -> administration.whoCanGrant(organization, one).stream()
                        .limit(NAMED)
                        .map(user -> new Person(user.name(), user.email()))
                        .toList());
    }
}
