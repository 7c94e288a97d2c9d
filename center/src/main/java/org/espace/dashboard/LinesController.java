package org.espace.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.espace.dashboard.LinesView.Chip;
import org.espace.dashboard.LinesView.Choice;
import org.espace.dashboard.LinesView.Option;
import org.espace.earnings.Dimension;
import org.espace.earnings.EarningLine;
import org.espace.earnings.EarningTotal;
import org.espace.earnings.Earnings;
import org.espace.earnings.EarningsFilter;
import org.espace.earnings.LineExplained;
import org.espace.earnings.SalesTotal;
import org.espace.earnings.Visible;
import org.espace.earnings.Zero;
import org.espace.engine.Reason;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.Formats;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The lines under a figure, and the reason for each. */
@Controller
@Needs(Right.SEE_EARNINGS)
class LinesController {

    private static final List<Reason> PAID = List.of(Reason.EARNED, Reason.TIER_REACHED, Reason.CAP_LIMITED);

    private static final int LEVERS_TOLD = 3;

    private final Earnings earnings;
    private final Partners partners;
    private final Programs programs;

    LinesController(Earnings earnings, Partners partners, Programs programs) {
        this.earnings = earnings;
        this.partners = partners;
        this.programs = programs;
    }

    @GetMapping("/partners/{partner}/earnings/lines")
    ModelAndView lines(Visible visible, @RequestParam Map<String, String> parts, Locale locale) {
        var partner = partners.partner(visible.partner()).id();
        var query = new LinesQuery(partner, parts);
        var page = earnings.lines(query.filter(visible), query.order());
        var names = ProgramNames.of(programs.all(), locale);
        var view = new LinesView(
                query,
                choices(visible, names),
                chips(query, page.lines(), names),
                page.lines().stream().map(line -> row(partner, line, names)).toList(),
                page.count(),
                page.totals(),
                page.totals().size() == 1
                        ? page.totals().getFirst().amount().currency().getCurrencyCode()
                        : null);
        return new ModelAndView("dashboard/lines", Map.of("view", view));
    }

    @GetMapping("/partners/{partner}/earnings/lines.csv")
    void export(Visible visible, @RequestParam Map<String, String> parts, HttpServletResponse response)
            throws IOException {
        var partner = partners.partner(visible.partner());
        var name = "earnings-" + partner.number().replaceAll("[^A-Za-z0-9._-]", "_") + ".csv";
        var query = new LinesQuery(partner.id(), parts);
        var file = earnings.export(query.filter(visible), query.order());
        try {
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
            var mark = SpreadsheetCsv.BYTE_ORDER_MARK.getBytes(UTF_8);
            response.setContentLengthLong(mark.length + Files.size(file));
            response.getOutputStream().write(mark);
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.delete(file);
        }
    }

    @GetMapping("/partners/{partner}/earnings/lines/{line}")
    ModelAndView line(Visible visible, @PathVariable String line, Locale locale) {
        var explained = earnings.explain(visible, line);
        var rule = explained.rule();
        return new ModelAndView(
                "dashboard/line",
                Map.of(
                        "view",
                        new LineView(
                                visible.partner(),
                                explained,
                                rule == null ? null : rule.name().in(locale),
                                lever(rule, locale),
                                Paper.of(explained.steps()),
                                zeros(visible, explained))));
    }

    /** Of the line's own lever, if one took it: others do not matter then. */
    private List<Zero> zeros(Visible visible, LineExplained explained) {
        var line = explained.line();
        if (!line.amount().isZero() || explained.sale().amount().signum() <= 0) {
            return List.of();
        }
        return earnings.whyNot(visible, line.id()).stream()
                .filter(zero ->
                        line.lever() == null || line.lever().equals(zero.lever().id()))
                .sorted(Comparator.comparing((Zero zero) -> zero.changes().isEmpty())
                        .thenComparingInt(zero -> zero.conditions().size())
                        .thenComparingInt(zero -> zero.changes().size()))
                .limit(LEVERS_TOLD)
                .toList();
    }

    private static @Nullable String lever(LineExplained.@Nullable Rule rule, Locale locale) {
        return rule == null || rule.lever() == null ? null : rule.lever().name().in(locale);
    }

    private static LinesView.Row row(PartnerId partner, EarningLine line, ProgramNames names) {
        var lever = line.program() == null
                ? ""
                : line.lever() == null ? names.program(line.program()) : names.lever(line.program(), line.lever());
        return new LinesView.Row(line, lever, "/partners/" + partner + "/earnings/lines/" + line.id());
    }

    private List<Choice> choices(Visible visible, ProgramNames names) {
        var all = EarningsFilter.all(visible);
        var formats = Formats.in(names.locale());
        var months = earnings.months(visible).stream()
                .map(month -> new Option(month.toString(), formats.month(month), false))
                .toList();
        var programs = earnings.totals(all, Dimension.PROGRAM).stream()
                .map(EarningTotal::key)
                .distinct()
                .map(program -> new Option(program, names.program(program), false))
                .toList();
        var locations = partners.locations(visible.partner()).stream()
                .filter(location -> visible.holds(location.id()))
                .map(location -> new Option(location.id().toString(), location.name(), false))
                .toList();
        var reasons = Stream.concat(
                        PAID.stream().map(Reason::name),
                        earnings.sales(all).stream()
                                .map(SalesTotal::reason)
                                .filter(reason -> !reason.equals(Reason.ELIGIBLE.name())))
                .distinct()
                .map(reason -> new Option(reason, reason, true))
                .toList();
        return List.of(
                new Choice("month", months),
                new Choice("program", programs),
                new Choice("location", locations),
                new Choice("reason", reasons));
    }

    private static List<Chip> chips(LinesQuery query, List<EarningLine> lines, ProgramNames names) {
        var chips = new ArrayList<Chip>();
        var program = query.get("program");
        var lever = query.get("lever");
        if (lever != null) {
            chips.add(new Chip("lever", program == null ? lever : names.lever(program, lever)));
        }
        var customer = query.get("customer");
        if (customer != null) {
            chips.add(new Chip("customer", name(customer, lines)));
        }
        return chips;
    }

    /** Only a line that may be seen tells the customer's name. */
    private static String name(String customer, List<EarningLine> lines) {
        return lines.stream()
                .map(EarningLine::customer)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(customer);
    }
}
