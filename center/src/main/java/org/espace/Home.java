package org.espace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espace.postgres.EmbeddedPostgres;
import org.springframework.util.FileSystemUtils;

/** The folder of one instance. */
record Home(Path folder) {

    private static final long NEEDED_MEGABYTES = 500;

    /** Tells a demo from the instance of a vendor, which must never be filled with inventions or started over. */
    private static final String DEMO_MARK = "demo";

    static Home ofInstance() {
        return named().orElseGet(() -> inUsersHome(".espace"));
    }

    static Home ofDemo() {
        return named().orElseGet(() -> inUsersHome(".espace-demo"));
    }

    private static Optional<Home> named() {
        return Optional.ofNullable(System.getenv("ESPACE_HOME"))
                .filter(name -> !name.isBlank())
                .map(name -> new Home(Path.of(name).toAbsolutePath().normalize()));
    }

    private static Home inUsersHome(String name) {
        return new Home(Path.of(System.getProperty("user.home"), name));
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** Where the private database server is, unless there is another one. */
    Path database() {
        return folder.resolve("postgres");
    }

    Home prepared() {
        try {
            Files.createDirectories(logs());
            if (!Files.isWritable(folder) || !Files.isWritable(logs())) {
                throw notWritable();
            }
            var free = Files.getFileStore(folder).getUsableSpace() >> 20;
            if (free < NEEDED_MEGABYTES) {
                throw new Refusal("disk-full", "free", free, "folder", folder, "needed", NEEDED_MEGABYTES);
            }
            return this;
        } catch (IOException _) {
            throw notWritable();
        }
    }

    private Refusal notWritable() {
        return new Refusal("not-writable", "folder", folder);
    }

    void markAsDemo() throws IOException {
        var mark = folder.resolve(DEMO_MARK);
        if (!Files.exists(mark)) {
            if (Files.exists(database())) {
                throw new Refusal("no-demo", "folder", folder);
            }
            Files.createFile(mark);
        }
    }

    /** Deletes what Espace made in a demo's folder, and nothing else. */
    void clear() throws IOException {
        for (var elsewhere : new String[] {"ESPACE_DB_URL", "ESPACE_LAKE"}) {
            if (System.getenv(elsewhere) != null) {
                throw new Refusal("fresh-elsewhere", "folder", folder, "variable", elsewhere);
            }
        }
        EmbeddedPostgres.delete(database());
        for (var made : new String[] {"lake", "documents", "demo-feed", "demo-passwords"}) {
            FileSystemUtils.deleteRecursively(folder.resolve(made));
        }
    }
}
