package org.espace.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.engine.Facts;
import org.espace.engine.Rulebook;
import org.espace.engine.Sums;
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
    void dayByDayTheLinesAndTheSumsAreThoseOfAFullReplay() throws Exception {
        var loads = List.of(
                sales(2, "range(1, 50001)"),
                sales(3, "range(50001, 50301)"),
                sales(4, "range(50301, 60001)"),
                sales(5, "range(60001, 60010)"));
        var replayed = CarriedSums.none();
        var full = rate("full", 2, loads, Rater.Locations.all(), replayed);
        var files = new ArrayList<EarningFile>();
        var carried = CarriedSums.none();
        var groups = new ArrayList<Long>();
        for (var load : loads) {
            var rated = rate("load-" + load.load(), 2, List.of(load), Rater.Locations.all(), carried);
            files.addAll(rated.files());
            groups.add(carried.files().stream().mapToLong(SumsFile::groups).sum());
            carried = carriedOn(carried, "sums-" + load.load());
        }
        assertThat(digest(files)).isEqualTo(digest(full));
        assertThat(groupsOf(carried)).isEqualTo(groupsOf(carriedOn(replayed, "sums-full")));
        assertThat(groups.get(1)).as("groups besides those of the first load").isLessThan(groups.getFirst() * 3 / 2);
        assertThat(groups.get(3)).isLessThan(groups.get(2) + 30);
    }

    @Test
    void changesThatAreManyAreMerged() throws Exception {
        var carried = CarriedSums.none();
        for (var load = 1; load <= 9; load++) {
            rate(
                    "load-" + load,
                    2,
                    List.of(sales(load, "range(%d, %d)".formatted(load * 1000, load * 1000 + 1000))),
                    Rater.Locations.all(),
                    carried);
            carried = carriedOn(carried, "sums-" + load);
            assertThat(carried.files()).hasSizeLessThan(6);
        }
        assertThat(carried.files().stream().mapToLong(SumsFile::groups).sum())
                .isLessThan(2L * groupsOf(carried).size());
    }

    @Test
    void aLocationThatIsReplayedForgetsItsSums() throws Exception {
        var load = sales(1, "range(1, 20001)");
        var once = CarriedSums.none();
        rate("once", 2, List.of(load), Rater.Locations.all(), once);
        var again = carriedOn(once, "sums-once");
        SortedSet<Integer> two = new TreeSet<>(List.of(5, 17));
        two.forEach(again::forget);
        rate("again", 2, List.of(load), new Rater.Locations(true, two), again);
        assertThat(groupsOf(carriedOn(again, "sums-again"))).isEqualTo(groupsOf(carriedOn(once, "sums-once")));
    }

    @Test
    void aRunThatDoesNotEndLeavesTheSumsAsTheyWere() throws Exception {
        var first = CarriedSums.none();
        rate("first", 2, List.of(sales(1, "range(1, 20001)")), Rater.Locations.all(), first);
        var carried = carriedOn(first, "sums-first");
        var before = groupsOf(carried);
        rate("lost", 2, List.of(sales(2, "range(20001, 30001)")), Rater.Locations.all(), carried);
        assertThat(groupsOf(CarriedSums.read(lake.resolve("sums-first")))).isEqualTo(before);
    }

    /** As the next run finds them. */
    private CarriedSums carriedOn(CarriedSums carried, String list) throws SQLException {
        carried.write(lake.resolve(list));
        return CarriedSums.read(lake.resolve(list));
    }

    private Set<List<Long>> groupsOf(CarriedSums carried) throws SQLException {
        var groups = new HashSet<List<Long>>();
        try (var duck = DuckDb.open(1, "256MB", lake);
                var range = carried.open(duck, 1, LOCATIONS, Long.MAX_VALUE, "", lake.resolve("none"))) {
            for (var location = 1; location <= LOCATIONS; location++) {
                var here = (long) location;
                var sums = new Sums();
                range.load(location, sums);
                sums.forEach((slot, span, owner, one, two) -> assertThat(
                                groups.add(List.of(here, (long) slot, (long) span, owner, one, two)))
                        .isTrue());
            }
        }
        assertThat(groups).hasSizeGreaterThan(LOCATIONS);
        assertThat(groupsOf(7, carried))
                .isEqualTo(
                        groups.stream().filter(group -> group.getFirst() == 7).collect(Collectors.toSet()));
        return groups;
    }

    /** As a page reads them. */
    private Set<List<Long>> groupsOf(int location, CarriedSums carried) throws SQLException {
        var groups = new HashSet<List<Long>>();
        var sums = new Sums();
        try (var duck = DuckDb.open(1, "256MB", lake)) {
            carried.ofLocation(location, duck).load(location, sums);
        }
        sums.forEach((slot, span, owner, one, two) ->
                groups.add(List.of((long) location, (long) slot, (long) span, owner, one, two)));
        return groups;
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
