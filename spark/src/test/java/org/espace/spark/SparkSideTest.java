package org.espace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
import org.espace.bench.Handover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSideTest {

    @TempDir
    Path folder;

    /** What the benchmark compares the engine with computes the same lines. */
    @Test
    void sparkSqlComesToTheLinesOfTheEngine() throws Exception {
        var in = folder.resolve("year");
        var year = BenchYear.of(in, 5_000);
        var engine = folder.resolve("engine");
        Lines.of(new Threads(2), year.rulebook(), year.sales(), engine, 1_000_000, Progress.SILENT);
        var sql = folder.resolve("sql");
        SparkSide.bySql("local[2]", in, sql);
        assertThat(Handover.digest(sql, "*.parquet")).isEqualTo(Handover.digest(engine, "run-?.parquet"));
    }
}
