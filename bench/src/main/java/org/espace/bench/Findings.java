package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, in the order in which it was, as a page for people and as figures for programs. */
final class Findings {

    private static final String IMAGES = "images";

    private final Map<String, String> setting = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Drawn> pictures = new ArrayList<>();

    private record Drawn(String file, String what, String svg) {}

    /**
     * @param goal its number among the goals, or what it tells beside them
     * @param measured a ratio or another figure, with its unit in {@code what}
     * @param seconds the raw figures behind it, by what took them
     */
    record Finding(String goal, String what, Target target, Spread measured, Map<String, List<Spent>> seconds) {}

    /** What a figure should be, and what it must be; both are 0 where it only informs. */
    record Target(boolean atMost, double should, double must) {

        static final Target NONE = new Target(true, 0, 0);

        static Target atMost(double should, double must) {
            return new Target(true, should, must);
        }

        static Target atLeast(double should, double must) {
            return new Target(false, should, must);
        }

        String verdict(double value) {
            if (should == 0) {
                return "";
            }
            if (reached(value, should)) {
                return "reached";
            }
            return reached(value, must) ? "acceptable" : "missed";
        }

        private boolean reached(double value, double limit) {
            return atMost ? value <= limit : value >= limit;
        }

        @Override
        public String toString() {
            if (should == 0) {
                return "";
            }
            var sign = atMost ? "≤ " : "≥ ";
            return should == must
                    ? sign + plain(should)
                    : sign + plain(should) + (atMost ? ", never above " : ", never under ") + plain(must);
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }

    void setting(String name, String value) {
        setting.put(name, value);
    }

    void add(String goal, String what, Target target, Spread measured, Map<String, List<Spent>> seconds) {
        findings.add(new Finding(goal, what, target, measured, seconds));
    }

    void add(String goal, String what, Target target, Spread measured) {
        add(goal, what, target, measured, Map.of());
    }

    void picture(String file, String what, String svg) {
        pictures.add(new Drawn(file, what, svg));
    }

    List<Finding> all() {
        return List.copyOf(findings);
    }

    /** Writes page, figures and pictures. */
    void write(Path docs) throws IOException {
        Files.createDirectories(docs.resolve(IMAGES));
        for (var picture : pictures) {
            Files.writeString(docs.resolve(IMAGES).resolve(picture.file()), picture.svg());
        }
        Files.writeString(docs.resolve("benchmarks.md"), markdown());
        Files.writeString(docs.resolve("benchmarks.json"), json());
    }

    String markdown() {
        var page = new StringBuilder("""
                # Benchmarks

                Written by `./espace bench`; the figures behind it are in `benchmarks.json`. Every ratio compares work that was
                done in turn (one, other, one, other …) in one run on one machine: the median of the pairs, then [least–most].
                Processor seconds count all threads. Seconds on the wall also depend on what else the machine does.
                Targets are for 50 million lines and more: a small run pays its fixed costs many times over.

                """);
        page.append("| | |\n| --- | --- |\n");
        setting.forEach((name, value) -> page.append("| %s | %s |\n".formatted(name, value)));
        page.append("\n| goal | what | target | measured | |\n| --- | --- | --- | --- | --- |\n");
        for (var finding : findings) {
            page.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            finding.goal(),
                            finding.what(),
                            finding.target(),
                            finding.measured(),
                            finding.target().verdict(finding.measured().median())));
        }
        for (var picture : pictures) {
            page.append("\n![%s](%s/%s)\n".formatted(picture.what(), IMAGES, picture.file()));
        }
        page.append("\n## Raw seconds\n\n| goal | work | processor | wall |\n| --- | --- | --- | --- |\n");
        for (var finding : findings) {
            finding.seconds()
                    .forEach((work, spent) -> page.append("| %s | %s | %s | %s |\n"
                            .formatted(
                                    finding.goal(),
                                    work,
                                    spent.stream().allMatch(one -> one.cpu() == 0)
                                            ? ""
                                            : Spread.of(spent.stream()
                                                    .map(Spent::cpu)
                                                    .toList()),
                                    Spread.of(spent.stream().map(Spent::wall).toList()))));
        }
        return page.toString();
    }

    String json() {
        var text = new StringBuilder("{\n  \"setting\": {");
        var separator = "\n";
        for (var entry : setting.entrySet()) {
            text.append(separator).append("    %s: %s".formatted(quoted(entry.getKey()), quoted(entry.getValue())));
            separator = ",\n";
        }
        text.append("\n  },\n  \"findings\": [");
        separator = "\n";
        for (var finding : findings) {
            text.append(separator).append(json(finding));
            separator = ",\n";
        }
        return text.append("\n  ]\n}\n").toString();
    }

    private static String json(Finding finding) {
        var sides = new ArrayList<String>();
        finding.seconds()
                .forEach((work, spent) -> sides.add("{\"work\": %s, \"cpu\": %s, \"wall\": %s}"
                        .formatted(
                                quoted(work),
                                numbers(spent.stream().map(Spent::cpu).toList()),
                                numbers(spent.stream().map(Spent::wall).toList()))));
        var measured = finding.measured();
        return "    {\"goal\": %s, \"what\": %s, \"target\": %s, \"median\": %s, \"least\": %s, \"most\": %s, \"runs\": %d, \"verdict\": %s, \"seconds\": [%s]}"
                .formatted(
                        quoted(finding.goal()),
                        quoted(finding.what()),
                        quoted(finding.target().toString()),
                        number(measured.median()),
                        number(measured.least()),
                        number(measured.most()),
                        measured.runs(),
                        quoted(finding.target().verdict(measured.median())),
                        String.join(", ", sides));
    }

    private static String numbers(List<Double> values) {
        return "[" + String.join(", ", values.stream().map(Findings::number).toList()) + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
