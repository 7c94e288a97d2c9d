package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.espace.partners.PartnerId;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Many users at once, from a file: first it is checked, then saved, then its passwords are handed out. */
@Controller
@Needs(Right.MANAGE_USERS)
class RostersController {

    private static final String ALL = "/partners/{partner}/users/lists";
    private static final String ONE = ALL + "/{roster}";
    private static final int SHOWN = 100;
    private static final int AT_ONCE = 1_000;

    private final UserPages pages;
    private final Rosters rosters;

    RostersController(UserPages pages, Rosters rosters) {
        this.pages = pages;
        this.rosters = rosters;
    }

    @GetMapping(ALL)
    ModelAndView all(@PathVariable PartnerId partner, HttpServletRequest request) {
        return all(partner, null, request);
    }

    @PostMapping(ALL)
    ModelAndView validate(
            @PathVariable PartnerId partner,
            @RequestParam(required = false) @Nullable MultipartFile file,
            HttpServletRequest request)
            throws IOException {
        try {
            var bytes = file == null ? new byte[0] : file.getBytes();
            var roster = rosters.validate(
                    partner, name(file), bytes, Access.user(request).orElseThrow());
            return new ModelAndView("redirect:" + path(roster));
        } catch (RosterFileRefused refused) {
            var page = all(partner, refused, request);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    private ModelAndView all(PartnerId partner, @Nullable RosterFileRefused refused, HttpServletRequest request) {
        var model = new HashMap<String, Object>();
        model.put("desk", Desk.of(partner));
        model.put("rosters", rosters.all(partner));
        model.put("roles", Access.user(request).orElseThrow().grantable(partner));
        if (refused != null) {
            model.put("refused", refused);
        }
        return new ModelAndView("access/rosters", model);
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable PartnerId partner, @PathVariable int roster, Locale locale) {
        var found = rosters.roster(partner, roster);
        var model = new HashMap<String, Object>();
        model.put("desk", Desk.of(partner));
        model.put("roster", found);
        model.put("places", pages.places(partner, locale));
        model.put("rows", found.savedAt() == null ? rosters.rows(found, 0, SHOWN) : List.of());
        model.put("faults", found.savedAt() == null ? rosters.faults(found, 0, SHOWN) : List.of());
        model.put("allFaults", rosters.countFaults(found));
        return new ModelAndView("access/roster", model);
    }

    @PostMapping(ONE + "/saving")
    String save(@PathVariable PartnerId partner, @PathVariable int roster, HttpServletRequest request) {
        var found = rosters.roster(partner, roster);
        rosters.save(found, Handing.FILE, Access.user(request).orElseThrow());
        return "redirect:" + path(found);
    }

    /** What is wrong, row by row, to be corrected and sent again. */
    @GetMapping(ONE + "/faults.csv")
    void faults(@PathVariable PartnerId partner, @PathVariable int roster, Locale locale, HttpServletResponse response)
            throws IOException {
        var found = rosters.roster(partner, roster);
        var words = Messages.in(locale);
        var csv = UserPages.csv(response, "faults-" + found.id() + ".csv");
        csv.write(
                words.text("roster.row"),
                words.text("roster.column"),
                words.text("roster.value"),
                words.text("roster.code"),
                words.text("roster.fault"),
                words.text("roster.hint"));
        for (var offset = 0; ; offset += AT_ONCE) {
            var some = rosters.faults(found, offset, AT_ONCE);
            for (var fault : some) {
                csv.write(
                        Integer.toString(fault.number()),
                        fault.field(),
                        fault.value(),
                        fault.code().name(),
                        words.text("roster.fault." + fault.code()),
                        words.text("roster.fault." + fault.code() + ".hint"));
            }
            if (some.size() < AT_ONCE) {
                break;
            }
        }
        csv.flush();
    }

    /** What has become of each row; the first time with the temporary passwords, which nobody sees again. */
    @PostMapping(ONE + "/log.csv")
    void log(
            @PathVariable PartnerId partner,
            @PathVariable int roster,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale)
            throws IOException {
        var found = rosters.roster(partner, roster);
        var all = rosters.handOut(found, Access.user(request).orElseThrow().email());
        var words = Messages.in(locale);
        var csv = UserPages.csv(response, "users-" + found.id() + ".csv");
        csv.write(
                words.text("roster.row"),
                words.text("users.email"),
                words.text("users.name"),
                words.text("roster.outcome"),
                words.text("users.temporary"),
                words.text("users.temporary.until"));
        for (var handed : all) {
            var temporary = handed.temporary();
            csv.write(
                    Integer.toString(handed.row().number()),
                    handed.row().email().value(),
                    handed.row().name(),
                    handed.outcome().isEmpty() ? "" : words.text("roster.outcome." + handed.outcome()),
                    temporary == null ? "" : temporary.password(),
                    temporary == null ? "" : temporary.expires().toString());
        }
        csv.flush();
    }

    private static String path(Roster roster) {
        return Desk.of(roster.partner()).path() + "/lists/" + roster.id();
    }

    /** Shown, never opened: without a path before it and of a length that fits. */
    private static String name(@Nullable MultipartFile file) {
        var given = file == null || file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        var name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return name.isEmpty() ? "users.csv" : name.substring(0, Math.min(name.length(), 200));
    }
}
