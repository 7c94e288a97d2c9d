package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long now;

    @Test
    void aTerminalSeesOneLineWithRateAndTimeLeft() {
        try (var bar = bar(true)) {
            bar.at("load.reading-rows", 0, 4_000_000);
            now += Duration.ofSeconds(2).toNanos();
            bar.at("load.reading-rows", 1_000_000, 4_000_000);
        }
        assertThat(shown())
                .contains(
                        "\rreading rows [######..................]  25%  1,000,000 of 4,000,000  500,000/s  0:06 left")
                .doesNotContain("\n")
                .endsWith(" \r");
    }

    @Test
    void aLogSeesALineNowAndThen() {
        try (var bar = bar(false)) {
            for (var second = 0; second <= 21; second++) {
                bar.at("refresh.rating", second * 1000L, 0);
                now += Duration.ofSeconds(1).toNanos();
            }
        }
        assertThat(shown()).isEqualTo("""
                rating       10,000  1,000/s
                rating       20,000  1,000/s
                """);
    }

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintStream(shown, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
