package org.espace.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.espace.sales.Load;
import org.espace.sales.RefusedRow;
import org.espace.sales.Sales;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What came in, and what could not be taken. */
@Controller
@Needs(Right.SEE_CONSOLE)
class LoadsController {

    private static final int MOST = 200;
    private static final int PAGE_SIZE = 50;
    private static final int AT_ONCE = 1000;

    private final Sales sales;

    LoadsController(Sales sales) {
        this.sales = sales;
    }

    @GetMapping("/console/loads")
    ModelAndView loads() {
        return new ModelAndView(
                "console/loads", Map.of("loads", sales.loads(MOST), "refused", sales.refusedFiles(MOST)));
    }

    @GetMapping("/console/loads/{load}")
    ModelAndView load(@PathVariable int load, @RequestParam(defaultValue = "0") int page) {
        if (page < 0) {
            throw new BadQuery("page");
        }
        var found = sales.refusedRows(load, (long) page * PAGE_SIZE, PAGE_SIZE + 1);
        var rows = found.stream().limit(PAGE_SIZE).toList();
        var view = new LoadView(find(load), sales.totals(load), rows, page, found.size() > PAGE_SIZE);
        return new ModelAndView("console/load", Map.of("view", view));
    }

    @GetMapping("/console/loads/{load}/quarantine.csv")
    void quarantine(@PathVariable int load, Locale locale, HttpServletResponse response) throws IOException {
        var file = find(load);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"quarantine-" + file.id() + ".csv\"");
        var csv = new SpreadsheetCsv(response.getOutputStream());
        var messages = Messages.in(locale);
        csv.write(
                messages.text("quarantine.file"),
                messages.text("quarantine.row"),
                messages.text("quarantine.column"),
                messages.text("quarantine.value"),
                messages.text("quarantine.code"),
                messages.text("quarantine.reason"),
                messages.text("quarantine.hint"));
        for (var offset = 0L; ; offset += AT_ONCE) {
            var rows = sales.refusedRows(load, offset, AT_ONCE);
            for (var row : rows) {
                write(csv, row, file, messages);
            }
            if (rows.size() < AT_ONCE) {
                break;
            }
        }
        csv.flush();
    }

    private static void write(SpreadsheetCsv csv, RefusedRow row, Load file, Messages messages) throws IOException {
        csv.write(
                row.file() == null ? file.file() : row.file(),
                Long.toString(row.row()),
                row.column(),
                row.value(),
                row.code(),
                messages.text("refusal." + row.code(), row.arguments()),
                messages.text("refusal." + row.code() + ".hint", row.arguments()));
    }

    private Load find(int id) {
        return sales.loads(Integer.MAX_VALUE).stream()
                .filter(load -> load.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotKept("load " + id));
    }
}
