package org.espace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.espace.postgres.EmbeddedPostgres;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;

/** A test of rooms at work, on a real database. All of them share one context, so each makes data of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest
@AutoConfigureMockMvc
@ContextConfiguration(initializers = RoomTest.Home.class)
public @interface RoomTest {

    /** Not a temporary folder of JUnit's: that is deleted while the cached context still runs. */
    class Home implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final Path FOLDER = Path.of("target/room-tests").toAbsolutePath();

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try {
                FileSystemUtils.deleteRecursively(FOLDER.resolve("lake"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var server = EmbeddedPostgres.startThrowaway(FOLDER.resolve("postgres"));
            SpringApplication.getShutdownHandlers().add(server::close);
            create(server, "rooms");
            TestPropertyValues.of(
                            "espace.home=" + FOLDER,
                            "spring.datasource.url=" + server.jdbcUrl("rooms"),
                            "spring.datasource.username=" + server.user(),
                            "spring.datasource.password=" + server.password())
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
