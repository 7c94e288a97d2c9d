package org.espace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import org.junit.jupiter.api.Test;

class ShippedTermsTest {

    private static final List<Terms> SHIPPED = shipped();

    @Test
    void noTwoVersionsOfAProgramAreInForceOnOneDay() {
        for (var terms : SHIPPED) {
            assertThat(SHIPPED)
                    .filteredOn(other -> !other.equals(terms) && other.program().equals(terms.program()))
                    .noneMatch(other ->
                            terms.effective().contains(other.effective().from()));
        }
    }

    @Test
    void saysWhereItsFiguresComeFrom() {
        assertThat(SHIPPED).extracting(Terms::source).doesNotContain("");
    }

    @Test
    void theDemoSellsFromEveryFamilyThatTheTermsName() {
        var families = Cast.gather(new SplittableRandom(1)).products().stream()
                .map(Cast.Product::family)
                .collect(Collectors.toSet());
        var named = SHIPPED.stream()
                .filter(ShippedTermsTest::isInForceInTheBusinessYear)
                .flatMap(terms -> terms.levers().stream())
                .flatMap(lever -> lever.of().only().getOrDefault(Selection.Attribute.PRODUCT_FAMILY, Set.of()).stream())
                .collect(Collectors.toSet());
        assertThat(families).containsAll(named).isNotEqualTo(named);
    }

    @Test
    void theDemosThreeProgramsPromiseSomethingAllYear() {
        assertThat(List.of("csp-indirect-reseller", "csp-direct-bill", "distributor-seats"))
                .allSatisfy(program -> {
                    for (var month = BusinessYear.FIRST;
                            !month.isAfter(BusinessYear.LAST);
                            month = month.plusMonths(1)) {
                        var day = month.atDay(1);
                        assertThat(SHIPPED)
                                .filteredOn(terms -> terms.program().equals(program))
                                .filteredOn(terms -> terms.effective().contains(day))
                                .hasSize(1);
                    }
                });
    }

    private static boolean isInForceInTheBusinessYear(Terms terms) {
        return terms.effective().from().isBefore(BusinessYear.LAST.plusMonths(1).atDay(1))
                && terms.effective().until().isAfter(BusinessYear.FIRST.atDay(1));
    }

    private static List<Terms> shipped() {
        try (var files = Files.list(Path.of("src/main/resources/terms"))) {
            return files.sorted().map(ShippedTermsTest::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Terms read(Path file) {
        try {
            return TermsReader.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
