package org.espace;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;

/** The help of all commands in one language: the messages whose keys begin with {@code help.}, under picocli's keys. */
final class CommandWords extends ResourceBundle {

    private static final String PREFIX = "help.";

    /** What picocli fills in afterwards. */
    private static final Map<String, String> FILLED_IN =
            Map.of("values", "${COMPLETION-CANDIDATES}", "default", "${DEFAULT-VALUE}");

    private final Messages messages;
    private final List<String> keys;

    CommandWords(Locale locale) {
        messages = Messages.in(locale);
        keys = messages.keys(PREFIX).stream()
                .map(key -> key.substring(PREFIX.length()))
                .toList();
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return messages.has(PREFIX + key) ? messages.text(PREFIX + key, FILLED_IN) : null;
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(keys);
    }
}
