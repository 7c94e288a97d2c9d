package org.espace.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Gives connections that see what the wall around the thread lets through, and takes them back without a trace of it. */
final class WalledDataSource extends DelegatingDataSource {

    WalledDataSource(DataSource database) {
        super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        return Wall.partner().isEmpty()
                ? connection
                : walled(connection, Wall.partner().get());
    }

    private static Connection walled(Connection connection, int partner) throws SQLException {
        try {
            set(connection, Wall.settings(partner));
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
        return (Connection) Proxy.newProxyInstance(
                WalledDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "close" -> {
                        close(connection);
                        yield null;
                    }
                    default -> {
                        try {
                            yield method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }

    /** A connection that cannot be freed of the wall does not go back. */
    private static void close(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try (connection) {
            try {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                set(connection, Wall.noSettings());
            } catch (SQLException e) {
                connection.abort(Runnable::run);
                throw e;
            }
        }
    }

    private static void set(Connection connection, List<String> settings) throws SQLException {
        try (var statement = connection.prepareStatement(Wall.SETTINGS)) {
            statement.setString(1, settings.getFirst());
            statement.setString(2, settings.getLast());
            statement.execute();
        }
    }
}
