package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocsTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Path DECISIONS = REPOSITORY.resolve("docs/decisions");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

    @ParameterizedTest
    @MethodSource("pages")
    void linksOnlyToWhatIsThere(Path page) {
        assertThat(links(page))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        try (var files = Files.list(DECISIONS)) {
            var decisions = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .toList();
            assertThat(links(DECISIONS.resolve("README.md"))).containsExactlyInAnyOrderElementsOf(decisions);
        }
    }

    static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(REPOSITORY.resolve("docs"))) {
            var pages = docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(REPOSITORY.resolve("README.md")), pages.stream());
        }
    }

    private static List<String> links(Path page) {
        try {
            return LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
