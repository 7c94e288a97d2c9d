package org.espace.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.terms.Finding;
import org.espace.terms.TermsLint;
import org.espace.terms.Wrong;
import org.espace.web.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FindingWordsTest {

    private static final Path BAD = Path.of("../engine/src/test/resources/terms/bad");

    static List<Path> bad() throws IOException {
        try (Stream<Path> files = Files.list(BAD)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFindingIsPutIntoWords(Finding.Code code) {
        assertThat(Messages.in(Locale.ENGLISH).has("finding." + code)).isTrue();
    }

    /** In the same arguments as in the reader's own words, which English repeats. */
    @ParameterizedTest
    @EnumSource
    void whatTheReaderRefusesIsPutIntoWordsInBothLanguages(Wrong wrong) {
        var named = arguments(wrong.pattern());
        var blanks = new HashMap<String, String>();
        named.forEach(name -> blanks.put(name, "{" + name + "}"));
        assertThat(Messages.in(Locale.ENGLISH).text("wrong." + wrong, blanks)).isEqualTo(wrong.pattern());
        var french = Messages.in(Locale.FRENCH).text("wrong." + wrong, blanks);
        assertThat(arguments(french)).isEqualTo(named);
        assertThat(french).isNotEqualTo(wrong.pattern());
    }

    private static Set<String> arguments(String pattern) {
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(pattern)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void anUnknownKeyIsSaidInFrench() {
        var finding = TermsLint.of("program: one-two\nrat: 3%\n", List.of(), Optional.empty()).stream()
                .filter(found -> found.line() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(new TermsWords(Locale.FRENCH).of(finding))
                .startsWith("Le texte est refusé\u00a0: rat n’est pas connu ici\u202f; sont connus\u00a0: ceilings, ");
        var value = TermsLint.of("program: ONE\n", List.of(), Optional.empty()).getFirst();
        assertThat(new TermsWords(Locale.FRENCH).of(value))
                .isEqualTo(
                        "Le texte est refusé\u00a0: program\u00a0: écrivez de 2 à 60 minuscules, chiffres et traits d’union");
    }

    /** An argument that a message names and a finding lacks would be left standing in braces. */
    @ParameterizedTest
    @MethodSource("bad")
    void theWordsNameWhatTheFindingHas(Path file) throws IOException {
        for (var finding : TermsLint.of(Files.readString(file), List.of(), Optional.empty())) {
            for (var locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                assertThat(new TermsWords(locale).of(finding)).isNotBlank().doesNotContainPattern("\\{[a-z]+}");
            }
        }
    }

    @Test
    void aCliffIsSaidInBothLanguages() throws IOException {
        var finding = TermsLint.of(
                        Files.readString(BAD.resolve("cliff-at-the-first-step.yaml")), List.of(), Optional.empty())
                .getFirst();
        assertThat(new TermsWords(Locale.ENGLISH).of(finding))
                .isEqualTo("tiers: whoever reaches USD\u00a010,000.00 earns USD\u00a0300.00 more at once");
        assertThat(new TermsWords(Locale.FRENCH).of(finding)).contains("gagne d’un coup");
    }
}
