package io.selfheal.healer.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fresh databases for tests: one PostgreSQL server for the whole run, a new database in it for each test. */
final class TestDatabases {
    private static @Nullable EmbeddedPostgres postgres;

    private TestDatabases() {}

    static JdbcSettings freshH2() {
        return JdbcSettings.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    static JdbcSettings freshPostgres() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        EmbeddedPostgres server = postgres();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return JdbcSettings.of(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    private static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            try {
                // Its own ten seconds are too few beside other modules' tests.
                postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
        return postgres;
    }
}
