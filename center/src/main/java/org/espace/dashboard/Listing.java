package org.espace.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.espace.terms.Finding;

/** A text line by line, with what was found about each beside it. */
public record Listing(List<Line> lines) {

    /** @param number from 1 */
    public record Line(int number, String text, List<Finding> findings) {}

    /** What was found about a line beyond the last one, or before the first, stands there. */
    static Listing of(String text, List<Finding> findings) {
        var lines = new ArrayList<Line>();
        var texts = text.isEmpty() ? List.of("") : text.lines().toList();
        var last = texts.size();
        for (var i = 1; i <= last; i++) {
            var number = i;
            lines.add(new Line(
                    number,
                    texts.get(number - 1),
                    findings.stream()
                            .filter(finding -> Math.clamp(finding.line(), 1, last) == number)
                            .toList()));
        }
        return new Listing(lines);
    }

    public List<Finding> findings() {
        return lines.stream().flatMap(line -> line.findings().stream()).toList();
    }

    public long errors() {
        return count(Finding.Severity.ERROR);
    }

    public long warnings() {
        return count(Finding.Severity.WARNING);
    }

    private long count(Finding.Severity severity) {
        return findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
