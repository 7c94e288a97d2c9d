package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.espace.batch.CarriedSums;
import org.espace.batch.DuckDb;
import org.espace.batch.EarningFile;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.SalesFile;
import org.espace.batch.Threads;
import org.espace.engine.EarningLines;
import org.espace.engine.Rating;
import org.espace.engine.Rulebook;
import org.espace.engine.SaleLines;
import org.espace.engine.Totals;

/** Espace's own side of the comparisons: the same calls that the center makes. */
record Refresh(Rulebook rulebook, int threads) {

    private static final long DEFAULT_RANGE = 1_000_000;

    /** Rates all sales from nothing, into an empty folder. */
    Rater.Rated full(List<SalesFile> sales, CarriedSums sums, Path folder)
            throws IOException, SQLException, InterruptedException {
        return full(sales, sums, folder, DEFAULT_RANGE);
    }

    Rater.Rated full(List<SalesFile> sales, CarriedSums sums, Path folder, long linesInARange)
            throws IOException, SQLException, InterruptedException {
        Folders.empty(folder);
        return new Rater(rulebook, 0, sums, folder, new Threads(threads), linesInARange)
                .rate("run", sales, Rater.Locations.all(), Progress.SILENT);
    }

    /** Takes up the sums of earlier runs, rates one more file of sales, and writes the sums down again. */
    Rater.Rated day(SalesFile day, Path sumsBefore, Path sumsAfter, Path folder)
            throws IOException, SQLException, InterruptedException {
        Folders.empty(folder);
        try (var duck = DuckDb.open(threads, "512MB", folder.resolve("spill"))) {
            var sums = CarriedSums.read(sumsBefore, duck);
            var rated = new Rater(rulebook, 0, sums, folder, new Threads(threads))
                    .rate("day", List.of(day), Rater.Locations.all(), Progress.SILENT);
            Files.deleteIfExists(sumsAfter);
            sums.write(sumsAfter, duck);
            return rated;
        }
    }

    /** The rating alone, of columns that are in memory already, by one thread. Returns the number of earning lines. */
    long inMemory(List<SaleLines> sales) {
        var journal = new EarningLines();
        var rating = new Rating(rulebook, Rating.Carried.NOTHING, new Totals());
        var lines = 0L;
        for (var batch : sales) {
            journal.size = 0;
            rating.rate(batch, journal);
            lines += journal.size;
        }
        rating.finish();
        return lines;
    }

    static List<Path> paths(Rater.Rated rated) {
        return rated.files().stream().map(EarningFile::path).toList();
    }
}
