package org.espace.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a row of a CSV file: moments in UTC, each code beside its words in the reader's language, and the hash, to
 * check it against the book.
 */
final class EntryCells {

    private static final List<String> COLUMNS = List.of(
            "number",
            "at",
            "by",
            "address",
            "session",
            "organization",
            "organization-words",
            "customer",
            "action",
            "words",
            "subject",
            "before",
            "after",
            "changes",
            "hash");

    private EntryCells() {}

    static String[] heads(Messages messages) {
        return COLUMNS.stream()
                .map(column -> messages.text("entries.column." + column))
                .toArray(String[]::new);
    }

    /** @param organization its name; null where the act concerns none */
    static String[] of(Link link, @Nullable String organization, Messages messages) {
        var entry = link.entry();
        return Arrays.stream(new Object[] {
                    link.number(),
                    entry.at(),
                    entry.by(),
                    entry.origin().address(),
                    entry.origin().session(),
                    entry.partner(),
                    organization,
                    entry.customer(),
                    entry.action(),
                    words(entry.action(), messages),
                    entry.subject(),
                    listed(entry.before()),
                    listed(entry.after()),
                    worded(entry.changes(), messages),
                    link.fingerprint()
                })
                .map(cell -> cell == null ? "" : cell.toString())
                .toArray(String[]::new);
    }

    private static String words(String action, Messages messages) {
        var key = "act." + action;
        return messages.has(key) ? messages.text(key) : messages.text("act.OTHER", Map.of("code", action));
    }

    private static String worded(List<Change> changes, Messages messages) {
        return changes.stream().map(change -> change.in(messages)).collect(Collectors.joining("\n"));
    }

    private static String listed(SortedMap<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + ": " + value.getValue())
                .collect(Collectors.joining("\n"));
    }
}
