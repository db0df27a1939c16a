package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Ledger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the ledger of actions: its rows only where its version is not the one that is known. Thread-safe. */
final class JdbcLedger {
    private final JdbcDatabase database;
    private final KnownLedger known = new KnownLedger();

    JdbcLedger(JdbcDatabase database) {
        this.database = database;
    }

    Ledger since(Instant since) {
        return known.at(version(), since).orElseGet(() -> {
            Ledger read = read(since);
            known.read(read, since);
            return read;
        });
    }

    /** To be called once the claim is committed. */
    void claimed(Change.Claim claim) {
        known.claimed(claim);
    }

    private long version() {
        return database.read("ledger", connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select version from healer_ledger where id = 1");
                    ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    private Ledger read(Instant since) {
        // One statement sees one moment: a version that is older than its actions would let a budget be overspent.
        String sql = "select l.version, a.* from healer_ledger l left join healer_action a on a.at >= ? where l.id = 1"
                + " order by a.at, a.incident_id, a.attempt";
        return database.read("ledger", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = Columns.set(select, since).executeQuery()) {
                long version = 0;
                List<ActionRecord> actions = new ArrayList<>();
                while (rows.next()) {
                    version = rows.getLong("version");
                    if (rows.getString("incident_id") != null) {
                        actions.add(action(rows));
                    }
                }
                return new Ledger(version, actions);
            }
        });
    }

    private static ActionRecord action(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new ActionRecord(
                new IncidentId(row.getString("incident_id")),
                row.getInt("attempt"),
                new ServiceId(row.getString("cluster"), row.getString("service")),
                Optional.ofNullable(row.getString("task")).map(TaskId::new),
                ActionKind.ofWord(kind)
                        .orElseThrow(() -> new IllegalStateException("ledger: unknown kind of action '" + kind + "'")),
                Columns.instant(row, "at"));
    }
}
