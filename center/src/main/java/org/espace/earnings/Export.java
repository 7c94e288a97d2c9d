package org.espace.earnings;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.espace.batch.DuckDb;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.PublishedTerms;
import org.espace.web.SpreadsheetCsv;
import org.springframework.stereotype.Component;

/**
 * Earning lines as a CSV file, in one set: DuckDB joins the words to the numbers and writes.
 *
 * <p>One row a line, one currency a row, so that a column may be summed without taking anything out first. Amounts have a
 * point and the decimals of their currency; the basis has as many as it was computed with.
 */
@Component
class Export {

    private static final int MOST_DIGITS = 12;

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
        var file = temporary();
        try {
            if (where.locations().isEmpty() || !journal.with(where, (duck, lines) -> copy(duck, lines, filter, file))) {
                Files.writeString(file, String.join(",", columns().keySet()) + "\n");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("espace-lines-", ".csv");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(DuckDBConnection duck, String lines, EarningsFilter filter, Path file) throws SQLException {
        var terms = vocabulary.terms();
        var locations = partners.locations(filter.partner());
        words(duck, "location_number", named(locations, Location::number));
        words(duck, "location_name", named(locations, Location::name));
        words(duck, "program_code", vocabulary.programs());
        words(duck, "version", named(terms, published -> published.terms().version()));
        words(
                duck,
                "currency",
                named(terms, published -> published.terms().currency().getCurrencyCode()));
        words(duck, "digits", named(terms, Export::digits));
        words(duck, "lever_id", levers(terms));
        words(duck, "customer_name", vocabulary.customers(numbers(duck, "customer", lines)));
        words(duck, "product_name", vocabulary.products(numbers(duck, "product", lines)));
        var why = vocabulary.reasons();
        words(
                duck,
                "reason_code",
                numbers(duck, "reason", lines).stream()
                        .collect(toMap(
                                Function.identity(), reason -> why.apply(reason).code())));
        try (var statement = duck.createStatement()) {
            statement.execute("""
                    COPY (SELECT %s FROM %s AS line
                          %s
                          LEFT JOIN lever_id ON lever_id.number = terms * 65536 + lever)
                    TO %s (FORMAT csv, HEADER)""".formatted(
                    columns().entrySet().stream()
                            .map(column -> column.getValue() + " AS \"" + column.getKey() + "\"")
                            .collect(joining(", ")),
                    lines,
                    Stream.of(
                                    "location_number.location",
                                    "location_name.location",
                                    "program_code.program",
                                    "version.terms",
                                    "currency.terms",
                                    "digits.terms",
                                    "customer_name.customer",
                                    "product_name.product",
                                    "reason_code.reason")
                            .map(pair -> pair.split("\\."))
                            .map(pair -> "LEFT JOIN %s ON %s.number = line.%s".formatted(pair[0], pair[0], pair[1]))
                            .collect(joining("\n      ")),
                    DuckDb.literal(file)));
        }
    }

    /** The names of the columns, which never change, and what stands in them. */
    private static Map<String, String> columns() {
        var columns = new LinkedHashMap<String, String>();
        columns.put(
                "line", "location || '-' || seq || '-' || program || '-' || lever || '-' || strftime(day, '%Y%m%d')");
        columns.put("location_number", "location_number.word");
        columns.put("location", "location_name.word");
        columns.put("program", "program_code.word");
        columns.put("version", "version.word");
        columns.put("lever", "lever_id.word");
        columns.put("day", "day");
        columns.put("customer", "customer_name.word");
        columns.put("product", "product_name.word");
        columns.put("reason", "reason_code.word");
        columns.put("currency", "currency.word");
        columns.put("basis", decimal("basis", "digits.word::INTEGER + fraction_digits"));
        columns.put("rebate", decimal("rebate", "digits.word::INTEGER"));
        columns.put("coop", decimal("amount - rebate", "digits.word::INTEGER"));
        columns.put("amount", decimal("amount", "digits.word::INTEGER"));
        columns.put("correction", "pieces > 1 OR kind <> 1");
        return columns;
    }

    /** Exact: a whole number times a power of ten as a decimal. */
    private static String decimal(String minor, String digits) {
        return IntStream.rangeClosed(0, MOST_DIGITS)
                .mapToObj(scale -> scale == 0
                        ? "WHEN 0 THEN (%s)::VARCHAR".formatted(minor)
                        : "WHEN %d THEN ((%s)::DECIMAL(19, 0) * %s::DECIMAL(%d, %d))::VARCHAR"
                                .formatted(scale, minor, "0." + "0".repeat(scale - 1) + "1", scale + 1, scale))
                .collect(joining(" ", "CASE coalesce(" + digits + ", 0) ", " END"));
    }

    private static String digits(PublishedTerms published) {
        return Integer.toString(Math.max(0, published.terms().currency().getDefaultFractionDigits()));
    }

    private static Map<Integer, String> levers(Map<Integer, PublishedTerms> terms) {
        var levers = new LinkedHashMap<Integer, String>();
        terms.forEach((id, published) -> {
            var count = published.terms().levers().size()
                    + published.terms().ceilings().size();
            for (var number = 1; number <= count; number++) {
                levers.put(
                        (id << 16) + number,
                        LineExplained.Lever.of(published.terms(), number).id());
            }
        });
        return levers;
    }

    private static Map<Integer, String> named(List<Location> locations, Function<Location, String> word) {
        return locations.stream().collect(toMap(location -> location.id().value(), word));
    }

    private static Map<Integer, String> named(
            Map<Integer, PublishedTerms> terms, Function<PublishedTerms, String> word) {
        return terms.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> word.apply(entry.getValue())));
    }

    private static List<Integer> numbers(DuckDBConnection duck, String column, String lines) throws SQLException {
        try (var statement = duck.createStatement();
                var rows = statement.executeQuery("SELECT DISTINCT %s FROM %s".formatted(column, lines))) {
            var numbers = Stream.<Integer>builder();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers.build().collect(Collectors.toList());
        }
    }

    /** Words come from feeds: none is left that a spreadsheet would compute. */
    private static void words(DuckDBConnection duck, String table, Map<Integer, String> words) throws SQLException {
        try (var statement = duck.createStatement()) {
            statement.execute("CREATE TEMP TABLE %s (number INTEGER PRIMARY KEY, word VARCHAR)".formatted(table));
        }
        try (var appender = duck.createAppender("temp", "main", table)) {
            for (var entry : words.entrySet()) {
                appender.beginRow();
                appender.append(entry.getKey());
                appender.append(SpreadsheetCsv.harmless(entry.getValue()));
                appender.endRow();
            }
        }
    }
}
