package org.espace.paper;

import java.util.Map;

/**
 * One thing that is wrong in the facts.
 *
 * @param row the line of the file on which the row begins, the header being 1; 0 when the file as a whole is at fault
 * @param column empty when the row as a whole is at fault
 * @param value what stands there, cut to what can be shown
 */
public record BadCell(String file, long row, String column, String value, Fault fault, Map<String, String> arguments) {

    private static final int SHOWN = 80;

    public BadCell {
        var printable = value.replaceAll("\\p{Cntrl}", "\ufffd");
        value = printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN - 1) + "…";
        arguments = fault.checked(arguments);
    }

    @Override
    public String toString() {
        return "%s:%d %s \"%s\" %s".formatted(file, row, column, value, fault);
    }
}
