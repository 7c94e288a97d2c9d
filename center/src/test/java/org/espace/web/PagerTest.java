package org.espace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PagerTest {

    /** Without a target the next page would be put into the link itself. */
    @Test
    void whoeverTurnsPagesSaysWhatIsExchanged() throws IOException {
        var turning = new ArrayList<Path>();
        var exchanging = new ArrayList<Path>();
        try (var templates = Files.walk(Path.of("src/main/jte"))) {
            for (var template : templates.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(template);
                if (text.contains("@template.web.pager(")) {
                    turning.add(template);
                    if (text.contains("hx-target=\"#")) {
                        exchanging.add(template);
                    }
                }
            }
        }
        assertThat(turning).hasSizeGreaterThan(5);
        assertThat(exchanging).containsExactlyElementsOf(turning);
    }
}
