package org.espace.audit;

import java.util.Map;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Something that an act has changed.
 *
 * @param before as it was; null where it was not
 * @param after as it is since; null where it is no more
 */
public record Change(
        String name, @Nullable String before, @Nullable String after) {

    /** The name in the reader's language, where we have words for it; the values as they were kept. */
    public String in(Messages messages) {
        var key = "changed." + name;
        var words = messages.has(key) ? messages.text(key) : messages.text("changed.OTHER", Map.of("code", name));
        if (before == null) {
            return messages.text("entries.set", Map.of("name", words, "after", String.valueOf(after)));
        }
        return after == null
                ? messages.text("entries.unset", Map.of("name", words, "before", before))
                : messages.text("entries.changed", Map.of("name", words, "before", before, "after", after));
    }
}
