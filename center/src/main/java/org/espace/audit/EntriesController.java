package org.espace.audit;

import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The book, as the vendor sees it, and what of it concerns one organization. */
@Controller
class EntriesController {

    private static final String AUDIT = "/console/audit";
    private static final String ACTIVITY = "/partners/{partner}/activity";
    private static final int PAGE_SIZE = 50;

    private final Entries entries;
    private final Partners partners;
    private final Clock clock;

    EntriesController(Entries entries, Partners partners, Clock clock) {
        this.entries = entries;
        this.partners = partners;
        this.clock = clock;
    }

    @GetMapping(AUDIT)
    @Needs(Right.SEE_AUDIT)
    ModelAndView everybodys(@RequestParam Map<String, String> typed) {
        return page(query(AUDIT, typed), null);
    }

    @GetMapping(AUDIT + ".csv")
    @Needs(Right.SEE_AUDIT)
    void everybodysCsv(@RequestParam Map<String, String> typed, Locale locale, HttpServletResponse response)
            throws IOException {
        export(query(AUDIT, typed), null, "audit", locale, response);
    }

    @GetMapping(ACTIVITY)
    @Needs(Right.SEE_ACTIVITY)
    ModelAndView ofPartner(@PathVariable PartnerId partner, @RequestParam Map<String, String> typed) {
        return page(query(path(partner), typed), partners.partner(partner));
    }

    @GetMapping(ACTIVITY + ".csv")
    @Needs(Right.SEE_ACTIVITY)
    void ofPartnerCsv(
            @PathVariable PartnerId partner,
            @RequestParam Map<String, String> typed,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        export(query(path(partner), typed), partners.partner(partner), "activity", locale, response);
    }

    private static String path(PartnerId partner) {
        return "/partners/" + partner + "/activity";
    }

    private EntriesQuery query(String path, Map<String, String> typed) {
        return new EntriesQuery(path, LocalDate.now(clock.withZone(ZoneId.systemDefault())), typed);
    }

    private ModelAndView page(EntriesQuery query, @Nullable Partner own) {
        var filter = filter(query, own);
        var count = filter.map(entries::count).orElse(0);
        var pages = Math.max(1, (count + PAGE_SIZE - 1) / PAGE_SIZE);
        var links = filter.map(found -> entries.page(found, Math.min(query.page(), pages - 1), PAGE_SIZE))
                .orElse(List.of());
        var view = new EntriesView(
                query,
                links,
                count,
                pages,
                entries.actions(own == null ? null : own.id()),
                own == null ? organizations(links) : Map.of(),
                own == null);
        var page = new ModelAndView("audit/entries", Map.of("view", view));
        if (query.fault() != null) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    /** An organization that nobody knows has done nothing. */
    private Optional<EntryFilter> filter(EntriesQuery query, @Nullable Partner own) {
        if (own != null) {
            return query.filter(own.id(), clock.getZone());
        }
        var wanted = query.field("organization");
        if (wanted.isEmpty()) {
            return query.filter(null, clock.getZone());
        }
        return partners.find(wanted).flatMap(partner -> query.filter(partner.id(), clock.getZone()));
    }

    private Map<Integer, String> organizations(List<Link> links) {
        return links.stream()
                .map(link -> link.entry().partner())
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(partner -> partners.find(new PartnerId(partner)).stream())
                .collect(toMap(partner -> partner.id().value(), Partner::name));
    }

    private void export(
            EntriesQuery query, @Nullable Partner own, String name, Locale locale, HttpServletResponse response)
            throws IOException {
        var filter = filter(query, own).orElseThrow(() -> new NothingToExport(query.field("organization")));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        var messages = Messages.in(locale);
        var csv = new SpreadsheetCsv(response.getOutputStream());
        csv.write(EntryCells.heads(messages));
        try {
            var names = new HashMap<Integer, String>();
            entries.each(filter, link -> write(csv, EntryCells.of(link, name(link.entry(), names), messages)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
    }

    private @Nullable String name(Entry entry, Map<Integer, String> known) {
        return entry.partner() == null
                ? null
                : known.computeIfAbsent(
                        entry.partner(),
                        id -> partners.find(new PartnerId(id))
                                .map(Partner::name)
                                .orElseGet(id::toString));
    }

    private static void write(SpreadsheetCsv csv, String[] cells) {
        try {
            csv.write(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
