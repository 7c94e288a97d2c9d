package org.espace;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of words and figures in columns as wide as they need to be: for a terminal, or a file that people read. */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> figures;

    /** @param figures the columns that are set to the right, from 0 */
    TextTable(Set<Integer> figures, List<String> titles) {
        this.figures = figures;
        rows.add(titles);
    }

    void add(List<String> cells) {
        rows.add(cells);
    }

    List<String> lines() {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(column -> padded(row.get(column), widths[column], figures.contains(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static String padded(String cell, int width, boolean right) {
        var blank = " ".repeat(width - cell.length());
        return right ? blank + cell : cell + blank;
    }
}
