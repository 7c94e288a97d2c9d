package org.espace.feed;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds out how a file is to be read, and opens it. */
final class Opening {

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    private Opening() {}

    static Records records(FeedFile file, Mapping.Layout layout, List<String> columnsNeeded) throws IOException {
        if (file.isParquet()) {
            return new ParquetRecords(file.path());
        }
        var separator =
                layout.separator().orElseGet(() -> separator(file.sampleText(layout.encoding()), columnsNeeded));
        var text = file.text(layout.encoding());
        try {
            return new CsvRecords(text.input(), separator, text.size(), text.counting()::count);
        } catch (FileRefused e) {
            text.input().close();
            throw e;
        }
    }

    /** The separator by which most of the columns that the mapping needs are found; in doubt, that of most columns. */
    private static char separator(String sample, List<String> columnsNeeded) {
        var header = sample.lines().findFirst().orElse("").replace("\ufeff", "").toLowerCase(Locale.ROOT);
        char best = ',';
        int most = -1;
        for (char candidate : SEPARATORS) {
            var names = names(header, candidate);
            var found = columnsNeeded.stream()
                    .filter(name -> names.containsKey(name.toLowerCase(Locale.ROOT)))
                    .count();
            int score = (int) found * Cells.MOST_COLUMNS + Math.min(names.size(), Cells.MOST_COLUMNS - 1);
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    private static Map<String, Boolean> names(String header, char separator) {
        return Arrays.stream(header.split(Pattern.quote(String.valueOf(separator)), -1))
                .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                .collect(Collectors.toMap(name -> name, name -> true, (one, other) -> true));
    }
}
