package io.selfheal.healer.local;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;

/** The one database of the local adapters: its schema is brought up to date when it is opened. Thread-safe. */
public final class JdbcDatabase implements AutoCloseable {
    // For a storm on a database that works. Alertmanager gives a webhook 10 s.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final ScopedValue<Seen> TOGETHER = ScopedValue.newInstance();

    private final HikariDataSource pool;
    private final Turns turns;
    private final Optional<Checkpoints> checkpoints;

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** How many commits work may have seen, its own among them. What others committed since is theirs to make durable. */
    private static final class Seen {
        private long upTo;
    }

    private JdbcDatabase(HikariDataSource pool, int connections, Optional<Checkpoints> checkpoints) {
        this.pool = pool;
        this.turns = new Turns(connections, PATIENCE);
        this.checkpoints = checkpoints;
    }

    /**
     * Opens the database, creating an H2 file that does not exist.
     *
     * @throws IllegalStateException when another process has the H2 file, or its schema is not ours: for a person to mend
     * @throws StoreUnavailableException when it cannot be reached
     */
    public static JdbcDatabase open(JdbcSettings settings) {
        HikariDataSource pool = new HikariDataSource(poolConfig(settings));
        try {
            Schema.bringUpToDate(pool);
            return new JdbcDatabase(
                    pool,
                    settings.poolSize(),
                    settings.h2() ? Optional.of(new Checkpoints(new H2Checkpoint(settings))) : Optional.empty());
        } catch (FlywayException | StoreUnavailableException failed) {
            pool.close();
            throw SqlFailure.atOpening(settings, failed);
        }
    }

    /** One transaction, durable when it returns, or when {@link #together} does. */
    <T> T transact(String operation, Work<T> work) {
        try {
            T result = turn(() -> commit(work));
            if (checkpoints.isPresent()) {
                committed(checkpoints.get());
            }
            return result;
        } catch (SQLException failed) {
            throw SqlFailure.of(operation, failed);
        }
    }

    private static void committed(Checkpoints checkpoints) throws SQLException {
        if (TOGETHER.isBound()) {
            TOGETHER.get().upTo = checkpoints.committed();
        } else {
            checkpoints.makeDurable();
        }
    }

    /**
     * Work that somebody waits for, so ahead of what nobody does. What it commits is durable when this returns, and whatever
     * it read.
     */
    <T> T together(String operation, Supplier<T> work) {
        Seen seen = new Seen();
        T result = ScopedValue.where(TOGETHER, seen).call(work::get);
        try {
            if (checkpoints.isPresent()) {
                checkpoints.get().makeDurable(seen.upTo);
            }
            return result;
        } catch (SQLException failed) {
            throw SqlFailure.of(operation, failed);
        }
    }

    private <T> T turn(Turns.Turn<T> turn) throws SQLException {
        if (!TOGETHER.isBound()) {
            return turns.unhurried(turn);
        }
        T result = turns.hurried(turn);
        checkpoints.ifPresent(all -> TOGETHER.get().upTo = all.soFar());
        return result;
    }

    /** One statement that reads. */
    <T> T read(String operation, Work<T> work) {
        try {
            return turn(() -> {
                try (Connection connection = pool.getConnection()) {
                    return work.run(connection);
                }
            });
        } catch (SQLException failed) {
            throw SqlFailure.of(operation, failed);
        }
    }

    /** Any number of statements that read, all of the same moment; on one of the few connections, so not for every day. */
    <T> T snapshot(String operation, Work<T> work) {
        try {
            // Not in the line of the looks at what is healing, which it would hold up for as long as it takes.
            return turns.hurried(() -> {
                try (Connection connection = pool.getConnection()) {
                    return inSnapshot(connection, work);
                }
            });
        } catch (SQLException failed) {
            throw SqlFailure.of(operation, failed);
        }
    }

    /** Leaves the connection to be closed: the pool gives its settings back. */
    static <T> T inSnapshot(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return work.run(connection);
        } finally {
            connection.rollback();
        }
    }

    @Override
    public void close() {
        checkpoints.ifPresent(Checkpoints::close);
        pool.close();
    }

    private <T> T commit(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollBack(connection, failed);
                throw failed;
            }
        }
    }

    private static void rollBack(Connection connection, Exception failed) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static HikariConfig poolConfig(JdbcSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("healer-store");
        config.setJdbcUrl(settings.effectiveUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setValidationTimeout(Math.max(250, settings.connectTimeout().toMillis() / 2));
        // Do not fail in the pool: opening the schema tells the reason better.
        config.setInitializationFailTimeout(-1);
        if (!settings.h2()) {
            long seconds = Math.max(1, settings.answerTimeout().toSeconds());
            config.addDataSourceProperty("ApplicationName", "selfheal-healer");
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("connectTimeout", "1");
            config.addDataSourceProperty("socketTimeout", Long.toString(seconds));
            // A healer that is stopped in the middle of a claim must not hold up the claims of all others for ever.
            config.setConnectionInitSql("set lock_timeout = 1500; set idle_in_transaction_session_timeout = 5000");
        }
        return config;
    }
}
