package org.espace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;

/** CSV that a spreadsheet opens as text: with a byte order mark, every cell quoted, and no cell that it would run. */
public final class SpreadsheetCsv {

    public static final String BYTE_ORDER_MARK = "\ufeff";

    private final Writer out;

    public SpreadsheetCsv(OutputStream stream) throws IOException {
        out = new BufferedWriter(new OutputStreamWriter(stream, UTF_8));
        out.write(BYTE_ORDER_MARK);
    }

    public void write(String... cells) throws IOException {
        var separator = "";
        for (var cell : cells) {
            out.write(separator);
            out.write('"');
            out.write(harmless(cell).replace("\"", "\"\""));
            out.write('"');
            separator = ",";
        }
        out.write("\r\n");
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** A leading apostrophe makes a spreadsheet show what it would otherwise compute. */
    public static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
