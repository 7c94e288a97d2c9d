package org.espace;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Listens at the driver: what rooms send to the database, the wall and the ends of transactions among it. Not sessions. */
public final class Statements implements AutoCloseable {

    private final DelegatingDataSource rooms;
    private final DataSource database;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** @param rooms the application's database, as rooms get it */
    public Statements(DataSource rooms) {
        this.rooms = (DelegatingDataSource) rooms;
        this.database = Objects.requireNonNull(this.rooms.getTargetDataSource());
        this.rooms.setTargetDataSource(new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                return heard(super.getConnection());
            }
        });
    }

    /** Since the last call, in their order. */
    public List<String> sent() {
        var all = new ArrayList<>(sent);
        sent.clear();
        return all;
    }

    private Connection heard(Connection connection) {
        return proxy(Connection.class, (method, arguments, answer) -> {
            switch (method) {
                case "prepareStatement" -> {
                    return heard((Statement) Objects.requireNonNull(answer), (String) arguments[0]);
                }
                case "createStatement" -> {
                    return heard((Statement) Objects.requireNonNull(answer), "");
                }
                case "commit", "rollback", "setTransactionIsolation", "getTransactionIsolation" -> sent.add(method);
                default -> {}
            }
            return answer;
        }, connection);
    }

    private Statement heard(Statement statement, String prepared) {
        var type = prepared.isEmpty() ? Statement.class : java.sql.PreparedStatement.class;
        return proxy(type, (method, arguments, answer) -> {
            if (method.startsWith("execute")) {
                sent.add(prepared.isEmpty() ? (String) arguments[0] : prepared);
            }
            return answer;
        }, statement);
    }

    private interface Ear {
        Object hear(String method, Object[] arguments, Object answer);
    }

    private static <T> T proxy(Class<? extends T> type, Ear ear, T heard) {
        return type.cast(Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        return ear.hear(
                                method.getName(),
                                arguments == null ? new Object[0] : arguments,
                                method.invoke(heard, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public void close() {
        rooms.setTargetDataSource(database);
    }
}
