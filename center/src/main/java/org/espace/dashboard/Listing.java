package org.espace.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text line by line, with what is to be said about each beside it. */
public record Listing(List<Line> lines) {

    /** @param number from 1 */
    public record Line(int number, String text, List<Remark> remarks) {}

    public enum Weight {
        /** The text cannot be published like this. */
        FAULT,
        /** It can, and somebody should have thought about it. */
        WARNING
    }

    /**
     * What is to be said about a line.
     *
     * @param line counts from 1
     * @param code names the message {@code finding.<code>}; null when {@code text} says it already
     * @param text of a fault that has words of its own, in English
     */
    public record Remark(
            int line,
            Weight weight,
            @Nullable String code,
            Map<String, ?> arguments,
            @Nullable String text) {}

    /** What is said about a line beyond the last one, or before the first, is said there. */
    static Listing of(String text, List<Remark> remarks) {
        var lines = new ArrayList<Line>();
        var texts = text.lines().toList();
        for (var i = 1; i <= texts.size(); i++) {
            var number = i;
            var last = texts.size();
            lines.add(new Line(
                    number,
                    texts.get(number - 1),
                    remarks.stream()
                            .filter(remark -> Math.clamp(remark.line(), 1, last) == number)
                            .toList()));
        }
        return new Listing(lines);
    }

    public List<Remark> remarks() {
        return lines.stream().flatMap(line -> line.remarks().stream()).toList();
    }

    public long count(Weight weight) {
        return remarks().stream().filter(remark -> remark.weight() == weight).count();
    }
}
