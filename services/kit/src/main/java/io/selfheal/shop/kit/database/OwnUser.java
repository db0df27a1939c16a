package io.selfheal.shop.kit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a service's own user of PostgreSQL, and its schema, which is all that this user may enter. A program of its own: it runs before
 * the service, with the administrator's password, which the service itself never gets. Run again it changes nothing but the password,
 * to the one that it is given; two at once wait for each other.
 */
public final class OwnUser {
    private static final Logger LOG = LoggerFactory.getLogger(OwnUser.class);
    private static final int BAD_CONFIGURATION = 78;
    /** Any number, as long as it is always the same. */
    private static final long LOCK = 5_432_001;

    private final Connection administrator;

    private OwnUser(Connection administrator) {
        this.administrator = administrator;
    }

    public static void main(String[] arguments) throws SQLException {
        try {
            make(System.getenv());
            LOG.info("The service's own user and schema are there");
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            System.exit(BAD_CONFIGURATION);
        }
    }

    /** Takes {@code JDBC_URL}, who comes ({@code ADMIN_USER}, {@code ADMIN_PASSWORD}), and what is to be there. */
    public static void make(Map<String, String> settings) throws SQLException {
        String user = needed(settings, "JDBC_USER");
        String password = needed(settings, "JDBC_PASSWORD");
        String schema = needed(settings, "JDBC_SCHEMA");
        try (Connection administrator = DriverManager.getConnection(
                needed(settings, "JDBC_URL"),
                needed(settings, "ADMIN_USER"),
                settings.getOrDefault("ADMIN_PASSWORD", ""))) {
            administrator.setAutoCommit(false);
            new OwnUser(administrator).make(user, password, schema);
            administrator.commit();
        }
    }

    private static String needed(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    private void make(String user, String password, String schema) throws SQLException {
        text("SELECT pg_advisory_xact_lock(" + LOCK + ")::text");
        String verb = text("SELECT count(*)::text FROM pg_roles WHERE rolname = ?", user)
                        .equals("0")
                ? "CREATE"
                : "ALTER";
        // A statement that makes something takes no parameters, so PostgreSQL itself quotes the names.
        run(text("SELECT format('" + verb + " ROLE %I LOGIN PASSWORD %L', ?::text, ?::text)", user, password));
        // The administrator of RDS is no superuser: he gives a schema only to whom he may become.
        run(text("SELECT format('GRANT %I TO CURRENT_USER', ?::text)", user));
        run(text("SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', ?::text, ?::text)", schema, user));
    }

    private String text(String question, String... values) throws SQLException {
        try (PreparedStatement statement = administrator.prepareStatement(question)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }
}
