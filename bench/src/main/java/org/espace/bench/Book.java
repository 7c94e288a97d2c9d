package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.bench.Findings.Drawn;
import org.espace.bench.Findings.Finding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * What several runs have found, as a page for people and as figures for programs. A later run takes the place of an earlier
 * one in the goals that it has measured with as many lines, and leaves the rest as it stands.
 */
record Book(List<Run> runs, List<Drawn> pictures) {

    private static final String PAGE = "benchmarks.md";
    private static final String FIGURES = "benchmarks.json";
    private static final String IMAGES = "images";
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(double.class, new Rounded()))
            .build();

    /** @param setting when, where and how much, in words by their names */
    record Run(Map<String, String> setting, List<Finding> findings) {

        private String of(String name) {
            return setting.getOrDefault(name, "");
        }

        private boolean hasMeasured(Run other, Finding finding) {
            return of(Findings.LINES).equals(other.of(Findings.LINES))
                    && findings.stream().anyMatch(own -> own.goal().equals(finding.goal()));
        }

        private Run without(Run later) {
            return new Run(
                    setting,
                    findings.stream()
                            .filter(finding -> !later.hasMeasured(this, finding))
                            .toList());
        }
    }

    private record Row(Run run, Finding finding) {

        private int goal() {
            return Integer.parseInt(finding.goal().substring(1));
        }

        private long lines() {
            return Long.parseLong(run.of(Findings.LINES).replace(",", ""));
        }
    }

    static Book read(Path docs) throws IOException {
        var figures = docs.resolve(FIGURES);
        return Files.exists(figures)
                ? JSON.readValue(Files.readString(figures), Book.class)
                : new Book(List.of(), List.of());
    }

    Book with(Run later, List<Drawn> drawn) {
        return new Book(
                Stream.concat(runs.stream().map(run -> run.without(later)), Stream.of(later))
                        .filter(run -> !run.findings().isEmpty())
                        .toList(),
                Stream.concat(
                                pictures.stream()
                                        .filter(old -> drawn.stream()
                                                .noneMatch(picture ->
                                                        picture.file().equals(old.file()))),
                                drawn.stream())
                        .toList());
    }

    void write(Path docs) throws IOException {
        Files.createDirectories(docs);
        Files.writeString(docs.resolve(PAGE), markdown());
        Files.writeString(docs.resolve(FIGURES), json());
    }

    String markdown() {
        var rows = runs.stream()
                .flatMap(run -> run.findings().stream().map(finding -> new Row(run, finding)))
                .sorted(Comparator.comparingInt(Row::goal).thenComparingLong(Row::lines))
                .toList();
        var page = new StringBuilder("""
                # Benchmarks

                Written by `./espace bench`; the figures behind it are in `benchmarks.json`. Every ratio compares work that was
                done in turn (one, other, one, other …) in one run on one machine: the median of the pairs, then [least–most].
                Processor seconds count all threads. Seconds on the wall also depend on what else the machine does.
                Targets are for 50 million lines and more: a small run pays its fixed costs many times over.
                """);
        page.append(table("goal", "what", "target", "measured", "", "sale lines", "day", "machine"));
        for (var row : rows) {
            var finding = row.finding();
            page.append(line(
                    finding.goal(),
                    finding.what(),
                    finding.target().toString(),
                    finding.measured().toString(),
                    finding.target().verdict(finding.measured().median()),
                    row.run().of(Findings.LINES),
                    row.run().of(Findings.DAY),
                    row.run().of(Findings.MACHINE)));
        }
        for (var picture : pictures) {
            page.append("\n![%s](%s/%s)\n".formatted(picture.what(), IMAGES, picture.file()));
        }
        page.append("\n## Raw seconds\n").append(table("goal", "work", "processor", "wall", "sale lines", "day"));
        for (var row : rows) {
            row.finding()
                    .seconds()
                    .forEach((work, spent) -> page.append(line(
                            row.finding().goal(),
                            work,
                            spent.stream().allMatch(one -> one.cpu() == 0)
                                    ? ""
                                    : Spread.of(spent.stream().map(Spent::cpu).toList())
                                            .toString(),
                            Spread.of(spent.stream().map(Spent::wall).toList()).toString(),
                            row.run().of(Findings.LINES),
                            row.run().of(Findings.DAY))));
        }
        page.append("\n## Runs\n");
        for (var run : runs) {
            page.append(table(run.of(Findings.DAY), run.of(Findings.LINES) + " lines"));
            run.setting().forEach((name, value) -> page.append(line(name, value)));
            page.append(line(
                    "goals",
                    run.findings().stream().map(Finding::goal).distinct().collect(Collectors.joining(", "))));
        }
        return page.toString();
    }

    private static String table(String... heads) {
        return "\n" + line(heads) + "|" + " --- |".repeat(heads.length) + "\n";
    }

    private static String line(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A finding a line, so that changes can be compared. */
    String json() {
        var written = new ArrayList<String>();
        for (var run : runs) {
            written.add(
                    "{\"setting\": %s, \"findings\": [\n%s\n]}".formatted(value(run.setting()), lines(run.findings())));
        }
        return "{\"runs\": [\n%s\n],\n\"pictures\": [\n%s\n]}\n"
                .formatted(String.join(",\n", written), lines(pictures));
    }

    private static String lines(List<?> values) {
        return values.stream().map(Book::value).collect(Collectors.joining(",\n"));
    }

    private static String value(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** To a tenth of a millisecond, or as much of a ratio. */
    private static final class Rounded extends StdSerializer<Double> {

        Rounded() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            json.writeNumber(String.format(Locale.ROOT, "%.4f", value));
        }
    }
}
