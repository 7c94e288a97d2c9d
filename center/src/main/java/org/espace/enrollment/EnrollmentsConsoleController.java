package org.espace.enrollment;

import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.espace.partners.Location;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** All invitations and enrollments, and what the vendor says of its programs. */
@Controller
@Needs(Right.SEE_CONSOLE)
class EnrollmentsConsoleController {

    private static final String PAGE = EnrollmentsQuery.PATH;
    private static final String PROGRAMS = PAGE + "/programs";
    private static final int PAGE_SIZE = 50;
    private static final int AT_ONCE = 1_000;
    private static final int MOST_PARTNERS = 500;

    private final MembershipStore store;
    private final Candidates candidates;
    private final Decisions decisions;
    private final Offers offers;
    private final Partners partners;
    private final Clock clock;

    EnrollmentsConsoleController(
            MembershipStore store,
            Candidates candidates,
            Decisions decisions,
            Offers offers,
            Partners partners,
            Clock clock) {
        this.store = store;
        this.candidates = candidates;
        this.decisions = decisions;
        this.offers = offers;
        this.partners = partners;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    ModelAndView all(
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int page,
            Locale locale) {
        var query = new EnrollmentsQuery(program, stage, q.strip(), Math.max(0, page));
        var of = named(query);
        var found = store.size(wanted(query), query.wanted().orElse(null), of);
        var pages = Math.max(1, (found + PAGE_SIZE - 1) / PAGE_SIZE);
        var number = Math.min(query.page(), pages - 1);
        return new ModelAndView(
                "console/enrollments",
                Map.of(
                        "query",
                        query,
                        "names",
                        names(locale),
                        "counts",
                        store.counts(),
                        "rows",
                        rows(query, of, number * PAGE_SIZE, PAGE_SIZE),
                        "found",
                        found,
                        "number",
                        number,
                        "pages",
                        pages,
                        "decisions",
                        decisions.recent()));
    }

    @GetMapping(PAGE + ".csv")
    void csv(
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String q,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var query = new EnrollmentsQuery(program, stage, q.strip(), 0);
        var of = named(query);
        var words = Messages.in(locale);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"enrollments.csv\"");
        response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
        var csv = new SpreadsheetCsv(response.getOutputStream());
        csv.write(Stream.of(
                        "partner",
                        "location",
                        "number",
                        "program",
                        "year",
                        "stage",
                        "status",
                        "day",
                        "reason",
                        "at",
                        "by")
                .map(column -> words.text("enrollment.column." + column))
                .toArray(String[]::new));
        for (var offset = 0; ; offset += AT_ONCE) {
            var some = rows(query, of, offset, AT_ONCE);
            for (var row : some) {
                var last = row.membership().last();
                csv.write(
                        row.partner().name(),
                        row.candidate().location().name(),
                        row.candidate().location().number(),
                        last.program(),
                        last.year().toString(),
                        words.text(
                                "enrollment.stage." + row.membership().stage().code()),
                        words.text("enrollment.status."
                                + row.candidate().position(true).status()),
                        last.day().toString(),
                        Objects.requireNonNullElse(last.note(), Objects.requireNonNullElse(last.reason(), "")),
                        last.at().toString(),
                        last.by());
            }
            if (some.size() < AT_ONCE) {
                break;
            }
        }
        csv.flush();
    }

    private static @Nullable String wanted(EnrollmentsQuery query) {
        return query.program().isEmpty() ? null : query.program();
    }

    /** Null where nothing is looked for. */
    private @Nullable Collection<PartnerId> named(EnrollmentsQuery query) {
        if (query.text().isEmpty()) {
            return null;
        }
        return Stream.concat(
                        partners.search(query.text(), MOST_PARTNERS).stream().map(Partner::id),
                        partners.findLocation(query.text()).stream().map(Location::partner))
                .distinct()
                .toList();
    }

    private List<MembershipRow> rows(EnrollmentsQuery query, @Nullable Collection<PartnerId> of, int offset, int most) {
        var memberships = store.page(wanted(query), query.wanted().orElse(null), of, offset, most);
        var locations = partners.locations(
                memberships.stream().map(Membership::location).distinct().toList());
        var companies = partners
                .partners(locations.stream().map(Location::partner).distinct().toList())
                .stream()
                .collect(toMap(Partner::id, partner -> partner));
        var known = candidates.of(locations).stream().collect(toMap(Candidate::key, candidate -> candidate));
        return memberships.stream()
                .filter(membership -> known.containsKey(membership.key()))
                .map(membership -> new MembershipRow(
                        membership,
                        Objects.requireNonNull(known.get(membership.key())),
                        Objects.requireNonNull(companies.get(membership.partner()))))
                .toList();
    }

    private Map<String, String> names(Locale locale) {
        var names = new LinkedHashMap<String, String>();
        offers.on(LocalDate.now(clock))
                .forEach((program, offer) ->
                        names.put(program, offer.terms().name().in(locale)));
        return names;
    }

    @GetMapping(PROGRAMS)
    ModelAndView programs(Locale locale) {
        return programs(Form.EMPTY, locale);
    }

    @PostMapping(PROGRAMS)
    @Needs(Right.DECIDE_ENROLLMENTS)
    ModelAndView say(@RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            offers.say(typed, user.getName());
            return new ModelAndView("redirect:" + PROGRAMS);
        } catch (FormRefused refused) {
            return programs(Form.refused(typed, refused), locale);
        }
    }

    private ModelAndView programs(Form form, Locale locale) {
        var words = Messages.in(locale);
        var names = names(locale);
        var choices = new LinkedHashMap<>(Map.of("", words.text("enrollment.say.choose")));
        var kinds = new LinkedHashMap<>(choices);
        choices.putAll(names);
        Arrays.stream(Word.Kind.values())
                .forEach(kind -> kinds.put(kind.code(), words.text("enrollment.say." + kind.code())));
        return form.on(
                "console/enrollmentPrograms",
                Map.of(
                        "offers", List.copyOf(offers.on(LocalDate.now(clock)).values()),
                        "words", offers.words(),
                        "names", names,
                        "choices", choices,
                        "kinds", kinds));
    }
}
