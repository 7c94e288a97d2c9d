package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.SalesFile;
import org.espace.engine.Reason;
import org.espace.engine.Rulebook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameLinesTest {

    private static final long ROWS = 50_000;
    private static final Vendor VENDOR = Vendor.of(7, ROWS);
    private static final Path MAPPING = Path.of("../center/src/main/resources/mappings/espace.yaml");

    @TempDir
    Path folder;

    private final SalesYear year = new SalesYear(VENDOR, ROWS, Progress.SILENT);
    private final Refresh refresh = new Refresh(new Rulebook(VENDOR.facts(), 0), 2);
    private SalesFile all;

    @BeforeEach
    void generate() throws Exception {
        all = year.sales(folder.resolve("all.parquet"), 1, 0, ROWS);
    }

    @Test
    void theEngineAndTheReferenceSqlAgreeOnEveryColumnOfEveryLine() throws Exception {
        var engine = earnings(refresh.full(List.of(all), folder.resolve("engine")));
        try (var reference = SetBased.open(new Reference(VENDOR.facts()), 2, "1GB", all, folder.resolve("reference"))) {
            assertThat(engine).isEqualTo(reference.digest());
        }
        assertThat(engine.lines()).isGreaterThan(all.lines() * 18 / 10);
    }

    /** Growth, too, where it has lines that move what another period earned, and months that do not exceed the last. */
    @Test
    void postgresAgreesWithTheEngine() throws Exception {
        var rated = Refresh.paths(refresh.full(List.of(all), folder.resolve("engine")));
        Files.createDirectories(folder.resolve("postgres"));
        try (var postgres = PostgresSide.open(folder.resolve("postgres"), new Reference(VENDOR.facts()), all, 1);
                var duck = DuckDb.open(1, "256MB", folder)) {
            postgres.run();
            var lines = "read_parquet(%s)".formatted(DuckDb.list(rated));
            assertThat(postgres.sums()).isEqualTo(PostgresSide.sums(duck.connection(), lines));
            for (var reason : List.of(Reason.BASELINE_MOVED, Reason.NO_GROWTH, Reason.CAP_LIMITED)) {
                assertThat(duck.number("SELECT count(*) FROM %s WHERE reason = %d".formatted(lines, reason.number())))
                        .as("%s", reason)
                        .isPositive();
            }
        }
    }

    @Test
    void neitherThreadsNorRangesMakeADifference() throws Exception {
        var one = new Refresh(refresh.rulebook(), 1).full(List.of(all), folder.resolve("one"));
        var small = new Refresh(refresh.rulebook(), 4).full(List.of(all), folder.resolve("small"), 999);
        assertThat(small.files()).hasSizeGreaterThan(30);
        assertThat(earnings(small)).isEqualTo(earnings(one));
    }

    @Test
    void oneMoreDayGivesTheLinesAndTheSumsOfAFullReplay() throws Exception {
        var before = year.sales(folder.resolve("before.parquet"), 1, 0, year.lastDay());
        var day = year.sales(folder.resolve("day.parquet"), 2, year.lastDay(), ROWS);
        var full = refresh.full(List.of(before, day), folder.resolve("full"));
        var files = new ArrayList<>(Refresh.paths(refresh.full(List.of(before), folder.resolve("first"))));
        var one = refresh.day(day, folder.resolve("first"), folder.resolve("one"));
        files.addAll(Refresh.paths(one));
        assertThat(digest(Digest.EARNINGS, files)).isEqualTo(earnings(full));
        try (var duck = DuckDb.open(1, "256MB", folder)) {
            assertThat(Digest.of(duck, Refresh.sums(folder.resolve("one"))))
                    .isEqualTo(Digest.of(duck, Refresh.sums(folder.resolve("full"))));
        }
        assertThat(one.sales()).isEqualTo(day.lines()).isLessThan(all.lines() / 300);
    }

    @Test
    void aLoadOfTheFeedFileKeepsTheLinesThatAreWrittenDirectly() throws Exception {
        var csv = folder.resolve("sales.csv");
        year.csv(csv);
        var intake = new OwnLoad(VENDOR, MAPPING).run(csv, folder.resolve("lake"));
        BareLoad.run(csv, folder.resolve("bare.parquet"), 2);
        var columns = "location, seq, day, customer, product, quantity, amount, currency, disposition, line_id";
        var direct = digest(columns, List.of(all.path()));
        assertThat(digest(columns, List.of(folder.resolve("lake/sales/load-1.parquet"))))
                .isEqualTo(direct);
        assertThat(digest(columns, List.of(folder.resolve("bare.parquet")))).isEqualTo(direct);
        assertThat(intake.refused()).isEqualTo(ROWS - all.lines()).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameYear() throws Exception {
        var again = new SalesYear(Vendor.of(7, ROWS), ROWS, Progress.SILENT)
                .sales(folder.resolve("again.parquet"), 1, 0, ROWS);
        var other = new SalesYear(Vendor.of(8, ROWS), ROWS, Progress.SILENT)
                .sales(folder.resolve("other.parquet"), 1, 0, ROWS);
        assertThat(Files.mismatch(again.path(), all.path())).isEqualTo(-1);
        assertThat(Files.mismatch(other.path(), all.path())).isNotEqualTo(-1);
    }

    private Digest earnings(Rater.Rated rated) throws Exception {
        return digest(Digest.EARNINGS, Refresh.paths(rated));
    }

    private Digest digest(String columns, List<Path> files) throws Exception {
        try (var duck = DuckDb.open(2, "512MB", folder)) {
            return Digest.of(duck, columns, "read_parquet(%s)".formatted(DuckDb.list(files)));
        }
    }
}
