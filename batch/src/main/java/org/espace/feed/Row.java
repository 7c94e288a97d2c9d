package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The current record of a file, completed by the files beside it, as the sources of a mapping see it. */
final class Row {

    private static final byte[] NOTHING = new byte[0];

    final Cells cells = new Cells();
    private final Columns columns;
    private final byte[][] missing;
    private final List<Beside> besides = new ArrayList<>();

    Row(Columns columns, List<String> missing) {
        this.columns = columns;
        this.missing = missing.stream().map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    void completeBy(Beside beside) {
        besides.add(beside);
    }

    List<Beside> besides() {
        return besides;
    }

    Columns columns() {
        return columns;
    }

    boolean has(Source source) {
        return !(source instanceof Source.IfThere(var column)) || brought(column) || columns.has(column);
    }

    private boolean brought(String column) {
        return besides.stream().anyMatch(beside -> beside.brings(column));
    }

    /** Compiles a source to what fetches its value. */
    Fetch fetch(Source source) {
        return switch (source) {
            case Source.Column(var name) -> column(name);
            case Source.IfThere(var name) -> has(source) ? column(name) : cut -> cut.set(NOTHING, 0, 0);
            case Source.Constant(var value) -> {
                var bytes = value.getBytes(UTF_8);
                yield cut -> cut.set(bytes, 0, bytes.length);
            }
            case Source.FirstOf(var names) ->
                firstOf(names.stream().map(this::column).toList());
            case Source.Joined(var names) ->
                joined(names.stream().map(this::column).toList());
            case Source.Times(var names) -> throw new IllegalArgumentException("a product is no text: " + names);
        };
    }

    interface Fetch {
        void into(Cut cut);
    }

    private Fetch column(String name) {
        for (var beside : besides) {
            if (beside.brings(name)) {
                return beside.fetch(name, this);
            }
        }
        var index = columns.index(name);
        return cut -> {
            cut.set(cells.bytes, cells.from[index], cells.to[index]);
            emptyIfMissing(cut);
        };
    }

    void emptyIfMissing(Cut cut) {
        for (int word = 0; word < missing.length; word++) {
            if (cut.is(missing[word])) {
                cut.to = cut.from;
            }
        }
    }

    private static Fetch firstOf(List<Fetch> fetches) {
        return cut -> {
            for (var fetch : fetches) {
                fetch.into(cut);
                if (!cut.isEmpty()) {
                    return;
                }
            }
        };
    }

    /** Empty as soon as one part is: half a name names nothing. */
    private static Fetch joined(List<Fetch> fetches) {
        var joined = new ByteArrayOutputStream();
        return cut -> {
            joined.reset();
            for (var fetch : fetches) {
                fetch.into(cut);
                if (cut.isEmpty()) {
                    return;
                }
                if (joined.size() > 0) {
                    joined.write('-');
                }
                joined.write(cut.bytes, cut.from, cut.length());
            }
            var bytes = joined.toByteArray();
            cut.set(bytes, 0, bytes.length);
        };
    }
}
