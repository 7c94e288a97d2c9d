package org.espace.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;
import org.espace.engine.Facts;
import org.espace.engine.Rulebook;
import org.espace.terms.TermsReader;

/** The sample data of a model car maker: its dealers' orders as sales, every dealer in the program since the first. */
record SteelWheels(Rulebook rulebook, List<SalesFile> sales) {

    private static final Path DATA = Path.of("../../shared/data/steelwheels");
    static final Path ORDERS = DATA.resolve("orderfact.csv");

    private static final String TERMS = """
            program: steelwheels
            version: "2003"
            effective: 2003-01-01/2006-01-01
            currency: USD
            split: {rebate: 60%, co-op: 40%}
            levers:
              - {id: core, of: all, rate: 4%, cap: {per: partner, period: quarter, amount: 900 USD}}
              - {id: classic, of: {product-family: Classic Cars}, per: partner, period: year, tiers: {kind: retroactive, steps: [{from: 0, rate: 1%}, {from: 40000 USD, rate: 2.25%}]}}
            """;

    static SteelWheels in(Path folder) throws Exception {
        var file = folder.resolve("steelwheels.parquet");
        try (var duck = DuckDb.open(2, "512MB", folder)) {
            duck.execute("CREATE TABLE product AS SELECT (row_number() OVER (ORDER BY PRODUCTCODE))::INTEGER AS id,"
                    + " PRODUCTCODE AS number, PRODUCTLINE AS family FROM read_csv(%s)".formatted(csv("products.csv")));
            duck.execute("""
                    COPY (SELECT CUSTOMERNUMBER::INTEGER AS location,
                                 row_number() OVER (ORDER BY TIME_ID, ORDERNUMBER, ORDERLINENUMBER) AS seq,
                                 TIME_ID::DATE AS day, 0::INTEGER AS customer, p.id AS product,
                                 QUANTITYORDERED::BIGINT * 1000000 AS quantity,
                                 (TOTALPRICE::DECIMAL(18, 2) * 100)::BIGINT AS amount, 840::SMALLINT AS currency,
                                 CASE STATUS WHEN 'Shipped' THEN 0 WHEN 'Resolved' THEN 0 ELSE 1 END::SMALLINT AS disposition,
                                 ORDERNUMBER::BIGINT AS order_id, 0::INTEGER AS kind
                          FROM read_csv(%s) o JOIN product p ON p.number = o.PRODUCTCODE
                          ORDER BY location, seq) TO %s (FORMAT parquet)""".formatted(csv("orderfact.csv"), DuckDb.literal(file)));
            var lines = duck.number("SELECT count(*) FROM read_parquet(%s)".formatted(DuckDb.literal(file)));
            var facts = new Facts(
                    List.of(new Facts.Published(1, 1, TermsReader.read(TERMS))),
                    dealers(duck),
                    products(duck),
                    List.of(),
                    List.of(),
                    List.of());
            return new SteelWheels(
                    new Rulebook(facts, 0), List.of(new SalesFile(1, file, lines, 0, 0, Integer.MAX_VALUE)));
        }
    }

    private static String csv(String name) throws IOException {
        return DuckDb.literal(
                Files.exists(DATA.resolve(name)) ? DATA.resolve(name).toRealPath() : DATA.resolve(name));
    }

    private static List<Facts.Location> dealers(DuckDb duck) throws Exception {
        var joined = List.of(new Facts.Enrollment(1, LocalDate.of(2003, 1, 1), null));
        return rows(duck, "SELECT CUSTOMERNUMBER FROM read_csv(%s)".formatted(csv("customers.csv"))).stream()
                .map(row -> new Facts.Location(
                        Integer.parseInt(row.getFirst()),
                        "direct-reseller",
                        "US",
                        Set.of(),
                        joined,
                        List.of(),
                        List.of()))
                .toList();
    }

    private static List<Facts.Product> products(DuckDb duck) throws SQLException {
        return rows(duck, "SELECT id, number, family FROM product").stream()
                .map(row -> new Facts.Product(Integer.parseInt(row.get(0)), row.get(1), row.get(2), null))
                .toList();
    }

    private static List<List<String>> rows(DuckDb duck, String sql) throws SQLException {
        var all = new ArrayList<List<String>>();
        try (var statement = duck.connection().createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                all.add(row);
            }
        }
        return all;
    }
}
