package org.espace.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.terms.Finding;
import org.espace.terms.TermsLint;
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
