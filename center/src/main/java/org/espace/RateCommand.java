package org.espace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.earnings.Advice;
import org.espace.engine.CeilingBalance;
import org.espace.engine.FeedReason;
import org.espace.engine.Step;
import org.espace.engine.WhyNot;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.paper.BadCell;
import org.espace.paper.FactsFolder;
import org.espace.paper.FactsInvalid;
import org.espace.paper.Paper;
import org.espace.paper.PaperReport;
import org.espace.programs.TermsWords;
import org.espace.terms.Terms;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsReader;
import org.espace.web.Formats;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Works without an instance: nothing is started, and nothing is kept. */
@Command(
        name = "rate")
final class RateCommand implements Callable<Integer> {

    @Option(
            names = "--terms",
            required = true,
            split = ",",
            paramLabel = "FILE")
    private List<Path> terms = new ArrayList<>();

    @Option(
            names = "--facts",
            required = true,
            paramLabel = "DIR")
    private Path facts;

    @Option(
            names = "--as-known",
            paramLabel = "DATE")
    private @Nullable LocalDate asKnown;

    @Option(
            names = "--explain")
    private boolean explain;

    @Option(
            names = "--lang",
            paramLabel = "EN|FR")
    private @Nullable String language;

    @Option(names = "--json")
    private boolean json;

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true)
    private boolean help;

    @Override
    public Integer call() throws IOException {
        var locale = language == null ? Locale.getDefault() : Locale.of(language.toLowerCase(Locale.ROOT));
        var words = Messages.in(locale);
        try {
            var read = FactsFolder.read(facts, terms(words), asKnown);
            var report = Paper.rate(read, asKnown, explain);
            if (json) {
                System.out.println(InstanceCommand.JSON.writeValueAsString(Document.of(report, words)));
            } else {
                print(report, words, Formats.in(locale));
            }
            return report.received().stream().allMatch(PaperReport.Received::agrees) ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (FactsInvalid e) {
            return refused(
                    e.cells().stream().map(cell -> Problem.of(cell, words)).toList(), words);
        } catch (Unreadable e) {
            return refused(e.problems, words);
        }
    }

    /** Throws {@link Unreadable} with everything that is wrong in any of the files. */
    private List<Terms> terms(Messages words) throws IOException {
        var read = new ArrayList<Terms>();
        var problems = new ArrayList<Problem>();
        for (var file : terms) {
            if (!Files.isRegularFile(file)) {
                problems.add(Problem.of(
                        file.toString(), 0, words.text("paper.NO_TERMS"), words.text("paper.NO_TERMS.hint")));
                continue;
            }
            try {
                var one = TermsReader.read(Files.readString(file, UTF_8));
                if (read.stream().anyMatch(other -> overlap(one, other))) {
                    problems.add(Problem.of(
                            file.toString(), 0, words.text("paper.OVERLAP"), words.text("paper.OVERLAP.hint")));
                }
                read.add(one);
            } catch (TermsInvalid e) {
                var said = new TermsWords(words.locale());
                e.problems().forEach(each -> problems.add(Problem.of(file.toString(), each.line(), said.of(each), "")));
            }
        }
        if (!problems.isEmpty()) {
            throw new Unreadable(problems);
        }
        return read;
    }

    private static boolean overlap(Terms one, Terms other) {
        return one.program().equals(other.program())
                && one.effective().from().isBefore(other.effective().until())
                && other.effective().from().isBefore(one.effective().until());
    }

    private int refused(List<Problem> problems, Messages words) {
        if (json) {
            System.out.println(InstanceCommand.JSON.writeValueAsString(
                    new Failure(words.text("paper.refused", Map.of("count", problems.size())), problems)));
        }
        problems.forEach(problem -> System.err.println(problem.text(words)));
        System.err.println(words.text("paper.refused", Map.of("count", problems.size())));
        return ExitCode.SOFTWARE;
    }

    // --- for people --------------------------------------------------------------------------------------------------

    private static void print(PaperReport report, Messages words, Formats formats) {
        report.terms()
                .forEach(each -> System.out.println(words.text(
                        "paper.terms",
                        Map.of("program", each.program(), "version", each.version(), "currency", each.currency()))));
        if (report.asKnown() != null) {
            System.out.println(words.text(
                    "paper.as-known", Map.of("day", formats.date(report.asKnown()), "count", report.leftOut())));
        }
        report.assumed()
                .forEach(each ->
                        System.out.println("* " + words.text("paper.assumed." + each.code(), each.arguments())));
        System.out.println();
        lines(report, words, formats);
        System.out.println();
        earned(report, words, formats).lines().forEach(System.out::println);
        System.out.println();
        received(report, words, formats).lines().forEach(System.out::println);
    }

    private static List<String> heads(Messages words, String... columns) {
        return List.of(columns).stream()
                .map(column -> words.text("paper.column." + column))
                .toList();
    }

    private static void lines(PaperReport report, Messages words, Formats formats) {
        var table = new TextTable(
                Set.of(0, 5, 8, 9, 10),
                heads(
                        words,
                        "row",
                        "day",
                        "location",
                        "customer",
                        "product",
                        "sold",
                        "program",
                        "lever",
                        "earned",
                        "rebate",
                        "coop",
                        "reason"));
        for (var line : report.lines()) {
            table.add(List.of(
                    (line.file().startsWith("usage") ? "u" : "") + line.row(),
                    line.day().toString(),
                    line.location(),
                    Objects.requireNonNullElse(line.customer(), "–"),
                    line.product().isEmpty() ? "–" : line.product(),
                    formats.exact(line.sold(), line.currency()),
                    line.program() == null ? "–" : line.program() + " " + Objects.toString(line.version(), ""),
                    Objects.requireNonNullElse(line.lever(), "–"),
                    line.amount() == null ? "–" : formats.money(line.amount()),
                    line.rebate() == null ? "–" : formats.amount(line.rebate()),
                    line.coop() == null ? "–" : formats.amount(line.coop()),
                    why(line, words)));
        }
        var printed = table.lines();
        System.out.println(printed.getFirst());
        for (var i = 0; i < report.lines().size(); i++) {
            System.out.println(printed.get(i + 1));
            var line = report.lines().get(i);
            line.steps().forEach(step -> calculation(step, words, formats));
            line.zeros().forEach(zero -> {
                since(zero, line, words);
                help(zero, line, words);
            });
        }
    }

    /** The feed's own codes have words only where they are well known. */
    private static String why(PaperReport.Line line, Messages words) {
        var key = "reason." + line.reason();
        return words.has(key) ? words.text(key) : line.reason();
    }

    private static void help(PaperReport.Zero zero, PaperReport.Line line, Messages words) {
        var changes =
                changes(zero, line).map(change -> change.in(words.locale())).toList();
        System.out.println("        " + zero.lever() + ": "
                + (changes.isEmpty()
                        ? words.text("change.NONE")
                        : words.text(changes.size() == 1 ? "change.one" : "change.together")));
        changes.forEach(change -> System.out.println("          - " + change));
    }

    private static void since(PaperReport.Zero zero, PaperReport.Line line, Messages words) {
        for (var failed : zero.verdict().failed()) {
            var more = Advice.besides(failed);
            if (!more.isEmpty()) {
                System.out.println(Stream.concat(Stream.of(Advice.of(failed, _ -> line.reason())), more.stream())
                        .map(advice -> advice.in(words.locale()))
                        .collect(Collectors.joining(", ", "        " + zero.lever() + ": ", "")));
            }
        }
    }

    private static Stream<Advice> changes(PaperReport.Zero zero, PaperReport.Line line) {
        return zero.verdict().changes().stream()
                .map(change -> Advice.of(change, _ -> zero.program(), _ -> line.reason()));
    }

    private static void calculation(Step step, Messages words, Formats formats) {
        var shown = new LinkedHashMap<String, Object>();
        step.arguments().forEach((name, value) -> shown.put(name, argument(value, words, formats)));
        step.arguments().forEach((name, value) -> {
            var key = "step." + step.code() + "." + name;
            if (words.has(key)) {
                System.out.println("        "
                        + words.text(
                                "paper.figure",
                                Map.of("what", words.text(key, shown), "figure", formats.argument(value))));
            }
        });
    }

    /** A word of the terms, such as fiscal-year, is put into the reader's. */
    private static Object argument(Object value, Messages words, Formats formats) {
        var key = "word." + value;
        return value instanceof String && words.has(key) ? words.text(key) : formats.argument(value);
    }

    private static TextTable earned(PaperReport report, Messages words, Formats formats) {
        var table = new TextTable(
                Set.of(3, 4, 5, 6), heads(words, "location", "program", "lever", "lines", "earned", "rebate", "coop"));
        for (var row : report.earned()) {
            table.add(List.of(
                    row.location(),
                    row.program(),
                    row.lever(),
                    formats.number(row.lines()),
                    formats.money(row.amount()),
                    formats.amount(row.rebate()),
                    formats.amount(row.coop())));
        }
        return table;
    }

    private static TextTable received(PaperReport report, Messages words, Formats formats) {
        var table = new TextTable(
                Set.of(2, 3, 4, 5, 6),
                heads(words, "location", "program", "sales", "received", "eligible", "ineligible", "pending", "check"));
        for (var row : report.received()) {
            table.add(List.of(
                    row.location(),
                    Objects.requireNonNullElse(row.program(), "–"),
                    formats.number(row.sales()),
                    formats.exact(row.received(), row.currency()),
                    formats.exact(row.eligible(), row.currency()),
                    formats.exact(row.ineligible(), row.currency()),
                    formats.exact(row.pending(), row.currency()),
                    words.text(row.agrees() ? "paper.agrees" : "paper.differs")));
        }
        return table;
    }

    // --- for programs ------------------------------------------------------------------------------------------------

    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient List<Problem> problems;

        Unreadable(List<Problem> problems) {
            super(problems.toString());
            this.problems = problems;
        }
    }

    private record Failure(String error, List<Problem> problems) {}

    /** @param row 0 when the file as a whole is at fault */
    private record Problem(
            String file, long row, String column, String value, String code, String problem, String hint) {

        static Problem of(BadCell cell, Messages words) {
            var key = "paper." + cell.fault();
            return new Problem(
                    cell.file(),
                    cell.row(),
                    cell.column(),
                    cell.value(),
                    cell.fault().name(),
                    words.text(key, cell.arguments()),
                    words.text(key + ".hint", cell.arguments()));
        }

        static Problem of(String file, int line, String problem, String hint) {
            return new Problem(file, line, "", "", "TERMS", problem, hint);
        }

        String text(Messages words) {
            var place = row == 0 ? file : words.text("paper.place", Map.of("file", file, "row", String.valueOf(row)));
            var cell = column.isEmpty() ? "" : words.text("paper.cell", Map.of("column", column, "value", value));
            return words.text("paper.problem", Map.of("place", place + cell, "problem", problem, "hint", hint))
                    .strip();
        }
    }

    /** Amounts are exact decimal text. */
    private record Document(
            List<PaperReport.Version> terms,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String asKnown,

            int leftOut,
            List<Assumed> assumed,
            int sales,
            List<Line> lines,
            List<Earned> earned,
            List<Received> received) {

        static Document of(PaperReport report, Messages words) {
            return new Document(
                    report.terms(),
                    report.asKnown() == null ? null : report.asKnown().toString(),
                    report.leftOut(),
                    report.assumed().stream()
                            .map(each -> new Assumed(
                                    each.code().name(), words.text("paper.assumed." + each.code(), each.arguments())))
                            .toList(),
                    report.sales(),
                    report.lines().stream().map(line -> Line.of(line, words)).toList(),
                    report.earned().stream().map(Earned::of).toList(),
                    report.received().stream().map(Received::of).toList());
        }
    }

    private record Assumed(String code, String text) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String file,
            long row,
            String day,
            String appliesTo,
            String location,
            @Nullable String customer,
            String product,
            String sold,
            String soldCurrency,
            @Nullable String program,
            @Nullable String version,
            @Nullable String lever,
            String reason,
            String why,
            String bucket,
            @Nullable String currency,
            @Nullable String basis,
            @Nullable String withheld,
            @Nullable String earned,
            @Nullable String rebate,
            @Nullable @JsonProperty("co-op") String coop,
            @Nullable List<Calculation> calculation,
            @Nullable List<Zero> whyNot) {

        static Line of(PaperReport.Line line, Messages words) {
            return new Line(
                    line.file(),
                    line.row(),
                    line.day().toString(),
                    line.appliesTo().toString(),
                    line.location(),
                    line.customer(),
                    line.product(),
                    line.sold().toPlainString(),
                    line.currency(),
                    line.program(),
                    line.version(),
                    line.lever(),
                    line.reason(),
                    RateCommand.why(line, words),
                    line.bucket().name().toLowerCase(Locale.ROOT),
                    line.amount() == null ? null : line.amount().currency().getCurrencyCode(),
                    line.basis() == null ? null : line.basis().toPlainString(),
                    plain(line.withheld()),
                    plain(line.amount()),
                    plain(line.rebate()),
                    plain(line.coop()),
                    line.steps().isEmpty()
                            ? null
                            : line.steps().stream().map(Calculation::of).toList(),
                    line.zeros().isEmpty()
                            ? null
                            : line.zeros().stream()
                                    .map(zero -> Zero.of(zero, line, words))
                                    .toList());
        }
    }

    /** @param changes together, the smallest change with which the sale would have earned */
    private record Zero(String lever, boolean partnerCanAct, List<Failed> conditions, List<Change> changes) {

        static Zero of(PaperReport.Zero zero, PaperReport.Line line, Messages words) {
            return new Zero(
                    zero.lever(),
                    zero.verdict().failed().stream().allMatch(failed -> canAct(failed, line)),
                    zero.verdict().failed().stream()
                            .map(failed -> new Failed(
                                    failed.about().equals("disposition") ? line.reason() : failed.code(),
                                    canAct(failed, line),
                                    Advice.of(failed, _ -> line.reason()).in(words.locale()),
                                    failed.since() == null
                                            ? null
                                            : failed.since().toString(),
                                    Balance.of(failed.ceiling())))
                            .toList(),
                    RateCommand.changes(zero, line)
                            .map(change -> new Change(
                                    change.key().substring(change.key().indexOf('.') + 1), change.in(words.locale())))
                            .toList());
        }

        private static boolean canAct(WhyNot.Failed failed, PaperReport.Line line) {
            return failed.about().equals("disposition")
                    ? FeedReason.partnerCanActOn(line.reason())
                    : failed.partnerCanAct();
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Failed(
            String code,
            boolean partnerCanAct,
            String detail,
            @Nullable String since,
            @Nullable Balance ceiling) {}

    private record Balance(String id, String from, String until, String most, String left) {

        static @Nullable Balance of(@Nullable CeilingBalance ceiling) {
            return ceiling == null
                    ? null
                    : new Balance(
                            ceiling.ceiling().id(),
                            ceiling.period().from().toString(),
                            ceiling.period().until().toString(),
                            ceiling.most().amount().toPlainString(),
                            ceiling.left().amount().toPlainString());
        }
    }

    private record Change(String change, String text) {}

    private static @Nullable String plain(@Nullable Money money) {
        return money == null ? null : money.amount().toPlainString();
    }

    private record Calculation(String step, Map<String, String> figures) {

        static Calculation of(Step step) {
            var figures = new LinkedHashMap<String, String>();
            step.arguments()
                    .forEach((name, value) -> figures.put(
                            name,
                            switch (value) {
                                case Money money -> money.amount().toPlainString();
                                case Rate rate -> rate.toString();
                                default -> value.toString();
                            }));
            return new Calculation(step.code(), figures);
        }
    }

    private record Earned(
            String location,
            String program,
            String lever,
            String currency,
            int lines,
            String earned,
            String rebate,
            @JsonProperty("co-op") String coop) {

        static Earned of(PaperReport.Earned row) {
            return new Earned(
                    row.location(),
                    row.program(),
                    row.lever(),
                    row.amount().currency().getCurrencyCode(),
                    row.lines(),
                    row.amount().amount().toPlainString(),
                    row.rebate().amount().toPlainString(),
                    row.coop().amount().toPlainString());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Received(
            String location,
            @Nullable String program,
            String currency,
            int sales,
            String received,
            String eligible,
            String ineligible,
            String pending,
            boolean agrees) {

        static Received of(PaperReport.Received row) {
            return new Received(
                    row.location(),
                    row.program(),
                    row.currency(),
                    row.sales(),
                    row.received().toPlainString(),
                    row.eligible().toPlainString(),
                    row.ineligible().toPlainString(),
                    row.pending().toPlainString(),
                    row.agrees());
        }
    }
}
