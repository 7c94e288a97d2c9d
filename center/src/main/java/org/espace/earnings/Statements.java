package org.espace.earnings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.espace.batch.DuckDb;
import org.espace.money.Money;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.web.Instance;
import org.springframework.stereotype.Component;

/**
 * The lines that are booked in a month, as the lake has them. A line is booked in the month of the day that it applies
 * to, or in the first month that was open when its run began, if that is later.
 */
@Component
class Statements {

    private static final String MEMORY = "512MB";

    private final EarningsStore store;
    private final Programs programs;
    private final Path spill;

    Statements(EarningsStore store, Programs programs, Instance instance) {
        this.store = store;
        this.programs = programs;
        this.spill = instance.home().resolve("spill");
    }

    /** A statement's lines by their hash, and what they come to. */
    record Digest(long lines, String sha256, List<ClosedPeriod.Total> totals) {}

    /**
     * The canonical form of a line is its columns as decimal numbers, and its day as an ISO date, with commas between, and
     * a line feed at the end; the canonical order is by location, posting sequence, program, lever, day, reason and run.
     */
    Digest digest(YearMonth month) {
        var lines = lines(month);
        var hash = sha256();
        var count = 0L;
        try (var duck = duck()) {
            if (lines.isEmpty()) {
                return new Digest(0, HexFormat.of().formatHex(hash.digest()), List.of());
            }
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
            return new Digest(count, HexFormat.of().formatHex(hash.digest()), totals(duck, lines));
        } catch (SQLException e) {
            throw new IllegalStateException("the lake cannot be read: " + e.getMessage(), e);
        }
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
