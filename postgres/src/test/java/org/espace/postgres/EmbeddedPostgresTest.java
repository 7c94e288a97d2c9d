package org.espace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    /** One folder for all, with a space in its name: unpacking takes the most time. */
    @TempDir
    static Path folder;

    private final Path home = folder.resolve("the database");

    @AfterEach
    void nothingIsLeftRunning() throws IOException {
        assertThat(postmaster()).isZero();
    }

    @Test
    void dataOutlivesTheServerAndIsFlushedToDisk() throws SQLException {
        try (var server = EmbeddedPostgres.open(home)) {
            assertThat(ask(server, "show fsync")).isEqualTo("on");
            assertThat(ask(server, "show server_version")).startsWith("18.");
            ask(server, "create table kept as select 42 as answer");
        }
        try (var server = EmbeddedPostgres.open(home)) {
            assertThat(ask(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void usersInOneProcessShareTheServerAndTheLastStopsIt() throws SQLException {
        var first = EmbeddedPostgres.open(home);
        var second = EmbeddedPostgres.open(home);
        assertThat(second.jdbcUrl("postgres")).isEqualTo(first.jdbcUrl("postgres"));
        first.close();
        first.close();
        assertThat(ask(second, "select 1")).isEqualTo("1");
        second.close();
    }

    @Test
    void processesShareTheServerAndTheLastStopsIt() throws Exception {
        var visitor = Visitor.start(home);
        var url = visitor.inputReader().readLine();
        var server = EmbeddedPostgres.open(home);
        assertThat(server.jdbcUrl("postgres")).isEqualTo(url);
        leave(visitor);
        assertThat(ask(server, "select 1")).isEqualTo("1");
        server.close();
    }

    @Test
    void theFirstMayLeaveBeforeTheLast() throws Exception {
        var server = EmbeddedPostgres.open(home);
        var visitor = Visitor.start(home);
        assertThat(visitor.inputReader().readLine()).isEqualTo(server.jdbcUrl("postgres"));
        var running = postmaster();
        server.close();
        assertThat(postmaster()).isEqualTo(running);
        leave(visitor);
    }

    @Test
    void aServerLeftBehindByAKilledProcessIsUsedAgainAndThenStopped() throws Exception {
        var visitor = Visitor.start(home);
        var url = visitor.inputReader().readLine();
        var running = postmaster();
        visitor.destroyForcibly().waitFor();
        assertThat(postmaster()).isEqualTo(running);
        try (var server = EmbeddedPostgres.open(home)) {
            assertThat(server.jdbcUrl("postgres")).isEqualTo(url);
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aKilledServerRecoversWhatWasCommitted() throws Exception {
        try (var server = EmbeddedPostgres.open(home)) {
            ask(server, "create table recovered as select 7 as answer");
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
            while (postmaster() != 0) {
                Thread.sleep(10);
            }
        }
        try (var server = EmbeddedPostgres.open(home)) {
            assertThat(ask(server, "select answer from recovered")).isEqualTo("7");
        }
    }

    @Test
    void aPidFileThatNamesAStrangerIsNotBelieved() throws Exception {
        EmbeddedPostgres.open(home).close();
        var me = ProcessHandle.current().pid();
        Files.writeString(home.resolve("data/postmaster.pid"), me + "\n\n0\n1\n\n127.0.0.1\n\nready\n");
        try (var server = EmbeddedPostgres.open(home)) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void whatAnInterruptedCreationLeftIsReplaced() throws Exception {
        EmbeddedPostgres.open(home).close();
        var fresh = Files.createDirectory(folder.resolve("fresh"));
        try (var programs = Files.list(home)) {
            for (var program : programs.filter(f -> f.getFileName().toString().startsWith("programs"))
                    .toList()) {
                Files.createSymbolicLink(fresh.resolve(program.getFileName()), program);
            }
        }
        Files.writeString(Files.createDirectory(fresh.resolve("data.partial")).resolve("PG_VERSION"), "18");
        try (var server = EmbeddedPostgres.startThrowaway(fresh)) {
            assertThat(ask(server, "show fsync")).isEqualTo("off");
        }
        assertThat(fresh.resolve("data.partial")).doesNotExist();
    }

    @Test
    void nothingIsDeletedWhileAnyoneUsesIt() throws Exception {
        var visitor = Visitor.start(home);
        visitor.inputReader().readLine();
        assertThatThrownBy(() -> EmbeddedPostgres.delete(home)).isInstanceOf(PostgresUnavailable.class);
        leave(visitor);
        EmbeddedPostgres.delete(home);
        assertThat(home).doesNotExist();
        EmbeddedPostgres.delete(home);
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedInOneLine() throws IOException {
        var file = Files.createFile(folder.resolve("a file"));
        assertThatThrownBy(() -> EmbeddedPostgres.open(file.resolve("postgres")))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageStartingWith("The database cannot be kept in " + file)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aMachineWithoutProgramsIsToldWhatToDo() {
        assertThatThrownBy(() -> Archive.forMachine("Linux", "riscv64"))
                .hasMessage("This build has no PostgreSQL for Linux on riscv64:"
                        + " name a PostgreSQL server of your own with ESPACE_DB_URL.");
        assertThatThrownBy(() -> Archive.forMachine("Windows 11", "amd64")).isInstanceOf(PostgresUnavailable.class);
    }

    @Test
    void aFullDiskIsCalledThat() {
        assertThat(PostgresUnavailable.failed(home, "initdb", "creating …\ninitdb: error: No space left on device\n"))
                .hasMessage("There is no space left on the disk of " + home
                        + ": free some, or choose a folder on another disk.");
    }

    private long postmaster() throws IOException {
        return Postmaster.on(home.resolve("data")).map(Postmaster::pid).orElse(0L);
    }

    private static void leave(Process visitor) throws Exception {
        visitor.getOutputStream().close();
        assertThat(visitor.waitFor()).isZero();
    }

    private static String ask(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
