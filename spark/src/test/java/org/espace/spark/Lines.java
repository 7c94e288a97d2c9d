package org.espace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.batch.CarriedSums;
import org.espace.batch.DuckDb;
import org.espace.batch.EarningFile;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.Runner;
import org.espace.batch.SalesFile;
import org.espace.engine.Rulebook;
import org.espace.engine.Totals;

/** One full refresh by some runner: its lines, its totals, and the sums that it carries on. */
record Lines(Path folder, Rater.Rated rated, CarriedSums carried) {

    static Lines of(
            Runner runner, Rulebook rulebook, List<SalesFile> sales, Path folder, long linesInARange, Progress progress)
            throws Exception {
        Files.createDirectories(folder);
        var carried = CarriedSums.none();
        var rated = new Rater(rulebook, 0, carried, folder, runner, linesInARange)
                .rate("run", sales, Rater.Locations.all(), progress);
        return new Lines(folder, rated, carried);
    }

    /** Line by line, in number, in the totals beside them, and in what the next run starts from. */
    void assertSameAs(Lines other) throws Exception {
        assertThat(rated.sales()).isEqualTo(other.rated.sales());
        assertThat(rated.lines()).isEqualTo(other.rated.lines()).isPositive();
        assertThat(totals()).isEqualTo(other.totals());
        assertSame(read(), other.read());
        assertSame(sums(), other.sums());
    }

    private void assertSame(String ours, String theirs) throws SQLException {
        try (var duck = DuckDb.open(2, "1GB", folder.resolve("spill"))) {
            var hash = "SELECT bit_xor(hash(e) >> 1) FROM %s e";
            assertThat(duck.number(hash.formatted(ours))).isEqualTo(duck.number(hash.formatted(theirs)));
            duck.execute("CREATE VIEW here AS SELECT * FROM " + ours);
            duck.execute("CREATE VIEW there AS SELECT * FROM " + theirs);
            assertThat(duck.number("SELECT count(*) FROM here")).isPositive();
            assertThat(duck.number("SELECT count(*) FROM (FROM here EXCEPT ALL FROM there)"))
                    .isZero();
            assertThat(duck.number("SELECT count(*) FROM (FROM there EXCEPT ALL FROM here)"))
                    .isZero();
        }
    }

    /** The files that there are in the folder are the ones that count, each once. */
    void assertNothingElseInTheFolder() throws Exception {
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(earnings().stream(), sumsFiles().stream())
                            .toList());
        }
    }

    private List<Path> earnings() {
        return rated.files().stream().map(EarningFile::path).toList();
    }

    private List<Path> sumsFiles() {
        return carried.files().stream().map(file -> file.file().toPath()).toList();
    }

    private String read() {
        return "read_parquet(%s)".formatted(DuckDb.list(earnings()));
    }

    private String sums() {
        return "read_parquet(%s)".formatted(DuckDb.list(sumsFiles()));
    }

    private List<TreeMap<List<Integer>, List<Long>>> totals() {
        return List.of(sorted(rated.totals().sold), sorted(rated.totals().earned));
    }

    private static TreeMap<List<Integer>, List<Long>> sorted(Totals.Columns columns) {
        var rows = new TreeMap<List<Integer>, List<Long>>(
                Comparator.comparing(key -> key.stream().map("%11d"::formatted).collect(Collectors.joining())));
        for (var i = 0; i < columns.size; i++) {
            var key = Arrays.asList(
                    columns.location[i],
                    (int) columns.program[i],
                    (int) columns.terms[i],
                    (int) columns.month[i],
                    (int) columns.currency[i],
                    (int) columns.reason[i]);
            var before = rows.put(key, List.of(columns.amount[i], columns.rebate[i], (long) columns.lines[i]));
            assertThat(before).as("totals of %s", key).isNull();
        }
        return rows;
    }
}
