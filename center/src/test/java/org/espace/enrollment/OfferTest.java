package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program of two versions, 2024-07-01 to 2025-07-01 and 2025-10-01 to 2026-07-01, whose year begins on 1 July. */
class OfferTest {

    private static final List<Terms> VERSIONS =
            List.of(version("FY25", "2024-07-01/2025-07-01"), version("FY26", "2025-10-01/2026-07-01"));

    private static Terms version(String version, String effective) {
        return TermsReader.read("""
                program: growth
                name: {en: Growth, fr: Croissance}
                version: %s
                effective: %s
                currency: USD
                fiscal-year-starts: 07-01
                open-to: {partner-types: all, countries: all}
                split: {rebate: 60%%, co-op: 40%%}
                levers:
                  - id: core
                    name: {en: Core, fr: Socle}
                    of: all
                    rate: 4%%
                """.formatted(version, effective));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "-", textBlock = """
            day        | word                               | state        | year       | until      | closed
            2024-06-30 | -                                  | NOT_OPEN     | 2023-07-01 | 2024-07-01 | 2024-07-01
            2024-07-01 | -                                  | OPEN         | 2024-07-01 | 2025-07-01 | 2025-07-01
            2025-06-30 | -                                  | OPEN         | 2024-07-01 | 2025-07-01 | 2025-07-01
            2025-07-01 | -                                  | NOT_OPEN     | 2025-07-01 | 2026-07-01 | 2026-07-01
            2025-10-01 | -                                  | OPEN         | 2025-07-01 | 2026-07-01 | 2026-07-01
            2026-07-01 | -                                  | DISCONTINUED | 2026-07-01 | 2027-07-01 | 2026-07-01
            2026-06-30 | EXTENDED 2025-07-01 2026-10-01     | EXTENDED     | 2025-07-01 | 2026-10-01 | 2026-10-01
            2026-09-30 | EXTENDED 2025-07-01 2026-10-01     | EXTENDED     | 2025-07-01 | 2026-10-01 | 2026-10-01
            2026-10-01 | EXTENDED 2025-07-01 2026-10-01     | DISCONTINUED | 2026-07-01 | 2027-07-01 | 2026-07-01
            2026-02-28 | DISCONTINUED 2025-07-01 2026-03-01 | OPEN         | 2025-07-01 | 2026-07-01 | 2026-07-01
            2026-03-01 | DISCONTINUED 2025-07-01 2026-03-01 | DISCONTINUED | 2025-07-01 | 2026-07-01 | 2026-03-01
            """)
    void termsAndTheVendorsWordSayHowAProgramIsOffered(
            LocalDate day, String word, Offer.State state, LocalDate year, LocalDate until, LocalDate closed) {
        var offer =
                Offer.of(VERSIONS, Stream.ofNullable(word).map(OfferTest::word).toList(), day);
        assertThat(offer.state()).isEqualTo(state);
        assertThat(offer.year()).isEqualTo(year);
        assertThat(offer.until()).isEqualTo(until);
        assertThat(offer.closed()).isEqualTo(closed);
    }

    private static Word word(String text) {
        var words = text.split(" ", -1);
        return new Word(
                "growth",
                Word.Kind.valueOf(words[0]),
                LocalDate.parse(words[1]),
                LocalDate.parse(words[2]),
                "as announced",
                Instant.EPOCH,
                "manager@example.com");
    }
}
