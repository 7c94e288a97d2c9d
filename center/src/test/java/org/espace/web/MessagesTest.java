package org.espace.web;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Map<String, String> ENGLISH =
            Messages.in(Locale.ENGLISH).patterns();
    private static final Map<String, String> FRENCH = Messages.in(Locale.FRENCH).patterns();

    /** Words that are the same in both languages, on purpose. */
    private static final Set<String> INTERNATIONAL = Set.of("app.name");

    @Test
    void bothLanguagesHaveTheSameMessages() {
        assertThat(FRENCH.keySet()).isEqualTo(ENGLISH.keySet());
    }

    @Test
    void bothLanguagesNameTheSameArguments() {
        assertThat(arguments(FRENCH)).isEqualTo(arguments(ENGLISH));
    }

    @Test
    void nothingIsLeftInEnglish() {
        var same = ENGLISH.entrySet().stream()
                .filter(message -> message.getValue().equals(FRENCH.get(message.getKey())))
                .filter(message -> message.getValue().matches(".*[a-z]{3} [a-z]{2}.*"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(same).allMatch(INTERNATIONAL::contains);
    }

    @Test
    void frenchIsTypesetAsFrench() {
        var wrong = FRENCH.entrySet().stream()
                .filter(message -> message.getValue().matches(".*( [;:!?»]|« |[a-z]'[a-zéèêà]).*"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyKeyOnAPageIsWorded() throws IOException {
        var missing = new TreeSet<String>();
        try (var templates = Files.walk(Path.of("src/main/jte"))) {
            for (var template : templates.filter(Files::isRegularFile).toList()) {
                var keys = Pattern.compile("\\bt\\(\"([^\"]+)\"[,)]").matcher(Files.readString(template));
                keys.results()
                        .map(key -> key.group(1))
                        .filter(key -> !ENGLISH.containsKey(key))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void aMessageCountsInItsOwnLanguage() {
        assertThat(Messages.in(Locale.CANADA_FRENCH).locale()).isEqualTo(Locale.FRENCH);
        assertThat(Messages.in(Locale.GERMANY).locale()).isEqualTo(Locale.ENGLISH);
    }

    private static Map<String, Set<String>> arguments(Map<String, String> messages) {
        return messages.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        message -> new MessageFormat(message.getValue()).getArgumentNames(),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
