package org.espace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;

/**
 * What no refresh that keeps its results can go below: DuckDB reads every column that rating needs, and writes the same
 * earning lines again, file by file, as many at a time as there are threads. This took less processor time than one
 * parallel copy of all files.
 */
record Floor(int threads) {

    void run(SalesFile sales, List<Path> earnings, Path folder)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Folders.empty(folder);
        try (var duck = DuckDb.open(threads, "1GB", folder.resolve("spill"))) {
            duck.number("""
                    SELECT sum(location), sum(seq), max(day), sum(customer), sum(product), sum(quantity), sum(amount),
                           sum(currency), sum(disposition)
                    FROM read_parquet(%s)""".formatted(DuckDb.literal(sales.path())));
        }
        var copies = new ArrayList<Future<?>>();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            for (var file : earnings) {
                copies.add(workers.submit(() -> {
                    try (var duck = DuckDb.open(1, "256MB", folder.resolve("spill"))) {
                        duck.execute("""
                                COPY (SELECT * FROM read_parquet(%s)) TO %s
                                (FORMAT parquet, COMPRESSION %s, ROW_GROUP_SIZE 122880)""".formatted(
                                        DuckDb.literal(file),
                                        DuckDb.literal(folder.resolve(file.getFileName())),
                                        file.toString().contains("-sums-") ? "lz4_raw" : "zstd"));
                    }
                    return null;
                }));
            }
            for (var copy : copies) {
                copy.get();
            }
        }
    }
}
