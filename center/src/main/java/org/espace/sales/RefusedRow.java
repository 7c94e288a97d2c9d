package org.espace.sales;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row in quarantine. Its code is worded by {@code refusal.<CODE>} and {@code refusal.<CODE>.hint}.
 *
 * @param file the file beside the feed that the row stands in; null when it is the feed itself
 */
public record RefusedRow(
        @Nullable String file, long row, String column, String value, String code, Map<String, String> arguments) {}
