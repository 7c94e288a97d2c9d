package org.espace.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.batch.SalesFile;
import org.espace.engine.Rulebook;

/**
 * A folder with everything that a program on Spark needs to compute the same earning lines: by the engine ({@code
 * sales.parquet}, and {@code sales} and {@code rulebook} as serialized objects), and by SQL ({@code query.sql}, {@code
 * half_up.sql}, and for each table its columns and rows).
 */
public final class Handover {

    private static final String HALF_UP = """
            CREATE TEMPORARY FUNCTION half_up(n BIGINT, d BIGINT) RETURNS BIGINT
            RETURN CASE WHEN n >= 0 THEN (n + d div 2) div d ELSE -((d div 2 - n) div d) END""";

    private Handover() {}

    /** Takes a folder, a seed and a number of sale lines. */
    public static void main(String[] words) throws Exception {
        write(Path.of(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** A generated year of so many rows. */
    public static void write(Path folder, long seed, long rows) throws IOException, SQLException {
        var vendor = Vendor.of(seed, rows);
        Files.createDirectories(folder);
        write(
                folder,
                vendor,
                new SalesYear(vendor, rows, Progress.SILENT).sales(folder.resolve("sales.parquet"), 1, 0, rows));
    }

    static void write(Path folder, Vendor vendor, SalesFile sales) throws IOException {
        object(folder.resolve("sales"), sales);
        object(folder.resolve("rulebook"), new Rulebook(vendor.facts(), 0));
        for (var table : new Reference(vendor.facts()).tables()) {
            table.write(folder);
            Files.writeString(folder.resolve(table.name() + ".columns"), table.columns());
        }
        Files.writeString(folder.resolve("half_up.sql"), HALF_UP);
        Files.writeString(folder.resolve("query.sql"), Reference.query(Reference.Dialect.SPARK));
    }

    private static void object(Path file, Object object) throws IOException {
        try (var out = new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeObject(object);
        }
    }

    /** What the lines in these files come to, whatever their order; the same as that of equal lines elsewhere. */
    public static String digest(Path folder, String files) throws SQLException {
        try (var duck = DuckDb.open(2, "1GB", folder)) {
            return Digest.of(duck, "read_parquet(%s)".formatted(DuckDb.literal(folder.resolve(files))))
                    .toString();
        }
    }
}
