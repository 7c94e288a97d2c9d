package org.espace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @Test
    void keepsItsDataAndFlushesToDisk(@TempDir Path home) throws SQLException {
        try (var server = EmbeddedPostgres.start(home, 0)) {
            assertThat(ask(server, "show fsync")).isEqualTo("on");
            assertThat(ask(server, "show server_version")).startsWith("18.");
            ask(server, "create table kept as select 42 as answer");
        }
        try (var server = EmbeddedPostgres.start(home, 0)) {
            assertThat(ask(server, "select answer from kept")).isEqualTo("42");
        }
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
