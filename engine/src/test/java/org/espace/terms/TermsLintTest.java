package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Selection.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsLintTest {

    private static final Path CORPUS = Path.of("src/test/resources/terms");

    private static final Catalogue CATALOGUE = new Catalogue(
            Map.of(
                    Side.PRODUCT,
                    Set.of(
                            product("P-AZURE", "azure", "azure"),
                            product("P-M365", "m365-core", "modern-work"),
                            product("P-E5", "m365-e5", "modern-work"),
                            product("P-COPILOT", "copilot", "modern-work"),
                            product("P-PSTN", "pstn", "modern-work"),
                            product("P-BC", "d365-bc", "business-applications")),
                    Side.CUSTOMER,
                    Set.of(
                            Map.of(
                                    Attribute.CUSTOMER_SEGMENT,
                                    Set.of("nonprofit"),
                                    Attribute.CUSTOMER_COUNTRY,
                                    Set.of("US")),
                            Map.of(
                                    Attribute.CUSTOMER_SEGMENT,
                                    Set.of("education"),
                                    Attribute.CUSTOMER_COUNTRY,
                                    Set.of("CH")))),
            Map.of(
                    "agreement",
                    Set.of("network-membership"),
                    "competency",
                    Set.of("cloud-platform", "data-platform"),
                    "specialization",
                    Set.of("azure-migration"),
                    "co-sell",
                    Set.of("ready"),
                    "designation",
                    Set.of("modern-work"),
                    "points",
                    Set.of("modern-work", "azure"),
                    "measure",
                    Set.of("sales-productivity")));

    private static final Terms STANDING = TermsReader.read("""
            program: standing
            version: V1
            effective: 2024-01-01/2025-01-01
            currency: USD
            levers: [{id: core, of: all, rate: 4%}]
            """);

    static List<Path> good() {
        return files("good");
    }

    static List<Path> bad() {
        return files("bad");
    }

    @ParameterizedTest
    @MethodSource("good")
    void nothingIsFoundInGoodTerms(Path file) {
        assertThat(lint(text(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void inBadTermsExactlyTheirFaultIsFound(Path file) {
        var text = text(file);
        var expected =
                Set.of(text.lines().findFirst().orElseThrow().substring(2).split(" "));
        assertThat(lint(text).stream().map(finding -> finding.code().key()).collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    @Test
    void theCorpusHasEveryFault() {
        var found = bad().stream()
                .flatMap(file -> lint(text(file)).stream())
                .map(Finding::code)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).containsExactly(Finding.Code.values());
        assertThat(bad()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(good()).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void aCliffIsAsLargeAsWhatOneMoreCentEarns() {
        var finding = only("cliff-at-the-first-step");
        assertThat(finding.arguments())
                .containsEntry("from", Money.of("10000", "USD"))
                .containsEntry("jump", Money.of("300.00", "USD"));
        assertThat(only("cliff-of-seats").arguments())
                .containsEntry("from", "400")
                .containsEntry("jump", Rate.percent("2%"));
    }

    @Test
    void aFindingNamesTheLineThatItIsOn() {
        var text = text(CORPUS.resolve("bad/step-beyond-the-cap.yaml")).replace("steps: [", "steps:\n        [");
        assertThat(lint(text))
                .singleElement()
                .satisfies(finding -> assertThat(text.lines().toList().get(finding.line() - 1))
                        .contains("80000"));
    }

    @Test
    void whatIsUnknownIsFoundOnTheLineThatNamesIt() {
        var text = text(CORPUS.resolve("bad/each-of-another-kind.yaml"));
        assertThat(lint(text))
                .extracting(finding -> finding.code().key() + " " + finding.line())
                .containsExactly("unknown-code 9", "unknown-area 10", "unknown-measure 11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"family-not-sold", "each-of-another-kind", "lever-for-a-competency-of-nobody"})
    void withoutACatalogueNothingIsUnknown(String file) {
        assertThat(TermsLint.of(text(CORPUS.resolve("bad").resolve(file + ".yaml")), List.of(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void ofAKindThatTheCatalogueLeavesOutNothingIsUnknownAndOfAnEmptyOneEverything() {
        var text = text(CORPUS.resolve("bad/each-of-another-kind.yaml"));
        assertThat(TermsLint.of(text, List.of(), Optional.of(new Catalogue(Map.of(), Map.of()))))
                .isEmpty();
        assertThat(TermsLint.of(text, List.of(), Optional.of(new Catalogue(Map.of(), Map.of("measure", Set.of())))))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.UNKNOWN_MEASURE);
    }

    private static Finding only(String file) {
        var found = lint(text(CORPUS.resolve("bad").resolve(file + ".yaml")));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<Finding> lint(String text) {
        return TermsLint.of(text, List.of(STANDING), Optional.of(CATALOGUE));
    }

    private static Map<Attribute, Set<String>> product(String number, String family, String area) {
        return Map.of(
                Attribute.PRODUCT, Set.of(number),
                Attribute.PRODUCT_FAMILY, Set.of(family),
                Attribute.SOLUTION_AREA, Set.of(area));
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
