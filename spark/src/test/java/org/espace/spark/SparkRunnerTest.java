package org.espace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
import org.espace.engine.Facts;
import org.espace.engine.Rulebook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkRunnerTest {

    private static SparkRunner spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        spark = SparkRunner.on("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void sparkWritesTheLinesThatThisProcessWrites() throws Exception {
        var year = BenchYear.of(folder.resolve("year"), 200_000);
        var counted = new AtomicLong();
        var here = Lines.of(
                new Threads(2), year.rulebook(), year.sales(), folder.resolve("here"), 70_000, Progress.SILENT);
        var there = Lines.of(
                spark,
                year.rulebook(),
                year.sales(),
                folder.resolve("there"),
                9_000,
                (_, done, _) -> counted.accumulateAndGet(done, Math::max));
        assertThat(there.rated().files()).hasSizeGreaterThan(15);
        assertThat(counted).hasValue(there.rated().sales());
        there.assertSameAs(here);
        there.assertNothingElseInTheFolder();
    }

    @Test
    void theSteelWheelsSampleEarnsTheSame() throws Exception {
        assumeTrue(Files.exists(SteelWheels.ORDERS), "the Steel Wheels sample data is not at " + SteelWheels.ORDERS);
        var sample = SteelWheels.in(folder);
        var here = Lines.of(
                new Threads(1), sample.rulebook(), sample.sales(), folder.resolve("here"), 1_000_000, Progress.SILENT);
        var there = Lines.of(spark, sample.rulebook(), sample.sales(), folder.resolve("there"), 500, Progress.SILENT);
        assertThat(there.rated().sales()).isEqualTo(2_996);
        there.assertSameAs(here);
    }

    @Test
    void whatTheEngineRefusesIsRefusedOnSpark() throws Exception {
        var year = BenchYear.of(folder.resolve("year"), 1_000);
        var nobody = new Rulebook(new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()), 0);
        assertThatThrownBy(() ->
                        Lines.of(spark, nobody, year.sales(), folder.resolve("there"), 1_000_000, Progress.SILENT))
                .isInstanceOf(SQLException.class)
                .rootCause()
                .hasMessageContaining("is not known");
    }

    @Test
    void aMasterThatDoesNotAnswerIsNamedAtOnce() throws Exception {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> SparkRunner.on("spark://127.0.0.1:" + port))
                .isInstanceOf(ConnectException.class)
                .hasMessage("no Spark master answers at spark://127.0.0.1:" + port);
    }
}
