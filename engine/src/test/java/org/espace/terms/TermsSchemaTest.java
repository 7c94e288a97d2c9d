package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors complete and check terms by. */
class TermsSchemaTest {

    private static final Path SHIPPED = Path.of("../center/src/main/resources/terms");
    private static final Path CORPUS = Path.of("src/test/resources/terms");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(Path.of("../center/src/main/resources/static/terms.schema.json")));

    static List<Path> valid() {
        return Stream.concat(files(SHIPPED), files(CORPUS.resolve("good"))).toList();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void shippedAndGoodTermsFollowTheSchema(Path file) {
        assertThat(SCHEMA.validate(text(file), InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "misspelt-key",
                "partner-type",
                "rate-without-percent",
                "two-ways-to-pay",
                "no-way-to-pay",
                "tiers-without-steps",
                "unknown-trigger",
                "growth-over-nothing",
                "amount-without-currency",
                "unknown-attribute"
            })
    void whatIsBuiltWronglyDoesNot(String name) {
        assertThat(SCHEMA.validate(text(CORPUS.resolve("bad/" + name + ".yaml")), InputFormat.YAML))
                .isNotEmpty();
    }

    @Test
    void everyKeyAndTheCanonicalTextFollowTheSchema() {
        assertThat(SCHEMA.validate(EveryKind.TEXT, InputFormat.YAML)).isEmpty();
        var canonical = CanonicalTerms.of(TermsReader.read(EveryKind.TEXT)).text();
        assertThat(SCHEMA.validate(canonical, InputFormat.YAML)).isEmpty();
    }

    @Test
    void everyShippedFileNamesTheSchemaForEditors() {
        assertThat(files(SHIPPED))
                .allSatisfy(file -> assertThat(text(file))
                        .startsWith("# yaml-language-server: $schema=../static/terms.schema.json\n"));
    }

    /** All of them with all others: published side by side. */
    @Test
    void noShippedFileHasAnError() {
        var all = files(SHIPPED).map(file -> TermsReader.read(text(file))).toList();
        assertThat(files(SHIPPED))
                .allSatisfy(file -> assertThat(TermsLint.of(text(file), all, Optional.empty()))
                        .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR));
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
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
