package org.espace.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espace.batch.SalesFile;
import org.espace.bench.Handover;
import org.espace.engine.Rulebook;

/** The benchmark's generated year, small. */
record BenchYear(Rulebook rulebook, List<SalesFile> sales) {

    static BenchYear of(Path folder, long rows) throws Exception {
        Handover.write(folder, 7, rows);
        return new BenchYear(
                read(folder.resolve("rulebook"), Rulebook.class),
                List.of(read(folder.resolve("sales"), SalesFile.class)));
    }

    private static <T> T read(Path file, Class<T> type) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return type.cast(in.readObject());
        }
    }
}
