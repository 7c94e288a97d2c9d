package org.espace.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file's header, found by the names that a mapping uses. */
final class Columns {

    private final List<String> header;

    Columns(List<String> header) {
        this.header = header;
    }

    /** A name counts as it is written; where none is written so, small and capital letters do not matter. */
    int index(String name) {
        var index = find(header, name);
        if (index < 0) {
            index = find(header.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList(), name.toLowerCase(Locale.ROOT));
        }
        if (index < 0) {
            throw new FileRefused(Code.MISSING_COLUMN, Map.of("column", name, "found", shown()));
        }
        return index;
    }

    boolean has(String name) {
        return header.stream().anyMatch(name::equalsIgnoreCase);
    }

    String name(int index) {
        return header.get(index);
    }

    int count() {
        return header.size();
    }

    private static int find(List<String> names, String name) {
        var index = names.indexOf(name);
        if (index != names.lastIndexOf(name)) {
            throw new FileRefused(Code.AMBIGUOUS_COLUMN, Map.of("column", name));
        }
        return index;
    }

    private String shown() {
        var found = new ArrayList<String>();
        int length = 0;
        for (var name : header) {
            length += name.length();
            if (length > 400) {
                found.add("…");
                break;
            }
            found.add(name);
        }
        return String.join(", ", found);
    }
}
