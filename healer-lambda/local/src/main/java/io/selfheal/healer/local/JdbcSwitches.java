package io.selfheal.healer.local;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pauses in the same database as the incidents: two healers on it share them. */
public final class JdbcSwitches implements Switches {
    private static final String EVERYWHERE = "*";

    private final JdbcDatabase database;

    public JdbcSwitches(JdbcDatabase database) {
        this.database = database;
    }

    @Override
    public Fact<List<Pause>> active(Instant now) {
        try {
            return new Fact.Known<>(database.read("pauses", connection -> active(connection, now)), now);
        } catch (StoreUnavailableException unreadable) {
            return new Fact.Unknown<>("pauses: " + unreadable.getMessage());
        }
    }

    @Override
    public void pause(Pause pause) {
        try {
            database.transact("pause", connection -> replace(connection, pause));
        } catch (SqlFailure.Lost first) {
            // Somebody paused the same scope at this moment: now there is a row to replace.
            database.transact("pause", connection -> replace(connection, pause));
        }
    }

    @Override
    public boolean resume(Optional<ServiceId> scope) {
        return database.transact("resume", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from healer_pause where scope = ?")) {
                return Columns.set(delete, scope(scope)).executeUpdate() == 1;
            }
        });
    }

    private static List<Pause> active(Connection connection, Instant now) throws SQLException {
        String sql =
                "select scope, reason, owner, since, until from healer_pause where until > ? order by since, scope";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = Columns.set(select, now).executeQuery()) {
            List<Pause> pauses = new ArrayList<>();
            while (rows.next()) {
                String scope = rows.getString("scope");
                pauses.add(new Pause(
                        scope.equals(EVERYWHERE) ? Optional.empty() : Optional.of(ServiceId.parse(scope)),
                        rows.getString("reason"),
                        rows.getString("owner"),
                        Columns.instant(rows, "since"),
                        Columns.instant(rows, "until")));
            }
            return pauses;
        }
    }

    private static boolean replace(Connection connection, Pause pause) throws SQLException {
        // Neither database's upsert is understood by the other.
        try (PreparedStatement update = connection.prepareStatement(
                        "update healer_pause set reason = ?, owner = ?, since = ?, until = ? where scope = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into healer_pause (reason, owner, since, until, scope) values (?, ?, ?, ?, ?)")) {
            Object[] values = {pause.reason(), pause.owner(), pause.since(), pause.until(), scope(pause.service())};
            return Columns.set(update, values).executeUpdate() == 1
                    || Columns.set(insert, values).executeUpdate() == 1;
        }
    }

    private static String scope(Optional<ServiceId> service) {
        return service.map(ServiceId::toString).orElse(EVERYWHERE);
    }
}
