package io.selfheal.healer.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The tables of the store. Flyway alone makes and changes them; where it has nothing to do it is not even loaded, because it
 * would then stay in memory for as long as the healer runs.
 */
final class Schema {
    /** The newest file in the folder {@code schema}. */
    static final String NEWEST = "5";

    private static final String HISTORY = "healer_schema_history";

    private Schema() {}

    static void bringUpToDate(DataSource database) {
        if (!upToDate(database)) {
            migrate(database);
        }
    }

    static boolean upToDate(DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select 1 from \"" + HISTORY + "\" where \"version\" = ? and \"success\"")) {
            query.setString(1, NEWEST);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        } catch (SQLException noSuchTableOrAway) {
            // Which of the two, and what to do about it, is for the migration to find out and say.
            return false;
        }
    }

    private static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:io/selfheal/healer/local/schema")
                .loggers("slf4j")
                .table(HISTORY)
                // The store's tables may stand beside those of others, for example in the demo's PostgreSQL.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
