package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file beside the feed that completes its rows: found by a key that both have, held in memory. */
final class Beside {

    static final long LARGEST = 256L << 20;

    private static final byte[] NOTHING = new byte[0];

    private final Mapping.Lookup lookup;
    private final Dictionary keys = new Dictionary();
    private final List<byte[][]> rows = new ArrayList<>();
    private final Cut key = new Cut();
    private Row.Fetch by = cut -> {};
    private byte[][] current = new byte[0][];

    private Beside(Mapping.Lookup lookup) {
        this.lookup = lookup;
    }

    static Beside read(Mapping.Lookup lookup, Path feed, Mapping mapping) throws IOException {
        var beside = new Beside(lookup);
        var needed = new ArrayList<>(lookup.columns());
        needed.add(lookup.key());
        try (var records = open(feed.resolveSibling(lookup.file()), mapping, needed)) {
            var columns = new Columns(records.header());
            var key = columns.index(lookup.key());
            var wanted = lookup.columns().stream().mapToInt(columns::index).toArray();
            var cells = new Cells();
            var cut = new Cut();
            while (records.next(cells)) {
                if (cells.defect != null || cells.count != columns.count()) {
                    continue;
                }
                cut.set(cells.bytes, cells.from[key], cells.to[key]);
                beside.keys.put(cut.bytes, cut.from, cut.to, beside.rows.size());
                var row = new byte[wanted.length][];
                for (int i = 0; i < row.length; i++) {
                    cut.set(cells.bytes, cells.from[wanted[i]], cells.to[wanted[i]]);
                    row[i] = cut.copy();
                }
                beside.rows.add(row);
            }
        }
        return beside;
    }

    /** Opens a file beside the feed; it is read like the feed itself, of any format. */
    static Records open(Path file, Mapping mapping, List<String> needed) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            throw new FileRefused(Code.FILE_BESIDE_MISSING, Map.of("file", name));
        }
        if (Files.size(file) > LARGEST) {
            throw new FileRefused(
                    Code.FILE_BESIDE_TOO_LARGE, Map.of("file", name, "limit", Long.toString(LARGEST >> 20)));
        }
        return Opening.records(FeedFile.open(file), mapping.layout(), needed);
    }

    void readKeyFrom(Row row) {
        by = row.fetch(new Source.Column(lookup.by()));
    }

    boolean brings(String column) {
        return lookup.columns().contains(column);
    }

    /** Finds this row's completion; false when there is none. */
    boolean find() {
        by.into(key);
        var index = keys.find(key);
        current = index == Dictionary.UNKNOWN ? new byte[0][] : rows.get(index);
        return index != Dictionary.UNKNOWN;
    }

    Row.Fetch fetch(String column, Row row) {
        var index = lookup.columns().indexOf(column);
        return cut -> {
            var bytes = current.length == 0 ? NOTHING : current[index];
            cut.set(bytes, 0, bytes.length);
            row.emptyIfMissing(cut);
        };
    }

    String file() {
        return lookup.file();
    }

    String by() {
        return lookup.by();
    }

    String key() {
        return new String(key.bytes, key.from, key.length(), UTF_8);
    }
}
