package org.espace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void aWorkerThatIsKilledInMidRunCostsTimeAndNothingElse() throws Exception {
        var year = BenchYear.of(folder.resolve("year"), 200_000);
        var here = Lines.of(
                new Threads(2), year.rulebook(), year.sales(), folder.resolve("here"), 50_000, Progress.SILENT);
        var killed = new AtomicBoolean();
        var cluster = new Cluster(folder.resolve("home"), 2);
        try (cluster;
                var spark = SparkRunner.on(cluster.url())) {
            Cluster.await("both workers", () -> spark.executors() == 2);
            var there =
                    Lines.of(spark, year.rulebook(), year.sales(), folder.resolve("there"), 3_000, (_, done, total) -> {
                        if (done > total / 4 && killed.compareAndSet(false, true)) {
                            cluster.kill(0);
                        }
                    });
            assertThat(killed).isTrue();
            assertThat(spark.executors()).isEqualTo(1);
            there.assertSameAs(here);
            there.assertNothingElseInTheFolder();
        }
        assertThat(cluster.alive()).isEmpty();
    }
}
