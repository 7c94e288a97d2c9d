package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run has measured, in the order in which it did. */
final class Findings {

    static final String DAY = "day";
    static final String MACHINE = "machine";
    static final String LINES = "sale lines";

    private final Map<String, String> setting = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Drawn> pictures = new ArrayList<>();
    private final Map<String, String> svgs = new LinkedHashMap<>();

    record Drawn(String file, String what) {}

    /**
     * @param goal its number among the goals
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
        pictures.add(new Drawn(file, what));
        svgs.put(file, svg);
    }

    /** Forgets what came after so many. */
    void keep(int first) {
        findings.subList(first, findings.size()).clear();
    }

    List<Finding> all() {
        return List.copyOf(findings);
    }

    /** Writes page, figures and pictures, beside what other runs have found. */
    void write(Path docs) throws IOException {
        for (var picture : svgs.entrySet()) {
            var file = docs.resolve("images").resolve(picture.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, picture.getValue());
        }
        Book.read(docs).with(run(), pictures).write(docs);
    }

    /** Of this run alone. */
    Book book() {
        return new Book(List.of(run()), pictures);
    }

    private Book.Run run() {
        return new Book.Run(setting, findings);
    }
}
