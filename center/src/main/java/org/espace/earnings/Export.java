package org.espace.earnings;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.espace.batch.DuckDb;
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

    /** Decimal digits of which a long holds any number. */
    private static final int LONG_DIGITS = 18;

    private static final SortedSet<Integer> NONE = new TreeSet<>();

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
            if (where.locations().isEmpty()
                    || !journal.with(where, (duck, lines, written) -> copy(duck, lines, written, filter, file))) {
                Files.writeString(
                        file, String.join(",", columns(NONE, List.of()).keySet()) + "\n");
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

    private void copy(DuckDBConnection duck, String lines, String written, EarningsFilter filter, Path file)
            throws SQLException {
        var terms = vocabulary.terms();
        var why = vocabulary.reasons();
        words(
                duck,
                "location",
                partners.locations(filter.partner()).stream()
                        .collect(toMap(
                                location -> location.id().value(),
                                location -> List.of(location.number(), location.name()))));
        words(duck, "program", single(vocabulary.programs()));
        words(
                duck,
                "terms",
                terms.values().stream()
                        .collect(toMap(
                                PublishedTerms::id,
                                published -> List.of(
                                        published.terms().version(),
                                        published.terms().currency().getCurrencyCode(),
                                        Integer.toString(digits(published))))));
        words(duck, "lever", single(levers(terms)));
        words(duck, "customer", single(vocabulary.customers(numbers(duck, "customer", written))));
        words(duck, "product", single(vocabulary.products(numbers(duck, "product", written))));
        words(
                duck,
                "reason",
                numbers(duck, "reason", written).stream()
                        .collect(toMap(
                                Function.identity(),
                                reason -> List.of(why.apply(reason).code()))));
        var digits = numbers(duck, "terms", written).stream()
                .map(id ->
                        Optional.ofNullable(terms.get(id)).map(Export::digits).orElse(0))
                .collect(toCollection(TreeSet::new));
        var finer = numbers(duck, "fraction_digits", written);
        try (var statement = duck.createStatement()) {
            statement.execute("""
                    COPY (SELECT %s FROM %s AS line
                          LEFT JOIN location_words ON location_words.number = line.location
                          LEFT JOIN program_words ON program_words.number = line.program
                          LEFT JOIN terms_words ON terms_words.number = line.terms
                          LEFT JOIN lever_words ON lever_words.number = line.terms * 65536 + line.lever
                          LEFT JOIN customer_words ON customer_words.number = line.customer
                          LEFT JOIN product_words ON product_words.number = line.product
                          LEFT JOIN reason_words ON reason_words.number = line.reason)
                    TO %s (FORMAT csv, HEADER)""".formatted(
                            columns(digits, finer).entrySet().stream()
                                    .map(column -> column.getValue() + " AS \"" + column.getKey() + "\"")
                                    .collect(joining(", ")),
                            lines,
                            DuckDb.literal(file)));
        }
    }

    /**
     * The names of the columns, which never change, and what stands in them.
     *
     * @param digits how many decimals the currencies have that occur
     * @param finer how many more a basis has
     */
    private static Map<String, String> columns(SortedSet<Integer> digits, List<Integer> finer) {
        var basis = digits.stream()
                .flatMap(scale -> finer.stream().map(more -> scale + more))
                .collect(toCollection(TreeSet::new));
        var scale = "coalesce(terms_words.word3::INTEGER, 0)";
        var columns = new LinkedHashMap<String, String>();
        columns.put(
                "line",
                "concat(location, '-', seq, '-', program, '-', lever, '-', year(day) * 10000 + month(day) * 100 + day(day))");
        columns.put("location_number", "location_words.word1");
        columns.put("location", "location_words.word2");
        columns.put("program", "program_words.word1");
        columns.put("version", "terms_words.word1");
        columns.put("lever", "lever_words.word1");
        columns.put("day", "day");
        columns.put("customer", "customer_words.word1");
        columns.put("product", "product_words.word1");
        columns.put("reason", "reason_words.word1");
        columns.put("currency", "terms_words.word2");
        columns.put("basis", decimal("basis", scale + " + fraction_digits", basis));
        columns.put("rebate", decimal("rebate", scale, digits));
        columns.put("coop", decimal("amount - rebate", scale, digits));
        columns.put("amount", decimal("amount", scale, digits));
        columns.put("correction", "pieces > 1 OR kind <> 1");
        return columns;
    }

    /** @param scales the ones that occur: mostly a single one, and then nothing has to be looked up */
    private static String decimal(String minor, String scale, SortedSet<Integer> scales) {
        return scales.size() < 2
                ? exact(minor, scales.isEmpty() ? 0 : scales.first())
                : scales.stream()
                        .map(one -> "WHEN %d THEN %s".formatted(one, exact(minor, one)))
                        .collect(joining(" ", "CASE " + scale + " ", " END"));
    }

    /** A whole number times a power of ten. Most fit 64 bits, which takes half the time. */
    private static String exact(String minor, int scale) {
        return scale == 0
                ? "(%s)::VARCHAR".formatted(minor)
                : """
                        coalesce(
                            (TRY_CAST(%1$s AS DECIMAL(%2$d, 0)) * %3$s::DECIMAL(%4$d, %4$d))::VARCHAR,
                            ((%1$s)::DECIMAL(19, 0) * %3$s::DECIMAL(%5$d, %4$d))::VARCHAR)""".formatted(minor, LONG_DIGITS - scale, "0." + "0".repeat(scale - 1) + "1", scale, scale + 1);
    }

    private static int digits(PublishedTerms published) {
        return Math.max(0, published.terms().currency().getDefaultFractionDigits());
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

    private static Map<Integer, List<String>> single(Map<Integer, String> words) {
        return words.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
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
    private static void words(DuckDBConnection duck, String what, Map<Integer, List<String>> words)
            throws SQLException {
        var table = what + "_words";
        var columns = words.values().stream().mapToInt(List::size).max().orElse(1);
        try (var statement = duck.createStatement()) {
            statement.execute("CREATE TEMP TABLE %s (number INTEGER, %s)"
                    .formatted(
                            table,
                            IntStream.rangeClosed(1, columns)
                                    .mapToObj(number -> "word%d VARCHAR".formatted(number))
                                    .collect(joining(", "))));
        }
        try (var appender = duck.createAppender("temp", "main", table)) {
            for (var entry : words.entrySet()) {
                appender.beginRow();
                appender.append(entry.getKey());
                for (var word : entry.getValue()) {
                    appender.append(SpreadsheetCsv.harmless(word));
                }
                appender.endRow();
            }
        }
    }
}
