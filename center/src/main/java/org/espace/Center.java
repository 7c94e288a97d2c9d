package org.espace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.espace.postgres.EmbeddedPostgres;
import org.espace.postgres.PostgresUnavailable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The rooms, opened: with their pages for a server, without for a command that does one thing and ends. */
final class Center implements AutoCloseable {

    private static final AtomicReference<@Nullable ConfigurableApplicationContext> OPENED = new AtomicReference<>();
    private static volatile boolean ending;

    private final ConfigurableApplicationContext rooms;

    private Center(ConfigurableApplicationContext rooms) {
        this.rooms = rooms;
    }

    /** Only what is asked for is made, so that a command does not wait for the rest. */
    static Center open(Home home) {
        return start(home, WebApplicationType.NONE, List.of("--spring.main.lazy-initialization=true"));
    }

    /** @param more settings of this server alone */
    static Center serve(Home home, String address, int port, String... more) {
        var settings = new ArrayList<>(
                List.of("--server.address=" + address, "--server.port=" + port, "--db-scheduler.enabled=true"));
        settings.addAll(List.of(more));
        return start(home, WebApplicationType.SERVLET, settings);
    }

    private static Center start(Home home, WebApplicationType type, List<String> more) {
        Runtime.getRuntime().addShutdownHook(new Thread(Center::end, "end"));
        var settings = new ArrayList<>(List.of(
                "--espace.home=" + home.folder(),
                "--logging.file.name=" + home.logs().resolve("espace.log"),
                "--logging.threshold.console=off"));
        var database = System.getenv("ESPACE_DB_URL");
        if (database == null) {
            startMeanwhile(home);
        } else {
            settings.add("--spring.datasource.url=" + database);
        }
        settings.addAll(more);
        var rooms = new SpringApplicationBuilder(Espace.class)
                .web(type)
                .registerShutdownHook(false)
                .run(settings.toArray(String[]::new));
        OPENED.set(rooms);
        return new Center(rooms);
    }

    /** The database server starts while rooms are being made; they join it. It is left when the process ends. */
    private static void startMeanwhile(Home home) {
        Thread.ofVirtual().start(() -> {
            try {
                EmbeddedPostgres.open(home.database());
            } catch (PostgresUnavailable _) {
                // The rooms fail for the same reason, and say it.
            }
        });
    }

    /**
     * Not Spring's own hook, which waits until the rooms are open before it closes them: here open rooms are closed, those
     * that are being opened are left, and then the database server is stopped however far it has come.
     */
    private static void end() {
        ending = true;
        var rooms = OPENED.get();
        if (rooms != null) {
            rooms.close();
        }
        EmbeddedPostgres.closeAll();
    }

    /** Whether the process has been told to end, so that what fails now fails for that reason. */
    static boolean ending() {
        return ending;
    }

    <T> T room(Class<T> door) {
        return rooms.getBean(door);
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) rooms).getWebServer())
                .getPort();
    }

    void untilClosed() throws InterruptedException {
        var closed = new CountDownLatch(1);
        rooms.addApplicationListener((ContextClosedEvent _) -> closed.countDown());
        if (rooms.isActive()) {
            closed.await();
        }
    }

    @Override
    public void close() {
        rooms.close();
    }
}
