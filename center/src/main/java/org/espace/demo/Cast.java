package org.espace.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;

/** Who sells what to whom: the demo's partners and products as shipped, and customers invented for them. */
record Cast(List<Place> places, List<Product> products, List<Customer> customers) {

    static final int CUSTOMERS = 420;

    /** Brisolane Informatique: three locations in three countries, one of them enrolled late. */
    static final String GUIDED_PARTNER = "6101010";

    /** Kervalune Services Numériques: four locations, and not set up. */
    static final String LISTED_PARTNER = "6101090";

    private static final int CUSTOMERS_OF_ANY_PLACE = 3;
    private static final long GIANT_SEATS = 3_000;

    /** Where the three customers are that are large enough to reach a cap. */
    private static final Set<String> GIANTS = Set.of("6101011", "6101021", "6101041");

    /** @param weight how much of the business goes through this place, in no unit */
    record Place(
            String partner,
            String partnerName,
            String partnerCountry,
            String location,
            String name,
            Market market,
            String type,
            int weight) {}

    record Product(String number, String name, String family, String solutionArea, long usdCents) {

        /** Consumption is billed by what was used, everything else by the seat. */
        boolean isConsumption() {
            return family.equals("azure");
        }

        /** Few people of a company work with these. */
        boolean isForSpecialists() {
            return solutionArea.equals("business-applications");
        }
    }

    record Customer(String number, String name, Segment segment, long seats, Place place) {

        /** Some commit for a year, the others pay month by month. */
        String billing() {
            return seats % 3 == 0 ? "annual" : "monthly";
        }

        boolean isGiant() {
            return seats == GIANT_SEATS;
        }
    }

    enum Segment {
        CORPORATE(72, 100),
        NONPROFIT(9, 45),
        EDUCATION(9, 40),
        PUBLIC(10, 92);

        final int share;
        /** Percent of the list price that is left. */
        final int price;

        Segment(int share, int price) {
            this.share = share;
            this.price = price;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Cast gather(SplittableRandom chance) {
        var places = readPlaces();
        return new Cast(places, readProducts(), inventCustomers(places, chance));
    }

    /** Business follows Zipf over the partners in the order of the file, and again over the places of one partner. */
    private static List<Place> readPlaces() {
        var places = new ArrayList<Place>();
        var ranks = new ArrayList<String>();
        for (var row : rows("partners.csv")) {
            var partner = row.getField("partner");
            if (!ranks.contains(partner)) {
                ranks.add(partner);
            }
            var nth = 1
                    + places.stream()
                            .filter(place -> place.partner().equals(partner))
                            .count();
            places.add(new Place(
                    partner,
                    row.getField("partner_name"),
                    row.getField("partner_country"),
                    row.getField("location"),
                    row.getField("location_name"),
                    Market.valueOf(row.getField("location_country")),
                    row.getField("type"),
                    (int) (1_000_000 / ranks.size() / nth)));
        }
        return List.copyOf(places);
    }

    private static List<Product> readProducts() {
        return rows("products.csv").stream()
                .map(row -> new Product(
                        row.getField("product"),
                        row.getField("name"),
                        row.getField("family"),
                        row.getField("solution_area"),
                        Long.parseLong(row.getField("usd_cents"))))
                .toList();
    }

    private static List<Customer> inventCustomers(List<Place> places, SplittableRandom chance) {
        var names = new Names(chance.split());
        var weights = places.stream().mapToInt(Place::weight).toArray();
        var segments = List.of(Segment.values());
        var shares = segments.stream().mapToInt(segment -> segment.share).toArray();
        var customers = new ArrayList<Customer>();
        for (var number = 0; number < CUSTOMERS; number++) {
            var place = places.get(
                    number < CUSTOMERS_OF_ANY_PLACE * places.size()
                            ? number % places.size()
                            : Chances.pick(weights, chance));
            var giant = number < places.size() && GIANTS.contains(place.location());
            var segment = giant ? Segment.CORPORATE : segments.get(Chances.pick(shares, chance));
            var seats = giant ? GIANT_SEATS : (3L << chance.nextInt(8)) + chance.nextInt(40);
            customers.add(new Customer(
                    "C-" + (20_001 + number), names.invent(place.market().language, segment), segment, seats, place));
        }
        return List.copyOf(customers);
    }

    /** Each name once, from stems and patterns of one language. */
    private static final class Names {

        private final Properties words = new Properties();
        private final Set<String> given = new HashSet<>();
        private final SplittableRandom chance;

        Names(SplittableRandom chance) {
            this.chance = chance;
            try (var reader = resource("names.properties")) {
                words.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String invent(String language, Segment segment) {
            while (true) {
                var name = any(language + "." + segment.code()).replace("%s", any(language + ".stems"));
                if (given.add(name)) {
                    return name;
                }
            }
        }

        private String any(String key) {
            var choices = words.getProperty(key).split("\\|", -1);
            return choices[chance.nextInt(choices.length)];
        }
    }

    private static List<NamedCsvRecord> rows(String name) {
        try (var reader = CsvReader.builder().ofNamedCsvRecord(resource(name))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader resource(String name) {
        var stream = Objects.requireNonNull(Cast.class.getResourceAsStream("/demo/" + name), name);
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
