package org.espace.demo;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toMap;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.espace.demo.BusinessYear.Line;
import org.espace.demo.Cast.Place;

/**
 * The vendor's files in Espace's own feed format, the same to the byte at every start.
 *
 * @param sales in the order in which they are to be loaded
 * @param rates exchange rates in the format of the European Central Bank, with invented figures
 */
record DemoFeed(List<SalesFile> sales, Path rates) {

    private static final String HISTORY = "sales-2025-11-to-2026-09.csv";
    private static final String OCTOBER = "sales-2026-10.csv";
    private static final String CORRECTIONS = "sales-corrections.csv";
    static final List<String> FILES = List.of(HISTORY, OCTOBER, CORRECTIONS);

    private static final long SEED = 20_261_031;
    private static final int REPEATED = 40;

    /** @param received rows of the file; what is neither a duplicate, nor a correction, nor refused is new */
    record SalesFile(Path path, int received, int duplicates, int corrections, int refused) {

        String name() {
            return Objects.toString(path.getFileName());
        }
    }

    static DemoFeed write(Path folder) {
        var chance = new SplittableRandom(SEED);
        var cast = Cast.gather(chance.split());
        var lines = BusinessYear.of(cast, chance.split()).lines();
        try {
            Files.createDirectories(folder);
            writePartners(cast, folder.resolve("partners.csv"));
            writeProducts(cast, folder.resolve("products.csv"));
            writeEnrollments(cast, folder.resolve("enrollments.csv"), chance.split());
            writeCustomers(cast, lines, folder.resolve("customers.csv"));
            writeStanding(cast, folder);
            return new DemoFeed(
                    sales(folder, lines, chance.split()),
                    DemoRates.write(folder.resolve("demo-exchange-rates.xml"), chance.split()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SalesFile> sales(Path folder, List<Line> lines, SplittableRandom chance) throws IOException {
        var history = lines.stream()
                .filter(line -> line.month().isBefore(BusinessYear.LAST))
                .toList();
        var october = lines.stream()
                .filter(line -> line.month().equals(BusinessYear.LAST))
                .toList();
        var repeated =
                history.stream().filter(Line::isInvoiced).toList().reversed().subList(0, REPEATED);
        var settled = settled(history);
        var corrected = new ArrayList<>(settled(october));
        corrected.addAll(corrected(lines, chance));

        var second = new ArrayList<>(repeated);
        second.addAll(settled);
        second.addAll(october);
        return List.of(
                sales(folder.resolve(HISTORY), history, 0, 0, chance.split()),
                sales(folder.resolve(OCTOBER), second, repeated.size(), settled.size(), chance.split()),
                sales(folder.resolve(CORRECTIONS), corrected, 0, corrected.size(), chance.split()));
    }

    /** Most of what was open has been invoiced since. */
    private static List<Line> settled(List<Line> lines) {
        return lines.stream()
                .filter(Line::isOpen)
                .filter(line -> line.customer().seats() % 5 != 0)
                .map(line -> line.withStatus(""))
                .toList();
    }

    /** One invoice in two hundred was wrong: fewer seats, or not owed at all. */
    private static List<Line> corrected(List<Line> lines, SplittableRandom chance) {
        return lines.stream()
                .filter(line -> line.isInvoiced() && line.quantity() > 1 && Chances.oneIn(200, chance))
                .map(line -> Chances.oneIn(8, chance)
                        ? line.withStatus("cancelled")
                        : line.ofQuantity(1 + chance.nextLong(line.quantity() - 1)))
                .toList();
    }

    private static SalesFile sales(
            Path file, List<Line> lines, int duplicates, int corrections, SplittableRandom chance) throws IOException {
        var broken = Math.max(4, lines.size() / 2_500);
        var every = lines.size() / broken;
        try (var csv = csv(file)) {
            csv.writeRecord(SalesRow.HEADER);
            for (var number = 0; number < lines.size(); number++) {
                var row = SalesRow.of(lines.get(number));
                csv.writeRecord(row.fields());
                if (number % every == every - 1 && number / every < broken) {
                    csv.writeRecord(row.broken(number / every, chance).fields());
                }
            }
        }
        return new SalesFile(file, lines.size() + broken, duplicates, corrections, broken);
    }

    private static void writePartners(Cast cast, Path file) throws IOException {
        try (var csv = csv(file)) {
            csv.writeRecord(
                    "partner",
                    "partner_name",
                    "partner_country",
                    "location",
                    "location_name",
                    "location_country",
                    "type");
            for (var place : cast.places()) {
                csv.writeRecord(
                        place.partner(),
                        place.partnerName(),
                        place.partnerCountry(),
                        place.location(),
                        place.name(),
                        place.market().name(),
                        place.type());
            }
        }
    }

    private static void writeProducts(Cast cast, Path file) throws IOException {
        try (var csv = csv(file)) {
            csv.writeRecord("product", "name", "family", "solution_area");
            for (var product : cast.products()) {
                csv.writeRecord(product.number(), product.name(), product.family(), product.solutionArea());
            }
        }
    }

    private static void writeEnrollments(Cast cast, Path file, SplittableRandom chance) throws IOException {
        try (var csv = csv(file)) {
            csv.writeRecord("location", "program", "since", "until");
            for (var place : cast.places()) {
                var guided = place.partner().equals(Cast.GUIDED_PARTNER);
                for (var program : programs(place, guided, chance)) {
                    csv.writeRecord(
                            place.location(),
                            program,
                            since(place, guided, chance).toString(),
                            !guided && Chances.oneIn(20, chance) ? "2026-05-01" : "");
                }
            }
        }
    }

    /** One in six became a customer with its first order of the year, the others long ago. */
    private static void writeCustomers(Cast cast, List<Line> lines, Path file) throws IOException {
        var first = lines.stream()
                .collect(toMap(line -> line.customer().number(), Line::month, BinaryOperator.minBy(naturalOrder())));
        try (var csv = csv(file)) {
            csv.writeRecord("customer", "name", "country", "segment", "since");
            for (var number = 0; number < cast.customers().size(); number++) {
                var customer = cast.customers().get(number);
                var began = first.getOrDefault(customer.number(), BusinessYear.LAST);
                var since = number % 6 == 0 ? began : YearMonth.of(2012 + number % 13, 1 + number * 5 % 12);
                csv.writeRecord(
                        customer.number(),
                        customer.name(),
                        customer.place().market().name(),
                        customer.segment().code(),
                        since.atDay(1).toString());
            }
        }
    }

    /** Every place has signed the membership; what else it has proved, is listed for and plans follows from its turn. */
    private static void writeStanding(Cast cast, Path folder) throws IOException {
        try (var holdings = csv(folder.resolve("holdings.csv"));
                var lists = csv(folder.resolve("lists.csv"));
                var plans = csv(folder.resolve("plans.csv"))) {
            holdings.writeRecord("location", "kind", "code", "level", "since", "until");
            lists.writeRecord("location", "list", "listed");
            plans.writeRecord("location", "program", "since", "until", "amount");
            for (var turn = 0; turn < cast.places().size(); turn++) {
                var place = cast.places().get(turn);
                holdings.writeRecord(place.location(), "agreement", "network-membership", "", "2025-07-01", "");
                if (turn % 2 == 0) {
                    holdings.writeRecord(
                            place.location(),
                            "competency",
                            "cloud-productivity",
                            turn % 4 == 0 ? "gold" : "silver",
                            "2025-09-01",
                            turn % 10 == 0 ? "2026-09-01" : "");
                }
                if (turn % 3 == 0) {
                    lists.writeRecord(place.location(), "growth-2026", "true");
                }
                if (place.type().equals("indirect-provider")) {
                    plans.writeRecord(place.location(), "distributor-seats", "2025-10-01", "2026-10-01", "250000.00");
                }
            }
        }
    }

    /** A few places never joined; some indirect resellers also buy through the distributor. */
    private static List<String> programs(Place place, boolean guided, SplittableRandom chance) {
        if (!guided && Chances.oneIn(20, chance)) {
            return List.of();
        }
        return switch (place.type()) {
            case "direct-reseller" -> List.of("csp-direct-bill");
            case "indirect-provider" -> List.of("distributor-seats");
            default ->
                guided || Chances.oneIn(2, chance)
                        ? List.of("csp-indirect-reseller", "distributor-seats")
                        : List.of("csp-indirect-reseller");
        };
    }

    /** Always the first of a month. One place in six joined when the year was already running. */
    private static LocalDate since(Place place, boolean guided, SplittableRandom chance) {
        var late = guided ? place.market() == Market.CH : Chances.oneIn(6, chance);
        return late ? LocalDate.of(2026, guided ? 2 : 1 + chance.nextInt(5), 1) : LocalDate.of(2025, 7, 1);
    }

    private static CsvWriter csv(Path file) throws IOException {
        return CsvWriter.builder().build(file, StandardCharsets.UTF_8);
    }

    /** One row of sales.csv. */
    record SalesRow(List<String> fields) {

        static final List<String> HEADER = List.of(
                "line_id",
                "location",
                "day",
                "customer",
                "customer_name",
                "customer_country",
                "customer_segment",
                "product",
                "quantity",
                "amount",
                "currency",
                "status",
                "order",
                "event",
                "unit",
                "billing",
                "trial");

        static SalesRow of(Line line) {
            var customer = line.customer();
            var market = customer.place().market();
            return new SalesRow(List.of(
                    line.id(),
                    customer.place().location(),
                    line.day().toString(),
                    customer.number(),
                    customer.name(),
                    market.name(),
                    customer.segment().code(),
                    line.product().number(),
                    Long.toString(line.quantity()),
                    BigDecimal.valueOf(line.amount(), market.currency().getDefaultFractionDigits())
                            .toPlainString(),
                    market.currency().getCurrencyCode(),
                    line.status(),
                    line.order(),
                    line.isPaid() ? "paid" : "",
                    line.product().isConsumption() ? "" : "seats",
                    customer.billing(),
                    line.status().equals("trial") ? "true" : ""));
        }

        /** A neighbour of this row that cannot be taken, as hands and tools produce them. */
        SalesRow broken(int nth, SplittableRandom chance) {
            var id = "INV-X-%05d".formatted(chance.nextInt(100_000));
            var row = with("line_id", id);
            return switch (nth % 11) {
                case 0 -> row.with("location", "6999999");
                case 1 -> row.with("day", "2026-02-30");
                case 2 -> row.with("amount", "1O24.50");
                case 3 -> row.with("currency", "EUX");
                case 4 -> row.with("product", "SKU-9999");
                case 5 -> row.with("amount", "");
                case 6 -> row.with("status", "shiped");
                case 7 -> row.with("amount", "1.234,50");
                case 8 -> row.with("day", "");
                case 9 -> row.with("product", "=HYPERLINK(A1)");
                default -> row.with("currency", "JPY").with("amount", "1200.55");
            };
        }

        private SalesRow with(String column, String value) {
            var changed = new ArrayList<>(fields);
            changed.set(HEADER.indexOf(column), value);
            return new SalesRow(List.copyOf(changed));
        }
    }
}
