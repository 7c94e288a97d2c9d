package org.espace.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.espace.batch.Progress;
import org.espace.batch.Runner;
import org.espace.batch.RunnerProcess;
import org.espace.batch.Threads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way that a command goes: Spark in a process of its own. */
@Timeout(120)
class DriverTest {

    @TempDir
    Path folder;

    private BenchYear year;

    @BeforeEach
    void generate() throws Exception {
        year = BenchYear.of(folder.resolve("year"), 20_000);
    }

    @Test
    void linesTotalsAndSumsComeBackAsThisProcessComputesThem() throws Exception {
        try (var driver = driver("local[2]")) {
            refresh(driver, "there").assertSameAs(refresh(new Threads(2), "here"));
        }
    }

    @Test
    void whyThereIsNoClusterIsSaidInOneLine() {
        try (var driver = driver("spark://127.0.0.1:1")) {
            assertThatThrownBy(() -> refresh(driver, "there"))
                    .isInstanceOf(RunnerProcess.Stopped.class)
                    .hasMessage("no Spark master answers at spark://127.0.0.1:1");
        }
    }

    private Lines refresh(Runner runner, String name) throws Exception {
        return Lines.of(runner, year.rulebook(), year.sales(), folder.resolve(name), 5_000, Progress.SILENT);
    }

    private RunnerProcess driver(String master) {
        return new RunnerProcess(Java.command(Driver.class.getName(), master), folder.resolve("log"));
    }
}
