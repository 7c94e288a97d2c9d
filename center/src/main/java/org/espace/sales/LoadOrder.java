package org.espace.sales;

import java.util.Map;
import org.espace.feed.Field;

/**
 * How a file is to be loaded.
 *
 * @param mapping the name of a shipped mapping, or the path of a mapping's file
 * @param columns fields that are to be read from another column than the mapping says
 */
public record LoadOrder(String mapping, Map<Field, String> columns) {

    public LoadOrder(String mapping) {
        this(mapping, Map.of());
    }
}
