package io.selfheal.healer.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** One connection that changes nothing, for tools: no pool, no migration, no file that was not there. */
final class ReadOnlyDatabase implements JdbcStoredHistory.Snapshots {
    private static final int H2_FILE_IN_USE = 90020;
    private static final int H2_NO_SUCH_FILE = 90146;

    private final JdbcSettings settings;

    ReadOnlyDatabase(JdbcSettings settings) {
        this.settings = settings;
    }

    @Override
    public <T> T read(String operation, JdbcDatabase.Work<T> work) {
        try (Connection connection = connect()) {
            return JdbcDatabase.inSnapshot(connection, work);
        } catch (SQLException failed) {
            throw new IllegalStateException(settings.shownUrl() + ": " + sentence(failed), failed);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", settings.user());
        properties.put("password", settings.password());
        if (settings.h2()) {
            return DriverManager.getConnection(
                    settings.effectiveUrl() + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r", properties);
        }
        properties.put("connectTimeout", "5");
        properties.put("socketTimeout", "60");
        properties.put("readOnly", "true");
        return DriverManager.getConnection(settings.effectiveUrl(), properties);
    }

    private static String sentence(SQLException failed) {
        if (failed.getErrorCode() == H2_FILE_IN_USE) {
            return "the file is in use, probably by a running healer: ask that one (GET /history/verification), or stop it";
        }
        if (failed.getErrorCode() == H2_NO_SUCH_FILE) {
            return "there is no such database; give the one that the healer runs with";
        }
        if (String.valueOf(failed.getSQLState()).startsWith("42")) {
            return "it has not the schema of this healer: start a healer of this version on it once, which upgrades it ("
                    + failed.getMessage() + ")";
        }
        return "it cannot be read: " + failed.getMessage();
    }
}
