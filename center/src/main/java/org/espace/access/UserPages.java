package org.espace.access;

import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.Messages;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The pages on which users are administered; a partner's and the vendor's are the same. */
@Component
class UserPages {

    private static final int AT_ONCE = 1_000;

    private final Administration administration;
    private final Users users;
    private final Directory directory;
    private final Groups groups;
    private final Invitations invitations;
    private final Partners partners;
    private final Programs programs;

    UserPages(
            Administration administration,
            Users users,
            Directory directory,
            Groups groups,
            Invitations invitations,
            Partners partners,
            Programs programs) {
        this.administration = administration;
        this.users = users;
        this.directory = directory;
        this.groups = groups;
        this.invitations = invitations;
        this.partners = partners;
        this.programs = programs;
    }

    ModelAndView list(Desk desk, Map<String, String> asked, Locale locale) {
        var query = query(desk, asked);
        var total = directory.howMany(query);
        var pages = Math.max(1, (total + Found.PAGE_SIZE - 1) / Found.PAGE_SIZE);
        var number = Math.clamp(number(asked.getOrDefault("page", "1")), 1, pages);
        var found = new Found(
                desk,
                query.text(),
                query.role(),
                query.state(),
                directory.find(query, (number - 1) * Found.PAGE_SIZE, Found.PAGE_SIZE),
                total,
                number,
                directory.states(desk.organization()),
                directory
                        .holders(desk.organization(), Set.of(keeper(desk)), Found.PAGE_SIZE)
                        .size());
        var model = new HashMap<String, Object>();
        model.put("found", found);
        model.put("places", places(desk.organization(), locale));
        model.put("invitations", desk.organization() == null ? List.of() : invitations.pending(desk.organization()));
        return new ModelAndView("access/users", model);
    }

    /** What the list shows, of all its pages. */
    void export(Desk desk, Map<String, String> asked, Locale locale, HttpServletResponse response) throws IOException {
        var query = query(desk, asked);
        var words = Messages.in(locale);
        var places = places(desk.organization(), locale);
        var csv = csv(response, "users.csv");
        csv.write(
                words.text("users.email"),
                words.text("users.name"),
                words.text("users.roles"),
                words.text("users.state"),
                words.text("users.language"),
                words.text("users.since"));
        for (var offset = 0; ; offset += AT_ONCE) {
            var some = directory.find(query, offset, AT_ONCE);
            for (var user : some) {
                csv.write(
                        user.email().value(),
                        user.name(),
                        Stream.concat(user.grants().stream(), user.groupGrants().stream())
                                .distinct()
                                .map(grant -> words(words, places, grant))
                                .collect(Collectors.joining("; ")),
                        words.text("users.state." + user.state()),
                        user.language() == null ? "" : user.language(),
                        user.since().toString());
            }
            if (some.size() < AT_ONCE) {
                break;
            }
        }
        csv.flush();
    }

    static SpreadsheetCsv csv(HttpServletResponse response, String name) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
        return new SpreadsheetCsv(response.getOutputStream());
    }

    static String words(Messages words, Places places, Grant grant) {
        var where = places.where(grant);
        var role = words.text("role." + grant.role().code());
        return where.isEmpty() ? role : role + " (" + where + ")";
    }

    ModelAndView form(Desk desk, Typed typed, Map<String, String> faults, SignedIn by, Locale locale) {
        var model = new HashMap<String, Object>();
        model.put("desk", desk);
        model.put("typed", typed);
        model.put("faults", faults);
        model.put("roles", by.grantable(desk.organization()));
        model.put("places", places(desk.organization(), locale));
        return page("access/newUser", model, faults);
    }

    /** The temporary password is on the page that answers, and nowhere else. */
    ModelAndView create(Desk desk, Typed typed, SignedIn by, Locale locale, HttpServletResponse response) {
        var form = new UserForm(typed);
        var email = form.email();
        var name = form.name();
        var wanted = form.roles(places(desk.organization(), locale), true);
        if (!form.isFaulty()) {
            try {
                var temporary = administration.create(
                        desk.organization(),
                        email.orElseThrow(),
                        name.orElseThrow(),
                        form.language(),
                        wanted.grants(desk.organization()),
                        by);
                return temporaryPassword(desk, temporary, true, response);
            } catch (UserExists e) {
                form.fault("email", "users.fault.taken");
            } catch (EmailAddressRefused e) {
                form.fault("email", "address." + e.code());
            }
        }
        return form(desk, typed, form.faults(), by, locale);
    }

    ModelAndView firstForm(Desk desk, Typed typed, Map<String, String> faults) {
        var model = new HashMap<String, Object>();
        model.put("desk", desk);
        model.put("typed", typed);
        model.put("faults", faults);
        return page("access/firstAdministrator", model, faults);
    }

    ModelAndView createFirst(Desk desk, Typed typed, SignedIn by, HttpServletResponse response) {
        var form = new UserForm(typed);
        var email = form.email();
        var name = form.name();
        if (!form.isFaulty()) {
            try {
                return temporaryPassword(
                        desk,
                        administration.createFirstAdministrator(
                                desk.partner(), email.orElseThrow(), name.orElseThrow(), by),
                        true,
                        response);
            } catch (UserExists e) {
                form.fault("email", "users.fault.not-first");
            } catch (EmailAddressRefused e) {
                form.fault("email", "address." + e.code());
            }
        }
        return firstForm(desk, typed, form.faults());
    }

    ModelAndView one(Desk desk, User user, Typed typed, Map<String, String> faults, SignedIn by, Locale locale) {
        var model = new HashMap<String, Object>();
        model.put("desk", desk);
        model.put("user", user);
        model.put("typed", typed);
        model.put("faults", faults);
        model.put("self", by.id().equals(user.id()));
        model.put("mayChange", Administration.mayChange(by, user));
        model.put("roles", by.grantable(desk.organization()));
        model.put("places", places(desk.organization(), locale));
        model.put("lastSeen", users.lastSeen(user));
        model.put("groups", desk.organization() == null ? List.of() : groups.of(desk.organization(), user.id()));
        return page("access/user", model, faults);
    }

    ModelAndView setProfile(Desk desk, User user, Typed typed, SignedIn by, Locale locale) {
        var name = PersonName.find(typed.text("name"), "");
        if (name.isEmpty()) {
            return one(desk, user, typed, Map.of("name", "users.fault.name"), by, locale);
        }
        administration.setProfile(user, name.get(), new UserForm(typed).language(), by);
        return back(desk, user);
    }

    ModelAndView grant(Desk desk, User user, Typed typed, SignedIn by, Locale locale) {
        var form = new UserForm(typed);
        var wanted = form.roles(places(desk.organization(), locale), true);
        if (form.isFaulty()) {
            return one(desk, user, typed, form.faults(), by, locale);
        }
        administration.grant(user, wanted.grants(desk.organization()), by);
        return back(desk, user);
    }

    ModelAndView revoke(Desk desk, User user, Typed typed, SignedIn by) {
        grant(user.grants(), typed).ifPresent(grant -> administration.revoke(user, grant, by));
        return by.id().equals(user.id()) ? new ModelAndView("redirect:/") : back(desk, user);
    }

    /** The one of the grants that a button stands for. */
    static Optional<Grant> grant(List<Grant> grants, Typed typed) {
        return grants.stream()
                .filter(grant -> grant.role().code().equals(typed.text("role"))
                        && String.valueOf(grant.location() == null ? "" : grant.location())
                                .equals(typed.text("location"))
                        && (grant.program() == null ? "" : grant.program()).equals(typed.text("program")))
                .findFirst();
    }

    ModelAndView resetPassword(Desk desk, User user, SignedIn by, HttpServletResponse response) {
        return temporaryPassword(desk, administration.resetPassword(user, by), false, response);
    }

    ModelAndView close(Desk desk, User user, Closing how, SignedIn by) {
        administration.close(user, how, by);
        return how == Closing.REMOVED_FROM_ORGANIZATION
                ? new ModelAndView("redirect:" + desk.path())
                : back(desk, user);
    }

    ModelAndView reopen(Desk desk, User user, SignedIn by) {
        administration.reopen(user, by);
        return back(desk, user);
    }

    ModelAndView endSessions(Desk desk, User user, SignedIn by) {
        administration.endSessions(user, by);
        return back(desk, user);
    }

    Places places(@Nullable PartnerId organization, Locale locale) {
        return organization == null
                ? new Places(Map.of(), Map.of())
                : Places.of(organization, partners, programs, locale);
    }

    private static ModelAndView back(Desk desk, User user) {
        return new ModelAndView("redirect:" + desk.path() + "/" + user.id());
    }

    private static ModelAndView temporaryPassword(
            Desk desk, TemporaryPassword temporary, boolean created, HttpServletResponse response) {
        response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
        return new ModelAndView(
                "access/temporaryPassword", Map.of("desk", desk, "temporary", temporary, "created", created));
    }

    static ModelAndView page(String name, Map<String, Object> model, Map<String, String> faults) {
        var page = new ModelAndView(name, model);
        if (!faults.isEmpty()) {
            page.setStatus(UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    private static Role keeper(Desk desk) {
        return desk.organization() == null ? Role.OPERATOR : Role.GLOBAL_ADMINISTRATOR;
    }

    /** What cannot be looked for is not looked for. */
    private static Directory.Query query(Desk desk, Map<String, String> asked) {
        var state = asked.getOrDefault("state", "");
        return new Directory.Query(
                desk.organization(),
                asked.getOrDefault("q", "").strip(),
                Role.find(asked.getOrDefault("role", "")).orElse(null),
                Stream.of(User.State.values())
                        .filter(one -> one.code().equals(state))
                        .findFirst()
                        .orElse(null));
    }

    static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 1;
    }
}
