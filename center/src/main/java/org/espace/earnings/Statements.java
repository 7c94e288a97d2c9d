package org.espace.earnings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.earnings.Tables.EARNING_CHANGE;
import static org.jooq.impl.DSL.sum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.espace.batch.DuckDb;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.web.Instance;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * The lines that are booked in a month, as the lake has them. A line is booked in the month of the day that it applies
 * to, or in the first month that was open when its run began, if that is later.
 */
@Component
class Statements {

    private static final String MEMORY = "512MB";

    private final EarningsStore store;
    private final Adjustments adjustments;
    private final Periods periods;
    private final Programs programs;
    private final Partners partners;
    private final Vocabulary vocabulary;
    private final DSLContext sql;
    private final Path spill;

    Statements(
            EarningsStore store,
            Adjustments adjustments,
            Periods periods,
            Programs programs,
            Partners partners,
            Vocabulary vocabulary,
            DSLContext sql,
            Instance instance) {
        this.store = store;
        this.adjustments = adjustments;
        this.periods = periods;
        this.programs = programs;
        this.partners = partners;
        this.vocabulary = vocabulary;
        this.sql = sql;
        this.spill = instance.home().resolve("spill");
    }

    /** A statement's lines by their hash, and what they come to. */
    record Digest(long lines, String sha256, List<ClosedPeriod.Total> totals) {}

    /**
     * The canonical form of a line is its columns as decimal numbers, and its day as an ISO date, with commas between, and
     * a line feed at the end; the canonical order is by location, posting sequence, program, lever, day, reason and run.
     * Adjustments follow, by number.
     */
    Digest digest(YearMonth month) {
        var lines = lines(month);
        var hash = sha256();
        var count = 0L;
        if (lines.isEmpty()) {
            return digest(month, hash, 0, List.of());
        }
        try (var duck = duck()) {
            try (var cursor = duck.query("""
                    SELECT concat_ws(',', location, seq, day, run, customer, product, program, terms, lever, reason, rates,
                                     basis, before, level, withheld, amount, rebate, kind, digits)
                    FROM (%s) ORDER BY location, seq, program, lever, day, reason, run""".formatted(lines))) {
                while (cursor.result().nextChunk()) {
                    var chunk = cursor.result().chunk();
                    for (var i = 0L; i < chunk.rowCount(); i++) {
                        hash.update(chunk.vector(0).getString(i).getBytes(UTF_8));
                        hash.update((byte) '\n');
                    }
                    count += chunk.rowCount();
                }
            }
            return digest(month, hash, count, totals(duck, lines));
        } catch (SQLException e) {
            throw new IllegalStateException("the lake cannot be read: " + e.getMessage(), e);
        }
    }

    private Digest digest(YearMonth month, MessageDigest hash, long lines, List<ClosedPeriod.Total> totals) {
        for (var adjustment : adjustments.booked(month)) {
            hash.update("adjustment,%d,%s,%s,%s,%s,%s,%s,%s\n"
                    .formatted(
                            adjustment.id(),
                            adjustment.location(),
                            adjustment.program(),
                            adjustment.type(),
                            adjustment.month(),
                            adjustment.amount().amount().toPlainString(),
                            adjustment.amount().currency(),
                            adjustment.reason())
                    .getBytes(UTF_8));
        }
        return new Digest(lines, HexFormat.of().formatHex(hash.digest()), totals);
    }

    /** What was booked in the month, of what is visible. */
    Statement of(Visible visible, YearMonth month) {
        var locations =
                partners.locations(visible.partner()).stream().map(Location::id).toList();
        var codes = programs.all().stream()
                .collect(toMap(
                        PublishedTerms::program, published -> published.terms().program(), (one, _) -> one));
        var parts = sql.select(
                        EARNING_CHANGE.LOCATION_ID,
                        EARNING_CHANGE.PROGRAM_ID,
                        EARNING_CHANGE.MONTH,
                        EARNING_CHANGE.CURRENCY,
                        sum(EARNING_CHANGE.AMOUNT),
                        sum(EARNING_CHANGE.REBATE),
                        sum(EARNING_CHANGE.LINES))
                .from(EARNING_CHANGE)
                .where(EARNING_CHANGE.LOCATION_ID.in(
                        locations.stream().map(LocationId::value).toList()))
                .and(vocabulary.visible(visible, EARNING_CHANGE.LOCATION_ID, EARNING_CHANGE.PROGRAM_ID))
                .and(EARNING_CHANGE.BOOKED.eq(month.atDay(1)))
                .groupBy(
                        EARNING_CHANGE.LOCATION_ID,
                        EARNING_CHANGE.PROGRAM_ID,
                        EARNING_CHANGE.MONTH,
                        EARNING_CHANGE.CURRENCY)
                .orderBy(EARNING_CHANGE.LOCATION_ID, EARNING_CHANGE.PROGRAM_ID, EARNING_CHANGE.MONTH)
                .fetch(row -> {
                    var currency = Currency.getInstance(row.value4());
                    return new Statement.Part(
                            new LocationId(row.value1()),
                            Objects.requireNonNull(codes.get((int) row.value2())),
                            YearMonth.from(row.value3()),
                            new Money(row.value5(), currency),
                            new Money(row.value6(), currency),
                            row.value7().longValueExact());
                });
        return new Statement(
                visible.partner(),
                month,
                periods.all().stream()
                        .filter(period -> period.month().equals(month))
                        .findFirst()
                        .orElse(null),
                parts,
                adjustments.booked(month).stream()
                        .filter(adjustment -> locations.contains(adjustment.location())
                                && visible.holds(adjustment.location(), adjustment.program()))
                        .toList());
    }

    private List<ClosedPeriod.Total> totals(DuckDb duck, String lines) throws SQLException {
        var currencies = programs.all().stream()
                .collect(
                        toMap(PublishedTerms::id, published -> published.terms().currency()));
        var totals = new TreeMap<String, ClosedPeriod.Total>();
        try (var statement = duck.connection().createStatement();
                var rows = statement.executeQuery("""
                        SELECT terms, sum(amount)::BIGINT, sum(rebate)::BIGINT, count(*)
                        FROM (%s) WHERE lever > 0 GROUP BY terms""".formatted(lines))) {
            while (rows.next()) {
                var currency = Objects.requireNonNull(currencies.get(rows.getInt(1)));
                var total = new ClosedPeriod.Total(
                        Money.ofMinor(rows.getLong(2), currency),
                        Money.ofMinor(rows.getLong(3), currency),
                        rows.getLong(4));
                totals.merge(currency.getCurrencyCode(), total, ClosedPeriod.Total::plus);
            }
        }
        return List.copyOf(totals.values());
    }

    /** A query of the month's lines, with their runs; empty when no file may hold any. */
    private String lines(YearMonth month) {
        var first = month.atDay(1);
        var until = month.plusMonths(1).atDay(1);
        return store.files().stream()
                .filter(journal ->
                        journal.openFrom() == null || !journal.openFrom().isAfter(first))
                .collect(groupingBy(
                        journal -> new Alike(
                                journal.run(), journal.file().fractionDigits(), first.equals(journal.openFrom())),
                        LinkedHashMap::new,
                        mapping(journal -> journal.file().path(), toList())))
                .entrySet()
                .stream()
                .map(files -> "SELECT *, %d AS run, %d AS digits FROM read_parquet(%s) WHERE day < DATE '%s' AND %s"
                        .formatted(
                                files.getKey().run(),
                                files.getKey().digits(),
                                DuckDb.list(files.getValue()),
                                until,
                                files.getKey().firstOpen() ? "true" : "day >= DATE '%s'".formatted(first)))
                .collect(joining(" UNION ALL "));
    }

    /** Files whose lines are read in one way. */
    private record Alike(int run, int digits, boolean firstOpen) {}

    private DuckDb duck() throws SQLException {
        try {
            Files.createDirectories(spill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DuckDb.open(2, MEMORY, spill);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
