import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import org.espace.postgres.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;
import org.slf4j.LoggerFactory;

/** Applies the migrations to a throwaway PostgreSQL and writes the jOOQ classes; does nothing when none changed. */
class GenerateJooq {

    public static void main(String[] args) throws Exception {
        var migrations = Path.of(args[0]);
        var build = Path.of(args[1]);
        var output = build.resolve("generated-sources/jooq");
        var stamp = build.resolve("generated-sources/jooq.sha256");
        var digest = digest(migrations);
        if (Files.exists(stamp) && Files.readString(stamp).equals(digest)) {
            return;
        }
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT").setLevel(Level.WARN);
        var home = Files.createDirectories(build).resolve("codegen-postgres");
        try (var server = EmbeddedPostgres.startThrowaway(home)) {
            var url = emptyDatabase(server);
            Flyway.configure()
                    .dataSource(url, server.user(), server.password())
                    .locations("filesystem:" + migrations)
                    .load()
                    .migrate();
            GenerationTool.generate(new Configuration()
                    .withLogging(Logging.WARN)
                    .withJdbc(new Jdbc()
                            .withDriver("org.postgresql.Driver")
                            .withUrl(url)
                            .withUser(server.user())
                            .withPassword(server.password()))
                    .withGenerator(new Generator()
                            .withDatabase(new Database()
                                    .withName("org.jooq.meta.postgres.PostgresDatabase")
                                    .withSchemata(rooms(migrations))
                                    .withExcludes("spring_session.*|event_publication|scheduled_tasks|gbt_.*")
                                    .withIncludeRoutines(false)
                                    .withForcedTypes(
                                            new ForcedType().withName("INSTANT").withIncludeTypes("timestamptz")))
                            .withGenerate(new Generate()
                                    .withRecords(true)
                                    .withPojos(false)
                                    .withJavaTimeTypes(true)
                                    .withGlobalCatalogReferences(false))
                            .withTarget(new Target()
                                    .withPackageName("org.espace.db")
                                    .withDirectory(output.toString())
                                    .withEncoding("UTF-8"))));
        }
        Files.writeString(stamp, digest);
    }

    private static String emptyDatabase(EmbeddedPostgres server) throws Exception {
        try (var connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists codegen");
            statement.execute("create database codegen");
        }
        return server.jdbcUrl("codegen");
    }

    /** Each room keeps its migrations in a folder of its own name, which is also its schema. */
    private static List<SchemaMappingType> rooms(Path migrations) throws Exception {
        try (var folders = Files.list(migrations)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .map(room -> new SchemaMappingType().withInputSchema(room))
                    .toList();
        }
    }

    private static String digest(Path folder) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                sha.update(file.getFileName().toString().getBytes());
                sha.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
