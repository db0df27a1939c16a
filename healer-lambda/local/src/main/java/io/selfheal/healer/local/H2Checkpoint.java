package io.selfheal.healer.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * H2's CHECKPOINT, on a connection of its own: a checkpoint that all wait for must not itself wait for the pool.
 *
 * <p>{@code WRITE_DELAY=0} would write at each commit too, but stops the thread that keeps the file small (12,000 saves:
 * 110 MB and growing against 46 MB, level).
 */
final class H2Checkpoint implements Checkpoints.Write {
    private final JdbcSettings settings;
    private @Nullable Connection connection;

    H2Checkpoint(JdbcSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void run() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException gone) {
            // Closed by the database itself, which is as good.
            connection = null;
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = DriverManager.getConnection(settings.effectiveUrl(), settings.user(), settings.password());
            connection = open;
        }
        return open;
    }
}
