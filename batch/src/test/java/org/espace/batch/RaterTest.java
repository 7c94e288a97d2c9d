package org.espace.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espace.engine.Facts;
import org.espace.engine.Rulebook;
import org.espace.terms.TermsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaterTest {

    private static final int LOCATIONS = 40;
    private static final String TERMS = """
            program: test-program
            version: V1
            effective: 2026-01-01/2027-01-01
            currency: USD
            split: {rebate: 60%, co-op: 40%}
            levers:
              - {id: core, of: {product-family: f1}, rate: 4%, cap: {per: customer, period: quarter, amount: 900 USD}}
              - {id: tiers, of: all, per: partner, period: quarter, tiers: {kind: retroactive, steps: [{from: 1000 USD, rate: 2%}, {from: 90000 USD, rate: 3%}]}}
            """;

    @TempDir
    Path lake;

    @Test
    void oneThreadOrManyOneFileOrManyTheLinesAreTheSame() throws Exception {
        var whole = sales(1, "range(1, 60001)");
        var parts =
                List.of(sales(2, "range(1, 20001)"), sales(3, "range(20001, 20002)"), sales(4, "range(20002, 60001)"));
        var one = rate("one", 1, List.of(whole), Rater.Locations.all(), CarriedSums.none());
        var many = rate("many", 4, parts, Rater.Locations.all(), CarriedSums.none());
        assertThat(one.sales()).isEqualTo(60_000);
        assertThat(one.lines()).isGreaterThan(60_000);
        assertThat(digest(many)).isEqualTo(digest(one));
    }

    @Test
    void aNewDayOnCarriedSumsGivesTheSameLinesAsAFullReplay() throws Exception {
        var before = sales(2, "range(1, 50001)");
        var day = sales(3, "range(50001, 60001)");
        var replayed = CarriedSums.none();
        var full = rate("full", 2, List.of(before, day), Rater.Locations.all(), replayed);

        var carried = CarriedSums.none();
        var first = rate("first", 2, List.of(before), Rater.Locations.all(), carried);
        var state = lake.resolve("state.parquet");
        try (var duck = DuckDb.open(1, "256MB", lake)) {
            carried.write(state, duck);
            var second = rate("second", 2, List.of(day), Rater.Locations.all(), CarriedSums.read(state, duck));
            var both = new ArrayList<>(first.files());
            both.addAll(second.files());
            assertThat(digest(both)).isEqualTo(digest(full));
            assertThat(second.lines()).isLessThan(first.lines() / 2);
        }
    }

    @Test
    void whatIsRatedElsewhereGivesTheSameLinesAndSums() throws Exception {
        var before = List.of(sales(1, "range(1, 20001)"));
        var day = List.of(sales(2, "range(20001, 30001)"));
        var here = CarriedSums.none();
        var first = rate("first", 2, before, Rater.Locations.all(), here);
        var elsewhere = travelled(here);
        var second = rate("second", 2, day, Rater.Locations.all(), here);
        var sent = new Rater(new Rulebook(facts(), 0), 0, elsewhere, lake, RaterTest::elsewhere, 3_000)
                .rate("sent", day, Rater.Locations.all(), Progress.SILENT);
        assertThat(sent.files()).hasSizeGreaterThan(2);
        assertThat(digest(sent)).isEqualTo(digest(second)).isNotEqualTo(digest(first));
        try (var duck = DuckDb.open(1, "256MB", lake)) {
            here.write(lake.resolve("here.parquet"), duck);
        }
        try (var duck = DuckDb.open(1, "256MB", lake)) {
            elsewhere.write(lake.resolve("elsewhere.parquet"), duck);
        }
        assertThat(lake.resolve("elsewhere.parquet")).hasSameBinaryContentAs(lake.resolve("here.parquet"));
    }

    /** Everything goes out as bytes, and comes back as bytes. */
    private static List<Rater.Rated> elsewhere(
            List<Rater.Order> orders, Rulebook rulebook, CarriedSums carried, Rater.Counted counted)
            throws SQLException {
        var rated = new ArrayList<Rater.Rated>();
        for (var order : orders) {
            var sums = travelled(carried.within(order.first(), order.last()));
            rated.add(travelled(Rater.rate(travelled(order), travelled(rulebook), sums, counted)));
            carried.take(travelled(sums));
        }
        return rated;
    }

    @SuppressWarnings("unchecked")
    private static <T> T travelled(T value) {
        var bytes = new ByteArrayOutputStream();
        try {
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            }
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyTheNamedLocationsAreRated() throws Exception {
        var sales = List.of(sales(1, "range(1, 6001)"));
        SortedSet<Integer> some = new TreeSet<>(List.of(3, 7));
        var named = rate("named", 2, sales, new Rater.Locations(true, some), CarriedSums.none());
        var others = rate("others", 2, sales, new Rater.Locations(false, some), CarriedSums.none());
        assertThat(named.sales()).isEqualTo(300);
        assertThat(others.sales()).isEqualTo(5_700);
    }

    @Test
    void whatIsSoldIsInTheTotalsOnce() throws Exception {
        var rated = rate("all", 2, List.of(sales(1, "range(1, 6001)")), Rater.Locations.all(), CarriedSums.none());
        var sold = rated.totals().sold;
        var lines = IntStream.range(0, sold.size).map(i -> sold.lines[i]).sum();
        assertThat(lines).isEqualTo(6_000);
    }

    private Rater.Rated rate(
            String name, int threads, List<SalesFile> files, Rater.Locations locations, CarriedSums carried)
            throws Exception {
        return new Rater(new Rulebook(facts(), 0), 0, carried, lake, new Threads(threads))
                .rate(name, files, locations, Progress.SILENT);
    }

    private static Facts facts() {
        var joined = List.of(new Facts.Enrollment(1, LocalDate.of(2026, 1, 1), null));
        return new Facts(
                List.of(new Facts.Published(1, 1, TermsReader.read(TERMS))),
                IntStream.rangeClosed(1, LOCATIONS)
                        .mapToObj(id -> new Facts.Location(
                                id, "indirect-reseller", "FR", Set.of(), joined, List.of(), List.of()))
                        .toList(),
                List.of(new Facts.Product(1, "P1", "f1", "a"), new Facts.Product(2, "P2", "f2", "a")),
                IntStream.rangeClosed(1, 9)
                        .mapToObj(id -> new Facts.Customer(id, "C" + id, "FR", null, null))
                        .toList(),
                List.of(),
                List.of());
    }

    private SalesFile sales(int load, String rows) throws SQLException {
        var path = lake.resolve("load-%d.parquet".formatted(load));
        try (var duck = DuckDb.open(1, "256MB", lake)) {
            duck.execute("""
                    COPY (SELECT (i %% %d + 1)::INTEGER AS location, i AS seq,
                                 DATE '2026-01-01' + (i * 7919 %% 365)::INTEGER AS day, (hash(i) %% 10)::INTEGER AS customer,
                                 (1 + hash(i + 1) %% 2)::INTEGER AS product, 1000000::BIGINT AS quantity,
                                 (hash(i + 2) %% 100000)::BIGINT - 9000 AS amount, 840::SMALLINT AS currency,
                                 0::SMALLINT AS disposition, 0::BIGINT AS order_id, 0 AS kind
                          FROM %s t(i) ORDER BY location, seq) TO %s (FORMAT parquet)""".formatted(LOCATIONS, rows, DuckDb.literal(path)));
            return new SalesFile(load, path, 0, 0, 1, LOCATIONS);
        }
    }

    private Map<String, Long> digest(Rater.Rated rated) throws SQLException {
        return digest(rated.files());
    }

    /** Independent of the order of lines and of how they are cut into files. */
    private Map<String, Long> digest(List<EarningFile> files) throws SQLException {
        assertThat(files).allMatch(file -> Files.exists(file.path()));
        var from = " FROM read_parquet(%s) e"
                .formatted(DuckDb.list(files.stream().map(EarningFile::path).toList()));
        try (var duck = DuckDb.open(1, "256MB", lake)) {
            return Map.of(
                    "lines", duck.number("SELECT count(*)" + from),
                    "amount", duck.number("SELECT sum(amount)" + from),
                    "rebate", duck.number("SELECT sum(rebate)" + from),
                    "hash", duck.number("SELECT bit_xor(hash(e) >> 1)" + from));
        }
    }
}
