package org.espace.earnings;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.espace.batch.DuckDb;
import org.espace.partners.Partners;
import org.springframework.stereotype.Component;

/**
 * Earning lines as a CSV file: DuckDB reads them while those that it has read are written.
 *
 * <p>One row a line, one currency a row, so that a column may be summed without taking anything out first. Amounts have a
 * point and the decimals of their currency; the basis has as many as it was computed with.
 */
@Component
class Export {

    private final Journal journal;
    private final Vocabulary vocabulary;
    private final Partners partners;

    Export(Journal journal, Vocabulary vocabulary, Partners partners) {
        this.journal = journal;
        this.vocabulary = vocabulary;
        this.partners = partners;
    }

    /** The caller deletes the file. */
    Path write(EarningsFilter filter, Journal.Where where) {
        try {
            var file = Files.createTempFile("espace-lines-", ".csv");
            try {
                write(filter, where, file);
            } catch (IOException | RuntimeException e) {
                Files.delete(file);
                throw e;
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(EarningsFilter filter, Journal.Where where, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            LinesCsv.head(out);
            if (!where.locations().isEmpty()) {
                journal.with(where, (duck, lines, written) -> {
                    try (var csv = new LinesCsv(out, words(filter, duck, written));
                            var rows = query(duck, "SELECT %s FROM %s".formatted(LinesCsv.COLUMNS, lines))) {
                        while (rows.result().nextChunk()) {
                            csv.write(rows.result().chunk());
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    private static DuckDb.Cursor query(DuckDBConnection duck, String sql) throws SQLException {
        var statement = duck.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
        return new DuckDb.Cursor(statement, statement.query());
    }

    private LinesCsv.Words words(EarningsFilter filter, DuckDBConnection duck, String written) throws SQLException {
        return new LinesCsv.Words(
                partners.locations(filter.partner()).stream()
                        .collect(toMap(location -> location.id().value(), Function.identity())),
                vocabulary.programs(),
                vocabulary.terms(),
                vocabulary.customers(numbers(duck, "customer", written)),
                vocabulary.products(numbers(duck, "product", written)),
                vocabulary::reason);
    }

    private static List<Integer> numbers(DuckDBConnection duck, String column, String lines) throws SQLException {
        try (var statement = duck.createStatement();
                var rows = statement.executeQuery("SELECT DISTINCT %s FROM %s".formatted(column, lines))) {
            var numbers = new ArrayList<Integer>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }
}
