package io.selfheal.shop.order;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A database that several processes share. */
interface Database extends AutoCloseable {

    String url();

    String user();

    @Override
    void close();

    default Map<String, String> env() {
        return Map.of("JDBC_URL", url(), "JDBC_USER", user());
    }

    /** The first column of the first row. */
    default long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), user(), "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
