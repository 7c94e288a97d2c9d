package org.espace;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Asks a script in another language, which shares nothing with Espace, what should come out. */
public final class Recomputation {

    private static final Path SCRIPTS = Path.of("src/test/resources/recompute");

    private Recomputation() {}

    /** The rows that the script prints. Skips the test, and says so, where there is no Python. */
    public static List<NamedCsvRecord> of(String script, Path facts) throws IOException, InterruptedException {
        Process python;
        try {
            python = new ProcessBuilder("python3", SCRIPTS.resolve(script).toString(), facts.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            skip("there is no python3 to recompute with: " + e.getMessage());
            throw e;
        }
        var rows = new ArrayList<NamedCsvRecord>();
        try (var output = CsvReader.builder().ofNamedCsvRecord(python.inputReader(StandardCharsets.UTF_8))) {
            output.forEach(rows::add);
        }
        if (python.waitFor() != 0) {
            throw new IllegalStateException(script + " failed");
        }
        return rows;
    }

    static void skip(String reason) {
        System.out.println("Skipped: " + reason);
        Assumptions.abort(reason);
    }
}
