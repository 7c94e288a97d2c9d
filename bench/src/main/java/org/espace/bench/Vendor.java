package org.espace.bench;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espace.engine.Facts;
import org.espace.terms.TermsReader;

/**
 * An invented vendor: its catalogue, partners, customers, exchange rates and programs, all from one seed.
 *
 * @param giant one partner has a third of all lines
 */
record Vendor(long seed, int locations, int customers, boolean giant) {

    static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    static final int DAYS = 365;
    static final int PRODUCTS = 300;

    private static final int FAMILIES = 12;
    private static final int AREAS = 4;
    private static final List<List<String>> REGIONS = List.of(
            List.of("FR", "BE", "LU"),
            List.of("DE", "AT", "NL"),
            List.of("ES", "PT", "IT"),
            List.of("GB", "IE", "MT"),
            List.of("CH", "LI", "MC"),
            List.of("US", "CA", "PR"),
            List.of("JP", "TW", "SG"),
            List.of("BR", "MX", "CL"));
    private static final Map<String, String> OTHER_THAN_EURO = Map.ofEntries(
            Map.entry("GB", "GBP"),
            Map.entry("CH", "CHF"),
            Map.entry("LI", "CHF"),
            Map.entry("JP", "JPY"),
            Map.entry("US", "USD"),
            Map.entry("CA", "USD"),
            Map.entry("PR", "USD"),
            Map.entry("TW", "USD"),
            Map.entry("SG", "USD"),
            Map.entry("BR", "USD"),
            Map.entry("MX", "USD"),
            Map.entry("CL", "USD"));
    private static final List<String> TYPES = List.of("direct-reseller", "indirect-provider", "indirect-reseller");
    private static final List<String> SEGMENTS = List.of("smb", "midmarket", "enterprise");
    private static final Map<String, BigDecimal> UNITS_PER_EURO = Map.of(
            "USD", new BigDecimal("1.1000"),
            "GBP", new BigDecimal("0.8500"),
            "CHF", new BigDecimal("0.9500"),
            "JPY", new BigDecimal("160.00"));

    /** As many partners and customers as fit the number of lines: 20,000 and 200,000 at 50 million. */
    static Vendor of(long seed, long lines) {
        var locations = Math.clamp((long) (20_000 * Math.sqrt(lines / 50e6)), 100, 20_000);
        return new Vendor(seed, locations, locations * 10, false);
    }

    /** The same, but that every third line is of the biggest partner. */
    Vendor withGiant() {
        return new Vendor(seed, locations, customers, true);
    }

    Facts facts() {
        return new Facts(
                published(),
                IntStream.rangeClosed(1, locations).mapToObj(this::location).toList(),
                IntStream.rangeClosed(1, PRODUCTS)
                        .mapToObj(id -> new Facts.Product(
                                id, productNumber(id), family(id % FAMILIES), "area-" + id % FAMILIES % AREAS))
                        .toList(),
                IntStream.rangeClosed(1, customers)
                        .mapToObj(id -> new Facts.Customer(
                                id, customerNumber(id), "FR", SEGMENTS.get(id % SEGMENTS.size()), null))
                        .toList(),
                List.of(),
                rates());
    }

    static String locationNumber(int id) {
        return "L%05d".formatted(id);
    }

    static String customerNumber(int id) {
        return "C%06d".formatted(id);
    }

    static String productNumber(int id) {
        return "P%03d".formatted(id);
    }

    Currency currency(int location) {
        return Currency.getInstance(OTHER_THAN_EURO.getOrDefault(country(location), "EUR"));
    }

    private String country(int location) {
        var region = REGIONS.get(location % REGIONS.size());
        return region.get(location / REGIONS.size() % region.size());
    }

    private static String family(int number) {
        return "family-" + number;
    }

    private Facts.Location location(int id) {
        var random = new SplittableRandom(seed + id * 31L);
        var type = TYPES.get(random.nextInt(TYPES.size()));
        var since = random.nextInt(10) == 0 ? LocalDate.of(2026, 3, 1) : LocalDate.of(2025, 10, 1);
        var until = random.nextInt(50) == 0 ? LocalDate.of(2026, 11, 1) : null;
        var enrollments = new ArrayList<Facts.Enrollment>();
        if (random.nextInt(200) != 0) {
            enrollments.add(new Facts.Enrollment(1, since, until));
            if (random.nextInt(10) < 8) {
                enrollments.add(new Facts.Enrollment(type.equals(TYPES.getFirst()) ? 3 : 2, since, until));
            }
            if (random.nextInt(100) == 0) {
                enrollments.add(new Facts.Enrollment(type.equals(TYPES.getFirst()) ? 2 : 3, since, until));
            }
        }
        return new Facts.Location(id, type, country(id), Set.of(), List.copyOf(enrollments), List.of(), List.of());
    }

    /** Working days only, as the ECB publishes them. */
    private List<Facts.RateSet> rates() {
        var random = new SplittableRandom(seed);
        var current = new HashMap<>(UNITS_PER_EURO);
        var sets = new ArrayList<Facts.RateSet>();
        for (var day = FIRST_DAY.minusDays(40); day.isBefore(FIRST_DAY.plusDays(DAYS)); day = day.plusDays(1)) {
            if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
                continue;
            }
            var units = new HashMap<Currency, BigDecimal>();
            for (var code : UNITS_PER_EURO.keySet().stream().sorted().toList()) {
                var step = BigDecimal.valueOf(random.nextInt(-20, 21), 4);
                current.computeIfPresent(
                        code, (_, rate) -> rate.add(code.equals("JPY") ? step.movePointRight(2) : step));
                units.put(Currency.getInstance(code), current.getOrDefault(code, BigDecimal.ONE));
            }
            sets.add(new Facts.RateSet(sets.size() + 1, day, Map.copyOf(units)));
        }
        return List.copyOf(sets);
    }

    private static List<Facts.Published> published() {
        return List.of(
                new Facts.Published(1, 1, TermsReader.read(core("H1", "2026-01-01/2026-07-01", 0))),
                new Facts.Published(1, 2, TermsReader.read(core("H2", "2026-07-01/2027-01-01", 25))),
                new Facts.Published(2, 3, TermsReader.read(growth())),
                new Facts.Published(3, 4, TermsReader.read(volume())));
    }

    /** A flat rate for each family and region, two thirds of them capped for each customer. */
    private static String core(String version, String effective, int more) {
        var levers = new StringBuilder();
        for (var family = 0; family < FAMILIES; family++) {
            for (var region = 0; region < REGIONS.size(); region++) {
                var cap = (family + region) % 3 == 0
                        ? ""
                        : ", cap: {per: customer, period: fiscal-year, amount: %d USD}".formatted(400 + 50 * region);
                levers.append("""
                          - {id: core-%d-%d, of: {product-family: %s, partner-country: %s, except: {product: %s}}, rate: %s%%%s}
                        """.formatted(
                                family,
                                region,
                                family(family),
                                REGIONS.get(region),
                                productNumber(family + FAMILIES * (region + 1)),
                                BigDecimal.valueOf(300 + 10 * family + 5 * region + more, 2),
                                cap));
            }
        }
        return """
                program: core
                version: %s
                effective: %s
                currency: USD
                fiscal-year-starts: 10-01
                split: {rebate: 60%%, co-op: 40%%}
                levers:
                """.formatted(version, effective) + levers;
    }

    /**
     * By region, tiers on the revenue of three solution areas and growth over the period before in one, capped for each
     * partner, and an amount for each unit of some families.
     */
    private static String growth() {
        var levers = new StringBuilder();
        for (var region = 0; region < REGIONS.size(); region++) {
            for (var area = 0; area < AREAS; area++) {
                levers.append(area == 1 ? more(region) : tiers(region, area));
            }
            for (var family = 0; family < 3; family++) {
                levers.append("""
                          - {id: units-%d-%d, of: {product-family: %s, partner-country: %s, customer-segment: [smb, midmarket]}, per-unit: %s EUR}
                        """.formatted(
                        region, family, family(family), REGIONS.get(region), BigDecimal.valueOf(75 + region, 2)));
            }
        }
        return """
                program: growth
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: EUR
                exchange: daily
                open-to: {partner-types: [indirect-provider, indirect-reseller]}
                split: {rebate: 50%, co-op: 50%}
                levers:
                """ + levers;
    }

    private static String tiers(int region, int area) {
        var retroactive = area == AREAS - 1;
        return """
                  - id: growth-%d-%d
                    of: {solution-area: area-%d, partner-country: %s}
                    per: partner
                    period: %s
                    tiers: {kind: %s, steps: [{from: %s, rate: 1.5%%}, {from: 4000 EUR, rate: %s%%}, {from: 40000 EUR, rate: 4.125%%}]}
                    cap: {per: partner, period: fiscal-year, amount: %d EUR}
                """.formatted(
                        region,
                        area,
                        area,
                        REGIONS.get(region),
                        retroactive ? "month" : "quarter",
                        retroactive ? "retroactive" : "marginal",
                        region % 2 == 0 ? "0" : "500 EUR",
                        BigDecimal.valueOf(250 + 10 * region, 2),
                        20_000 + 5_000 * region);
    }

    /** What a month, or a quarter, has more than the one before. */
    private static String more(int region) {
        var pays = region % 2 == 0
                ? "period: month, rate: 7.5%"
                : "period: quarter, tiers: {kind: marginal, steps: [{from: 0, rate: 4%}, {from: 2000 EUR, rate: 6.25%}]}";
        return """
                  - {id: growth-%d-1, of: {solution-area: area-1, partner-country: %s}, per: partner, %s,
                     growth: {over: previous-period}, cap: {per: partner, period: fiscal-year, amount: %d EUR}}
                """.formatted(region, REGIONS.get(region), pays, 10_000 + 5_000 * region);
    }

    /** Tiers on the number of units, by family and region, each with a cap for the customer and one for the partner. */
    private static String volume() {
        var levers = new StringBuilder();
        for (var family = 0; family < FAMILIES; family++) {
            for (var region = 0; region < REGIONS.size(); region++) {
                levers.append("""
                          - id: volume-%d-%d
                            of: {product-family: %s, partner-country: %s, partner-type: direct-reseller}
                            per: customer
                            period: quarter
                            tiers: {kind: retroactive, measure: quantity, steps: [{from: 2, rate: 2%%}, {from: 40, rate: 2.5%%}]}
                            cap: [{per: customer, period: fiscal-year, amount: 90000 JPY}, {per: partner, period: fiscal-year, amount: %d JPY}]
                        """.formatted(
                                family, region, family(family), REGIONS.get(region), 3_000_000 + 100_000 * family));
            }
        }
        return """
                program: volume
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: JPY
                levers:
                """ + levers;
    }
}
