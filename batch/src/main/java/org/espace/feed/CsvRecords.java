package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * RFC 4180 and its relatives, from UTF-8. Memory is one buffer whatever the file: a record that does not fit is a
 * defect, and reading goes on at the next line. So does an unclosed quote, at the line after the one that opened it.
 */
final class CsvRecords implements Records {

    static final int LONGEST_RECORD = 1 << 20;

    /** Unclosed quotes make us read the same bytes again; a file that is full of them is refused after this many. */
    private static final long MOST_BYTES_READ_AGAIN = 1L << 30;

    private static final int SHOWN = 200;
    private static final byte QUOTE = '"';

    private final InputStream input;
    private final byte separator;
    private final byte[] buffer = new byte[LONGEST_RECORD + 2];
    private final List<String> header;
    private final long size;
    private final LongSupplier consumed;
    private int position;
    private int limit;
    private boolean ended;
    private long readAgain;
    private long row;

    /**
     * @param size bytes of the file on disk
     * @param consumed how many of them have been read
     */
    CsvRecords(InputStream input, char separator, long size, LongSupplier consumed) throws IOException {
        this.input = input;
        this.separator = (byte) separator;
        this.size = size;
        this.consumed = consumed;
        var cells = new Cells();
        if (!next(cells)) {
            throw new FileRefused(Code.EMPTY_FILE, Map.of());
        }
        if (cells.defect != null) {
            throw new FileRefused(cells.defect, Map.of("limit", Integer.toString(LONGEST_RECORD)));
        }
        if (cells.count > Cells.MOST_COLUMNS) {
            throw new FileRefused(Code.TOO_MANY_COLUMNS, Map.of("limit", Integer.toString(Cells.MOST_COLUMNS)));
        }
        var names = new ArrayList<String>();
        for (int column = 0; column < cells.count; column++) {
            names.add(cells.text(column).strip());
        }
        header = List.copyOf(names);
        row = 0;
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public long expectedRows(long rowsSoFar) {
        var bytes = Math.max(1, consumed.getAsLong());
        return bytes >= size ? rowsSoFar : (long) ((double) size / bytes * rowsSoFar);
    }

    @Override
    public boolean next(Cells cells) throws IOException {
        do {
            if (position >= limit && !refill()) {
                return false;
            }
            cells.clear();
            cells.bytes = buffer;
            read(cells);
        } while (cells.defect == null && cells.count == 1 && cells.from[0] == cells.to[0] && !wasQuoted(cells));
        cells.row = ++row;
        return true;
    }

    private boolean wasQuoted(Cells cells) {
        return cells.from[0] > 0 && buffer[cells.from[0] - 1] == QUOTE;
    }

    private void read(Cells cells) throws IOException {
        if (scan(cells)) {
            return;
        }
        if (!ended) {
            refill();
            cells.clear();
            if (scan(cells)) {
                return;
            }
        }
        giveUp(cells);
    }

    /** False when the record does not end within the buffer, or is not well formed. */
    private boolean scan(Cells cells) {
        int at = position;
        while (true) {
            int start;
            int end;
            if (at < limit && buffer[at] == QUOTE) {
                start = at + 1;
                at = closingQuote(start);
                if (at < 0) {
                    return false;
                }
                end = at++;
                if (at == limit && !ended) {
                    return false;
                }
                if (at < limit && buffer[at] != separator && buffer[at] != '\n' && buffer[at] != '\r') {
                    return false;
                }
            } else {
                start = at;
                while (at < limit && buffer[at] != separator && buffer[at] != '\n' && buffer[at] != '\r') {
                    at++;
                }
                end = at;
                if (at == limit && !ended) {
                    return false;
                }
            }
            cells.add(start, end);
            if (at == limit) {
                break;
            }
            if (buffer[at++] == separator) {
                continue;
            }
            if (buffer[at - 1] == '\r') {
                if (at == limit && !ended) {
                    return false;
                }
                if (at < limit && buffer[at] == '\n') {
                    at++;
                }
            }
            break;
        }
        position = at;
        undouble(cells);
        return true;
    }

    /** Where the quoted cell that starts here ends, or -1. */
    private int closingQuote(int start) {
        int at = start;
        while (at < limit) {
            if (buffer[at] != QUOTE) {
                at++;
            } else if (at + 1 == limit && !ended) {
                return -1;
            } else if (at + 1 < limit && buffer[at + 1] == QUOTE) {
                at += 2;
            } else {
                return at;
            }
        }
        return -1;
    }

    /** Turns "" into " within quoted cells. Only now, for a record that must be read again has to be as it was. */
    private void undouble(Cells cells) {
        for (int column = 0; column < Math.min(cells.count, Cells.MOST_COLUMNS); column++) {
            int start = cells.from[column];
            int end = cells.to[column];
            if (start == 0 || buffer[start - 1] != QUOTE || end == limit || buffer[end] != QUOTE) {
                continue;
            }
            int at = start;
            while (at < end && buffer[at] != QUOTE) {
                at++;
            }
            int write = at;
            for (; at < end; at++) {
                buffer[write++] = buffer[at];
                if (buffer[at] == QUOTE) {
                    at++;
                }
            }
            cells.to[column] = write;
        }
    }

    /** The record is the physical line that it began on, and that line is refused. */
    private void giveUp(Cells cells) throws IOException {
        cells.clear();
        int end = position;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        cells.broken = new String(buffer, position, Math.min(end - position, SHOWN), UTF_8);
        if (end == limit && limit - position >= LONGEST_RECORD) {
            cells.defect = Code.LINE_TOO_LONG;
            skipLine();
            return;
        }
        cells.defect = Code.UNCLOSED_QUOTE;
        readAgain += limit - position;
        if (readAgain > MOST_BYTES_READ_AGAIN) {
            throw new FileRefused(Code.UNCLOSED_QUOTE, Map.of());
        }
        position = end;
        if (position < limit && buffer[position++] == '\r' && position < limit && buffer[position] == '\n') {
            position++;
        }
    }

    private void skipLine() throws IOException {
        position = limit;
        while (refill()) {
            for (; position < limit; position++) {
                if (buffer[position] == '\n' || buffer[position] == '\r') {
                    position++;
                    return;
                }
            }
        }
    }

    /** Moves what is unread to the front and fills the rest; false when nothing came. */
    private boolean refill() throws IOException {
        if (ended) {
            return false;
        }
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        var before = limit;
        while (limit < buffer.length) {
            int read = input.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ended = true;
                break;
            }
            limit += read;
        }
        return limit > before;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
