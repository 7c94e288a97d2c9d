package org.espace.demo;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFeedTest {

    @TempDir
    static Path folder;

    static DemoFeed feed;
    static List<NamedCsvRecord> sales;

    @BeforeAll
    static void write() {
        feed = DemoFeed.write(folder);
        sales = feed.sales().stream()
                .flatMap(file -> rows(file.path()).stream())
                .toList();
    }

    @Test
    void writesTheSameBytesEveryTime(@TempDir Path other) throws Exception {
        DemoFeed.write(other);
        assertThat(hash(other)).isEqualTo(hash(folder));
    }

    @Test
    void tellsOfAYearOfAVendorThatSellsInEighteenCountries() {
        var partners = rows(folder.resolve("partners.csv"));
        assertThat(distinct(partners, "partner")).hasSize(46);
        assertThat(distinct(partners, "location")).hasSize(69);
        assertThat(distinct(partners, "location_country")).hasSize(18).contains("FR");
        assertThat(distinct(partners, "type"))
                .containsExactlyInAnyOrder("direct-reseller", "indirect-provider", "indirect-reseller");
        assertThat(distinct(rows(folder.resolve("products.csv")), "product")).hasSize(64);
        assertThat(distinct(sales, "customer")).hasSize(Cast.CUSTOMERS);
        assertThat(distinct(sales, "customer_segment"))
                .containsExactlyInAnyOrder("corporate", "education", "nonprofit", "public");
        assertThat(distinct(sales, "currency")).contains("CHF", "EUR", "GBP", "JPY", "USD");
    }

    @Test
    void saysOfSalesCustomersAndPlacesWhatTermsMayAsk() {
        assertThat(distinct(sales, "event")).containsExactlyInAnyOrder("paid", "");
        assertThat(distinct(sales, "unit")).containsExactlyInAnyOrder("seats", "");
        assertThat(distinct(sales, "billing")).containsExactlyInAnyOrder("annual", "monthly");
        assertThat(distinct(sales, "trial")).containsExactlyInAnyOrder("true", "");
        assertThat(distinct(sales, "order")).hasSizeBetween(Cast.CUSTOMERS, sales.size() / 2);

        var since = rows(folder.resolve("customers.csv")).stream()
                .collect(toMap(row -> row.getField("customer"), row -> LocalDate.parse(row.getField("since"))));
        assertThat(since).hasSize(Cast.CUSTOMERS);
        assertThat(since.values().stream().filter(day -> !day.isBefore(BusinessYear.FIRST.atDay(1))))
                .hasSize(Cast.CUSTOMERS / 6);
        assertThat(sales)
                .filteredOn(row -> isInTheYear(row.getField("day")))
                .allSatisfy(row -> assertThat(LocalDate.parse(row.getField("day")))
                        .isAfterOrEqualTo(since.get(row.getField("customer"))));
        assertThat(distinct(rows(folder.resolve("holdings.csv")), "kind"))
                .containsExactlyInAnyOrder("agreement", "competency");
        assertThat(rows(folder.resolve("lists.csv"))).hasSize(23);
        assertThat(rows(folder.resolve("plans.csv"))).isNotEmpty();
    }

    @Test
    void sellsAboutFiftyThousandTimesOfWhichOnePercentIsCorrectedOrReturned() {
        assertThat(sales).hasSizeBetween(50_000, 53_000);
        var returned = sales.stream()
                .filter(row -> row.getField("amount").startsWith("-"))
                .count();
        var corrected =
                feed.sales().stream().mapToInt(DemoFeed.SalesFile::corrections).sum();
        assertThat(returned + corrected).isCloseTo(sales.size() / 100, within((long) sales.size() / 200));
    }

    @Test
    void countsTheRowsOfEachFile() {
        for (var file : feed.sales()) {
            assertThat(rows(file.path())).hasSize(file.received());
        }
        var ids = distinct(sales, "line_id").size();
        var repeats = feed.sales().stream()
                .mapToInt(file -> file.duplicates() + file.corrections())
                .sum();
        assertThat(ids + repeats).isEqualTo(sales.size());
    }

    @Test
    void sellsOnlyWithinTheYearWhereTheDateCanBeRead() {
        var odd = feed.sales().stream().mapToInt(DemoFeed.SalesFile::refused).sum();
        var outside =
                sales.stream().filter(row -> !isInTheYear(row.getField("day"))).count();
        assertThat(outside).isPositive().isLessThan(odd);
    }

    @Test
    void knowsARateForEveryCurrencyBeforeEveryMonth() throws IOException {
        var rates = Files.readString(feed.rates());
        assertThat(rates).contains("Demo rates, invented", "time=\"2025-10-31\"", "time=\"2026-09-30\"");
        for (var place : Cast.gather(new SplittableRandom(1)).places()) {
            var currency = place.market().currency().getCurrencyCode();
            if (!currency.equals("EUR")) {
                assertThat(rates.split("currency=\"" + currency + "\"", -1)).hasSize(14);
            }
        }
    }

    private static boolean isInTheYear(String day) {
        try {
            var date = LocalDate.parse(day);
            return !date.isBefore(BusinessYear.FIRST.atDay(1)) && !date.isAfter(BusinessYear.LAST.atEndOfMonth());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static List<String> distinct(List<NamedCsvRecord> rows, String column) {
        return rows.stream().map(row -> row.getField(column)).distinct().toList();
    }

    private static List<NamedCsvRecord> rows(Path file) {
        try (var reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path folder) throws IOException, NoSuchAlgorithmException {
        var sha = MessageDigest.getInstance("SHA-256");
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                sha.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
