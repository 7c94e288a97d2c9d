package org.espace.sales;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.RoomTest;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.engine.Facts;
import org.espace.feed.Code;
import org.espace.feed.Field;
import org.espace.feed.Intake;
import org.espace.feed.Intake.Bucket;
import org.espace.partners.Partners;
import org.espace.terms.Lever.Trigger;
import org.espace.terms.Selection.Attribute;
import org.espace.web.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class SalesTest {

    /** Public data that lies beside the repository on some machines: other people's files, as they are. */
    private static final Path DATA = Path.of("../../shared/data");

    @Autowired
    Sales sales;

    @Autowired
    Partners partners;

    @Autowired
    Instance instance;

    @Autowired
    ApplicationEvents events;

    @TempDir
    Path folder;

    @Test
    void steelWheelsIsTakenInToTheCent() throws SQLException {
        var report = load(data("steelwheels/orderfact.csv"), "steelwheels");

        assertThat(report.received()).isEqualTo(2_996);
        assertThat(report.accepted()).isEqualTo(2_996);
        assertThat(amount(report, Bucket.ACCEPTED, "USD")).isEqualByComparingTo("10645949.18");
        assertThat(partners.find("103"))
                .hasValueSatisfying(partner -> assertThat(partner.country()).isEqualTo("FR"));
        assertThat(events.stream(EnrollmentsRegistered.class))
                .singleElement()
                .satisfies(registered -> assertThat(registered.rows()).hasSize(126));
        assertThat(events.stream(SalesLoaded.class)).hasSize(1);
        assertThat(amountsByDisposition(report.load().orElseThrow()))
                .containsEntry("ELIGIBLE", new BigDecimal("9804099.74"))
                .containsEntry("CANCELLED", new BigDecimal("262327.29"))
                .containsEntry("DISPUTED", new BigDecimal("299597.69"))
                .containsEntry("ON_HOLD", new BigDecimal("178979.19"))
                .containsEntry("IN_PROCESS", new BigDecimal("100945.27"));

        var again = load(data("steelwheels/orderfact.csv"), "steelwheels");
        assertThat(again.load()).isEmpty();
        assertThat(List.of(again.accepted(), again.duplicates())).containsExactly(0L, 2_996L);
    }

    @Test
    void northwindFindsDatesAndCustomersBesideTheFeed() {
        var report = load(data("northwind/order_details.csv"), "northwind");

        assertThat(report.accepted()).isEqualTo(2_155);
        assertThat(amount(report, Bucket.RECEIVED, "USD")).isEqualByComparingTo("1354458.59");
        assertThat(file(report).firstDay()).isEqualTo(LocalDate.of(1996, 7, 4));
        assertThat(file(report).lastDay()).isEqualTo(LocalDate.of(1998, 5, 6));
        assertThat(partners.find("VINET")).isPresent();
    }

    @Test
    void focusKeepsElevenDecimals() {
        var feed = data("focus-sample/focus_1.0_sample_1000.csv");
        var report = load(feed, "focus");

        assertThat(report.accepted()).isEqualTo(1_000);
        assertThat(amount(report, Bucket.ACCEPTED, "USD")).isEqualTo(new BigDecimal("20.52022672899"));
        assertThat(file(report).fractionDigits()).isEqualTo(9);

        var byAccount = sales.load(
                feed, new LoadOrder("focus", Map.of(Field.LOCATION, "BillingAccountId")), "test", Progress.SILENT);
        assertThat(byAccount.corrections()).isEqualTo(1_000);
        assertThat(partners.find("1234567890123")).isPresent();
    }

    @Test
    void ratesAreFactsOfTheirDay() {
        var first = load(data("ecb-fx/eurofxref-hist-90d.xml"), "ecb");
        assertThat(first.accepted()).isEqualTo(first.received()).isPositive();
        assertThat(load(data("ecb-fx/eurofxref-hist-90d.xml"), "ecb").accepted())
                .isZero();
        assertThat(sales.rates())
                .filteredOn(set -> set.day().equals(LocalDate.of(2023, 2, 21)))
                .singleElement()
                .satisfies(set -> assertThat(set.rates().get("USD")).isEqualByComparingTo("1.0664"));
    }

    @Test
    void espacesOwnFeedRegistersWhatLiesBesideIt() throws IOException {
        var report = load(
                ownFeed("own", "OWN-1,OWN-L1,2026-01-31,OWN-C1,Contoso,FR,corporate,OWN-P1,3,120.50,EUR,\n"), "espace");

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(partners.locationNumbers()).containsKeys("OWN-L1", "OWN-L2");
        assertThat(sales.products())
                .anyMatch(product -> product.number().equals("OWN-P1") && "modern-work".equals(product.solutionArea()));
        assertThat(events.stream(EnrollmentsRegistered.class).flatMap(e -> e.rows().stream()))
                .singleElement()
                .satisfies(row -> assertThat(row.until()).isNull());
        assertThat(report.refusedBeside()).isEqualTo(1);
        assertThat(sales.refusedRows(report.load().orElseThrow(), 0, 10))
                .singleElement()
                .satisfies(row -> assertThat(List.of(String.valueOf(row.file()), row.column(), row.code()))
                        .containsExactly("partners.csv", "partner_country", "UNKNOWN_COUNTRY"));
    }

    @Test
    void aReconciliationFileTellsOrdersAndBilling() throws IOException, SQLException {
        load(ownFeed("csp", "CSP-1,CSP-L1,2026-01-31,,,,,CSP-P1,3,120.50,EUR,\n"), "espace");
        var header = "PartnerId,CustomerId,CustomerName,CustomerDomainName,CustomerCountry,InvoiceNumber,MPNID,"
                + "ResellerMPNID,OrderId,OrderDate,ProductId,SkuId,AvailabilityId,SkuName,ProductName,ChargeType,UnitPrice,"
                + "Quantity,Subtotal,TaxTotal,Total,Currency,PriceAdjustmentDescription,PublisherName,PublisherId,"
                + "SubscriptionDescription,SubscriptionId,ChargeStartDate,ChargeEndDate,TermAndBillingCycle,"
                + "EffectiveUnitPrice,UnitType,AlternateId,BillableQuantity,BillingFrequency,PricingCurrency,"
                + "PCToBCExchangeRate,PCToBCExchangeRateDate,MeterDescription,ReservationOrderId,CreditReasonCode,"
                + "SubscriptionStartDate,SubscriptionEndDate,ReferenceID,ProductQualifiers,PromotionID\n";
        var line = "t,CSP-C1,Contoso,contoso.example,FR,G1,,CSP-L1,%s,1/31/2026,CFQ7,0001,A,Suite,Suite,%s,12,3,36.00,"
                + "7.20,43.20,EUR,,,,,S1,2/1/2026,2/28/2026,,12,,,3,%s,EUR,1,,,,,,,,,\n";
        var file = Files.writeString(
                folder.resolve("reconciliation.csv"),
                header + line.formatted("O-1", "new", "Monthly") + line.formatted("O-2", "renew", "Annual"));
        var report = load(file, "csp-reconciliation");

        assertThat(report.accepted()).isEqualTo(2);
        assertThat(sales.lineKinds())
                .extracting(Facts.LineKind::attributes)
                .contains(
                        Map.of(Attribute.BILLING, "Monthly", Attribute.ORDER_TYPE, "new"),
                        Map.of(Attribute.BILLING, "Annual", Attribute.ORDER_TYPE, "renew"));
        assertThat(numbers("SELECT count(DISTINCT order_id), count(*) FILTER (order_id > 0 AND kind > 0)", report))
                .containsExactly(2L, 2L);
    }

    @Test
    void aLineThatSaysMoreOfItselfIsCorrectedAndAKindIsRegisteredOnce() throws IOException, SQLException {
        var first = load(ownFeed("say", "SAY-1,SAY-L1,2026-01-31,,,,,SAY-P1,3,120.50,EUR,\n"), "espace");
        assertThat(numbers("SELECT max(order_id), max(kind)", first)).containsExactly(0L, 0L);

        for (var time : List.of("once", "again")) {
            var file = ownFeed("say", "SAY-1,SAY-L1,2026-01-31,,,,,SAY-P1,3,120.50,EUR,,PO-1,paid,say-seats,,,,true\n");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("status\n", "status,order,event,unit,partner_role,billing,order_type,trial\n"));
            var report = load(file, "espace");
            assertThat(List.of(report.corrections(), report.duplicates()))
                    .as(time)
                    .isEqualTo(time.equals("once") ? List.of(1L, 0L) : List.of(0L, 1L));
        }
        assertThat(sales.lineKinds())
                .filteredOn(kind -> "say-seats".equals(kind.attributes().get(Attribute.UNIT)))
                .singleElement()
                .satisfies(kind -> assertThat(kind.happened()).isEqualTo(Trigger.PAID));
    }

    @Test
    void whatWasRefusedIsTriedAgainAndCountsOnce() throws IOException {
        var lines = """
                TRY-1,TRY-L1,2026-01-31,,,,,TRY-P1,3,120.50,EUR,
                TRY-2,TRY-L9,2026-01-31,,,,,TRY-P1,3,70.00,EUR,
                """;
        var feed = ownFeed("try", lines);
        var first = load(feed, "espace");
        assertThat(List.of(first.accepted(), first.refused())).containsExactly(1L, 1L);
        assertThat(refused("UNKNOWN_LOCATION")).isEqualByComparingTo("70.00");

        assertThat(load(feed, "espace").load()).isEmpty();

        Files.writeString(
                feed.resolveSibling("partners.csv"),
                "TRY-9,Nine,FR,TRY-L9,Nine,FR,direct-reseller\n",
                StandardOpenOption.APPEND);
        var second = load(feed, "espace");
        assertThat(List.of(second.accepted(), second.duplicates(), second.refused()))
                .containsExactly(1L, 1L, 0L);
        assertThat(refused("UNKNOWN_LOCATION")).isEqualByComparingTo("0");
    }

    @Test
    void aFileThatCannotBeReadIsKeptInMindWithItsReason() throws IOException {
        var empty = Files.createFile(folder.resolve("nothing.csv"));

        assertThatThrownBy(() -> load(empty, "espace"))
                .isInstanceOf(LoadRefused.class)
                .hasMessage("nothing.csv was not loaded. The file is empty. Export it again.");
        assertThat(sales.refusedFiles(10))
                .anyMatch(
                        file -> file.file().equals("nothing.csv") && file.code().equals(Code.EMPTY_FILE.name()));
        assertThatThrownBy(() -> load(folder.resolve("not-there.csv"), "espace"))
                .isInstanceOf(FileUnreadable.class);
        assertThatThrownBy(() -> load(empty, "no-such-mapping"))
                .isInstanceOf(MappingNotFound.class)
                .hasMessageContaining("espace, steelwheels");
    }

    @Test
    void whatNoManifestKnowsIsSwept() throws IOException {
        var orphan = Files.createDirectories(instance.lake().resolve("sales")).resolve("load-999999.parquet");
        Files.writeString(orphan, "half a load");
        load(ownFeed("swept", "SWEPT-1,SWEPT-L1,2026-01-31,,,,,SWEPT-P1,3,120.50,EUR,\n"), "espace");

        assertThat(orphan).doesNotExist();
    }

    private LoadReport load(Path file, String mapping) {
        return sales.load(file, new LoadOrder(mapping), "test", Progress.SILENT);
    }

    private static Path data(String name) {
        var file = DATA.resolve(name);
        assumeTrue(Files.exists(file), name + " is not beside the repository");
        return file;
    }

    /** A feed whose partner has two locations, with a third one that names no country. */
    private Path ownFeed(String name, String lines) throws IOException {
        var prefix = name.toUpperCase(Locale.ROOT);
        var own = Files.createDirectories(folder.resolve(name));
        Files.writeString(own.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                X,Contoso Reseller,FR,X-L1,Paris,FR,direct-reseller
                X,Contoso Reseller,FR,X-L2,Brussels,BE,direct-reseller
                X2,Nowhere,Atlantis,X-L3,Nowhere,FR,direct-reseller
                """.replace("X", prefix));
        Files.writeString(own.resolve("products.csv"), """
                product,name,family,solution_area
                X-P1,Product one,m365,modern-work
                """.replace("X", prefix));
        Files.writeString(own.resolve("enrollments.csv"), """
                location,program,since,until
                X-L1,csp-indirect-reseller,2025-10-01,
                """.replace("X", prefix));
        return Files.writeString(
                own.resolve("sales.csv"),
                "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,"
                        + "currency,status\n" + lines);
    }

    private List<Long> numbers(String select, LoadReport report) throws SQLException {
        try (var duckdb = DuckDb.open(1, "256MB", folder);
                var sql = duckdb.connection().createStatement();
                var rows = sql.executeQuery(select + " FROM read_parquet("
                        + DuckDb.literal(instance.lake().resolve(file(report).path())) + ")")) {
            rows.next();
            return List.of(rows.getLong(1), rows.getLong(2));
        }
    }

    private static BigDecimal amount(LoadReport report, Bucket bucket, String currency) {
        return report.totals().stream()
                .filter(total -> total.bucket() == bucket && currency.equals(total.currency()))
                .map(Intake.Total::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal refused(String code) {
        return sales.refusedTotals().stream()
                .filter(total -> total.code().equals(code))
                .map(RefusedTotal::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private SalesFile file(LoadReport report) {
        return sales.files().stream()
                .filter(file -> file.load() == report.load().orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private Map<String, BigDecimal> amountsByDisposition(int load) throws SQLException {
        var codes = sales.dispositions().stream().collect(toMap(Disposition::id, Disposition::code));
        var path = instance.lake().resolve("sales/load-" + load + ".parquet");
        try (var duckdb = DuckDb.open(1, "256MB", instance.lake());
                var sql = duckdb.connection().createStatement();
                var rows = sql.executeQuery("SELECT disposition, sum(amount) FROM read_parquet(" + DuckDb.literal(path)
                        + ") GROUP BY disposition")) {
            var amounts = new HashMap<String, BigDecimal>();
            while (rows.next()) {
                amounts.put(
                        codes.getOrDefault(rows.getInt(1), "ELIGIBLE"),
                        rows.getBigDecimal(2).movePointLeft(2));
            }
            return amounts;
        }
    }
}
