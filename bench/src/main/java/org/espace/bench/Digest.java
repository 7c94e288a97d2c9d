package org.espace.bench;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.batch.CarriedSums;
import org.espace.batch.DuckDb;

/** What a set of lines comes to, whatever their order and files: equal digests mean equal lines. */
record Digest(long lines, BigInteger hash) {

    static final String EARNINGS = """
            location::INT, seq::BIGINT, day::DATE, customer::INT, product::INT, program::INT, terms::INT, lever::INT,
            reason::INT, rates::INT, basis::BIGINT, before::BIGINT, level::BIGINT, withheld::BIGINT, amount::BIGINT,
            rebate::BIGINT""";

    /** @param earnings what stands after FROM */
    static Digest of(DuckDb duck, String earnings) throws SQLException {
        return of(duck, EARNINGS, earnings);
    }

    /** Of every group, what the last file says of it. */
    static Digest of(DuckDb duck, CarriedSums sums) throws SQLException {
        var files = sums.files();
        var layers = IntStream.range(0, files.size())
                .mapToObj(i -> "SELECT *, %d AS layer FROM read_parquet(%s)"
                        .formatted(i, DuckDb.literal(files.get(i).file().toPath())))
                .collect(Collectors.joining(" UNION ALL "));
        return of(duck, "location, slot, span, owner, one, two", """
                (SELECT location, slot, span, owner, max_by(one, layer) AS one, max_by(two, layer) AS two
                 FROM (%s) GROUP BY location, slot, span, owner)""".formatted(layers));
    }

    static Digest of(DuckDb duck, String columns, String from) throws SQLException {
        try (var statement = duck.connection().createStatement();
                var row = statement.executeQuery("SELECT count(*), coalesce(sum(hash(%s)::HUGEINT), 0)::VARCHAR FROM %s"
                        .formatted(columns, from))) {
            row.next();
            return new Digest(row.getLong(1), new BigInteger(row.getString(2)));
        }
    }
}
