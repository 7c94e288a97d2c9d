package org.espace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.postgres.EmbeddedPostgres;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;

/**
 * A test of rooms at work, on a real database. All of them share one instance, so each makes data of its own; tests with
 * other properties than the rest share another one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest
@AutoConfigureMockMvc
@ContextConfiguration(initializers = RoomTest.Home.class)
public @interface RoomTest {

    /** Not a temporary folder of JUnit's: that is deleted while the cached context still runs. */
    class Home implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final Path FOLDER = Path.of("target/room-tests").toAbsolutePath();
        private static final AtomicInteger INSTANCES = new AtomicInteger();

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var name = "rooms_" + INSTANCES.incrementAndGet();
            var home = FOLDER.resolve(name);
            try {
                FileSystemUtils.deleteRecursively(home);
                Files.createDirectories(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var server = EmbeddedPostgres.startThrowaway(FOLDER.resolve("postgres"));
            SpringApplication.getShutdownHandlers().add(server::close);
            create(server, name);
            TestPropertyValues.of(
                            "espace.home=" + home,
                            "spring.datasource.url=" + server.jdbcUrl(name),
                            "spring.datasource.username=" + server.user(),
                            "spring.datasource.password=" + server.password(),
                            "spring.datasource.hikari.minimum-idle=1")
                    .applyTo(context);
        }

        private static void create(EmbeddedPostgres server, String database) {
            try (var connection =
                            DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                    var statement = connection.createStatement()) {
                statement.execute("drop database if exists " + database);
                statement.execute("create database " + database);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
