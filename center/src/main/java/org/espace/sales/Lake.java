package org.espace.sales;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.espace.batch.DuckDb;
import org.espace.web.Instance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The room's files in the lake: sales lines and refused rows. */
@Component
class Lake {

    private static final Logger LOG = LoggerFactory.getLogger(Lake.class);

    private final Path root;
    private final SalesStore store;

    Lake(Instance instance, SalesStore store) {
        this.root = instance.lake().toAbsolutePath();
        this.store = store;
    }

    Path root() {
        return root;
    }

    /** Removes what loads left behind that never came to their end. To be called under the room's lock. */
    void sweep() throws IOException {
        var known = store.paths();
        for (var folder : List.of("sales", "quarantine")) {
            sweep(folder, known);
        }
        var work = root.resolve("work");
        if (Files.isDirectory(work)) {
            try (var folders = Files.newDirectoryStream(work, "load-*")) {
                for (var folder : folders) {
                    delete(folder);
                }
            }
        }
    }

    private void sweep(String folder, Set<String> known) throws IOException {
        if (!Files.isDirectory(root.resolve(folder))) {
            return;
        }
        try (var files = Files.newDirectoryStream(root.resolve(folder), "load-*")) {
            for (var file : files) {
                var path = folder + "/" + file.getFileName();
                if (!known.contains(path)) {
                    LOG.info("sweeping {}, which no load has in its manifest", path);
                    Files.delete(file);
                }
            }
        }
    }

    void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    List<RefusedRow> refusedRows(String path, long offset, int most) {
        var rows = new ArrayList<RefusedRow>();
        try (var duckdb = DuckDb.open(1, "256MB", root.resolve("work"));
                var sql = duckdb.connection().createStatement();
                var found = sql.executeQuery("SELECT file, row, column_name, value, code, arguments FROM read_parquet("
                        + DuckDb.literal(root.resolve(path)) + ") ORDER BY file NULLS FIRST, row LIMIT " + most
                        + " OFFSET " + offset)) {
            while (found.next()) {
                rows.add(new RefusedRow(
                        found.getString(1),
                        found.getLong(2),
                        found.getString(3),
                        found.getString(4),
                        found.getString(5),
                        store.arguments(found.getString(6))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
