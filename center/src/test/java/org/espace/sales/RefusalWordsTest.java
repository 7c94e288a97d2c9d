package org.espace.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.espace.feed.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyRefusalSaysWhatIsWrongAndWhatToDo(String language) throws IOException {
        var words = new Properties();
        try (var file = getClass().getResourceAsStream("/messages/sales_" + language + ".properties")) {
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        for (var code : Code.values()) {
            var key = "refusal." + code;
            assertThat(words).containsKeys(key, key + ".hint");
            var named = new HashSet<>(arguments(words.getProperty(key)));
            named.addAll(arguments(words.getProperty(key + ".hint")));
            assertThat(named).as(key).isEqualTo(code.arguments());
        }
        assertThat(words.stringPropertyNames())
                .filteredOn(key -> key.startsWith("refusal."))
                .hasSize(2 * Code.values().length);
    }

    private static Set<String> arguments(String pattern) {
        return new MessageFormat(pattern).getArgumentNames();
    }
}
