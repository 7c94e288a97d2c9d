package org.espace.feed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a row was refused: the first fault found in it.
 *
 * @param file the name of the file when it is one beside the feed
 * @param column as the file names it; empty when the row as a whole is at fault
 * @param value what stands there, cut to what can be shown
 */
public record Refusal(
        @Nullable String file, long row, String column, String value, Code code, Map<String, String> arguments) {

    private static final int SHOWN = 200;

    public Refusal {
        value = value.length() <= SHOWN ? value : value.substring(0, SHOWN - 1) + "…";
        arguments = code.pick(arguments);
    }
}
