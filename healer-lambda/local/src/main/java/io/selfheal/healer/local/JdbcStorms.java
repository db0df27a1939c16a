package io.selfheal.healer.local;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The storms in the same database as the incidents: two healers on it see the same one, and a restart forgets none. */
public final class JdbcStorms implements Storms {
    private final JdbcDatabase database;

    public JdbcStorms(JdbcDatabase database) {
        this.database = database;
    }

    @Override
    public Fact<StormLatch> latch(Instant now) {
        try {
            return new Fact.Known<>(database.read("storms", JdbcStorms::newest), now);
        } catch (StoreUnavailableException unreadable) {
            return new Fact.Unknown<>(String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public boolean trip(Storm storm) {
        try {
            return database.transact("trip", connection -> {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into healer_storm (open_key, since, what) values ('open', ?, ?)")) {
                    return Columns.set(insert, storm.since(), storm.what()).executeUpdate() == 1;
                }
            });
        } catch (SqlFailure.Lost standsAlready) {
            return false;
        }
    }

    @Override
    public boolean rearm(Rearming rearming) {
        return database.transact("rearm", connection -> {
            try (PreparedStatement update = connection.prepareStatement("update healer_storm set open_key = null,"
                    + " rearmed_at = ?, rearm_reason = ?, rearm_owner = ? where open_key = 'open'")) {
                return Columns.set(update, rearming.at(), rearming.reason(), rearming.owner())
                                .executeUpdate()
                        == 1;
            }
        });
    }

    /** The newest row tells all: it stands, or else it is the one that was ended last. */
    private static StormLatch newest(Connection connection) throws SQLException {
        String sql = "select open_key, since, what, rearmed_at, rearm_reason, rearm_owner from healer_storm"
                + " order by seq desc limit 1";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return StormLatch.NONE;
            }
            if (rows.getString("open_key") != null) {
                return new StormLatch(
                        Optional.of(new Storm(Columns.instant(rows, "since"), rows.getString("what"))),
                        Optional.empty());
            }
            return new StormLatch(
                    Optional.empty(),
                    Optional.of(new Rearming(
                            Columns.instant(rows, "rearmed_at"),
                            rows.getString("rearm_reason"),
                            rows.getString("rearm_owner"))));
        }
    }
}
