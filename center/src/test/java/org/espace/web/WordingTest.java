package org.espace.web;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

    private static final Map<String, Object> ARGUMENTS =
            Map.of("name", "O'Hara {et} fils", "month", "Sep 2026", "lines", 1_234L, "count", 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "{name}",
                "{name}{month}",
                "of {name}, since {month}.",
                "it''s {name}'s '{'month'}' of { month }",
                "the \'quoted {name}\' and {month}",
                "{lines} lines, {missing} and {name}",
                "{count, plural, one {# line of {name}} other {# lines}}"
            })
    void wordsArePutInAsIcuPutsThem(String pattern) {
        assertThat(Wording.of(pattern, Locale.FRANCE).with(ARGUMENTS))
                .isEqualTo(new MessageFormat(pattern, ULocale.FRANCE).format(ARGUMENTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyMessageReadsAsIcuWritesIt(String language) {
        var messages = Messages.in(Locale.of(language));
        messages.patterns().forEach((key, pattern) -> {
            var icu = new MessageFormat(pattern, ULocale.forLocale(Messages.regional(messages.locale())));
            var words = icu.getArgumentNames().stream().collect(toMap(name -> name, name -> "‹" + name + "›"));
            if (Wording.of(pattern, messages.locale()).onlyNames()) {
                assertThat(messages.text(key, words)).as(key).isEqualTo(icu.format(words));
            }
        });
    }

    @Test
    void mostMessagesOnlyPutWordsBetweenWords() {
        var withArguments = Messages.in(Locale.ENGLISH).patterns().values().stream()
                .filter(pattern -> pattern.contains("{"))
                .toList();
        assertThat(withArguments.stream()
                        .filter(pattern -> Wording.of(pattern, Locale.UK).onlyNames())
                        .count())
                .isGreaterThan(withArguments.size() / 2);
    }
}
