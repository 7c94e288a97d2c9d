package org.espace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.espace.batch.CarriedSums;
import org.espace.batch.EarningFile;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.SalesFile;
import org.espace.batch.Threads;
import org.espace.engine.EarningLines;
import org.espace.engine.Rating;
import org.espace.engine.Rulebook;
import org.espace.engine.Totals;

/** Espace's own side of the comparisons: the same calls that the center makes. */
record Refresh(Rulebook rulebook, int threads) {

    private static final long DEFAULT_RANGE = 1_000_000;
    private static final String SUMS = "sums.list";

    /** Rates all sales from nothing, into an empty folder, and carries on the sums. */
    Rater.Rated full(List<SalesFile> sales, Path folder) throws IOException, SQLException, InterruptedException {
        return full(sales, folder, DEFAULT_RANGE);
    }

    Rater.Rated full(List<SalesFile> sales, Path folder, long linesInARange)
            throws IOException, SQLException, InterruptedException {
        return rate("run", sales, CarriedSums.none(), folder, linesInARange);
    }

    /** Takes up the sums in another folder, rates one more file of sales, and writes down what has changed. */
    Rater.Rated day(SalesFile day, Path before, Path folder) throws IOException, SQLException, InterruptedException {
        return rate(day.path().getFileName().toString(), List.of(day), sums(before), folder, DEFAULT_RANGE);
    }

    private Rater.Rated rate(String name, List<SalesFile> sales, CarriedSums sums, Path folder, long linesInARange)
            throws IOException, SQLException, InterruptedException {
        Folders.empty(folder);
        var rated = new Rater(rulebook, 0, sums, folder, new Threads(threads), linesInARange)
                .rate(name, sales, Rater.Locations.all(), Progress.SILENT);
        sums.write(folder.resolve(SUMS));
        return rated;
    }

    /** The sums that the last refresh into the folder has carried on. */
    static CarriedSums sums(Path folder) {
        return CarriedSums.read(folder.resolve(SUMS));
    }

    /** The rating alone, by one thread, of columns that are in memory already: what it takes for all lines of a file. */
    Spent inMemory(SalesFile sales, long linesInMemory, Path folder) throws Exception {
        var journal = new EarningLines();
        var rating = new Rating(rulebook, Rating.Carried.NOTHING, new Totals());
        var cpu = new double[1];
        var wall = new double[1];
        Samples.each(sales, linesInMemory, folder, batches -> {
            var spent = Spent.on(() -> {
                for (var batch : batches) {
                    for (var from = 0; from < batch.size; from += Rating.AT_ONCE) {
                        journal.size = 0;
                        rating.rate(batch, from, Math.min(from + Rating.AT_ONCE, batch.size), journal);
                    }
                }
            });
            cpu[0] += spent.cpu();
            wall[0] += spent.wall();
        });
        rating.finish();
        return new Spent(cpu[0], wall[0]);
    }

    static List<Path> paths(Rater.Rated rated) {
        return rated.files().stream().map(EarningFile::path).toList();
    }
}
