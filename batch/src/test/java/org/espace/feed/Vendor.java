package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.engine.Facts;

/** A vendor with two dealers (L1, L2) and two products (P1, P2), whose feeds go into a lake of its own. */
final class Vendor {

    static final String MAPPING = """
            mapping: test
            lines:
              line-id: id
              location: dealer
              day: day
              customer: customer
              customer-name: name
              product: product
              quantity: quantity
              amount: amount
              currency: currency
              status: status
            statuses:
              "": eligible
              open: {pending: OPEN}
              trial: {ineligible: TRIAL}
            """;
    static final String HEADER = "id,dealer,day,customer,name,product,quantity,amount,currency,status\n";

    final Path folder;
    private final Map<String, Integer> customers = new HashMap<>();
    private final Map<String, Integer> dispositions = new HashMap<>();
    private final List<Facts.LineKind> kinds = new ArrayList<>();
    private final List<Feed.Earlier> earlier = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger(100);
    private int loads;

    Vendor(Path folder) {
        this.folder = folder;
    }

    void knowsCustomer(String number) {
        customers.put(number, ids.incrementAndGet());
    }

    Intake load(String mapping, String text) {
        return load(mapping, text.getBytes(UTF_8));
    }

    Intake load(String mapping, byte[] content) {
        try {
            return load(mapping, Files.write(folder.resolve("feed"), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Intake load(String mapping, Path file) {
        return load(Mapping.read(mapping), file);
    }

    Intake load(Mapping mapping, Path file) {
        try {
            var known = new Known(
                    Map.of("L1", 1, "L2", 2),
                    Map.of("L1", 1, "L2", 2),
                    customers,
                    Map.of("P1", 1, "P2", 2),
                    dispositions,
                    List.copyOf(kinds),
                    new Known.Ids(
                            ids::incrementAndGet,
                            ids::incrementAndGet,
                            ids::incrementAndGet,
                            ids::incrementAndGet,
                            ids::incrementAndGet,
                            ids::incrementAndGet));
            var order = new Feed.Order(++loads, LocalDate.of(2026, 11, 22), folder, List.copyOf(earlier), false);
            var intake = Feed.take(FeedFile.open(file), mapping, known, order, Progress.SILENT);
            intake.lines().ifPresent(lines -> earlier.add(new Feed.Earlier(lines.path(), lines.fractionDigits())));
            intake.registered().customers().forEach(customer -> customers.put(customer.number(), customer.id()));
            intake.registered()
                    .dispositions()
                    .forEach(disposition -> dispositions.put(disposition.code(), disposition.id()));
            kinds.addAll(intake.registered().lineKinds());
            return intake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first refused row of the last load: "row column code value". */
    String refusal() {
        return refusals().getFirst();
    }

    /** Of this load, which may have been without refusals. */
    List<String> refusals(Intake intake) {
        return intake.quarantine().isPresent() ? refusals() : List.of();
    }

    List<String> refusals() {
        return ask("SELECT row || ' ' || column_name || ' ' || code || ' ' || value FROM read_parquet('" + folder
                + "/quarantine/load-" + loads + ".parquet') ORDER BY file NULLS FIRST, row");
    }

    /** What stands in the lake, of all loads, in posting order. */
    List<String> lines(String columns) {
        return ask("SELECT concat_ws(' ', " + columns + ") FROM read_parquet('" + folder
                + "/sales/*.parquet') ORDER BY seq");
    }

    void execute(String sql) {
        try (var duckdb = DuckDb.open(1, "256MB", folder)) {
            duckdb.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> ask(String sql) {
        try (var duckdb = DuckDb.open(1, "256MB", folder);
                var statement = duckdb.connection().createStatement();
                var rows = statement.executeQuery(sql)) {
            var answers = new ArrayList<String>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String counts(Intake intake) {
        return List.of(
                        intake.received(),
                        intake.accepted(),
                        intake.duplicates(),
                        intake.corrections(),
                        intake.refused())
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
