package io.selfheal.healer.local;

import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.SaveResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The statements of one save: two round trips (incident, history), and two more with a claim. The ledger's row comes last,
 * since every claim of every healer waits for it.
 */
final class JdbcSave {
    private final Connection connection;

    JdbcSave(Connection connection) {
        this.connection = connection;
    }

    SaveResult store(Change change) throws SQLException {
        Incident old = change.incident();
        Incident next = old.withVersion(old.version() + 1);
        boolean stored = old.version() == 0 ? insert(next) : update(next, old.version());
        if (!stored) {
            return lost(old.service() + " is no longer at version " + old.version());
        }
        append(change.entries());
        if (change.claim().isPresent()) {
            Change.Claim claim = change.claim().get();
            enter(claim.record());
            if (!countUp(claim.ledgerVersion())) {
                return lost("the ledger is no longer at version " + claim.ledgerVersion());
            }
        }
        return new SaveResult.Saved(next);
    }

    private SaveResult lost(String what) throws SQLException {
        connection.rollback();
        return new SaveResult.Conflict(what);
    }

    /** False never: a second open incident of the service, or the same id again, violates a unique key. */
    private boolean insert(Incident incident) throws SQLException {
        return execute(
                "insert into healer_incident"
                        + " (cluster, service, open_key, version, state, due_at, opened_at, updated_at, document, id)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                incident.service().cluster(),
                incident.service().service(),
                openKey(incident),
                incident.version(),
                incident.state().phase(),
                incident.dueAt(),
                incident.detectedAt(),
                incident.updatedAt(),
                IncidentCodec.write(incident),
                incident.id().value());
    }

    private boolean update(Incident incident, long expectedVersion) throws SQLException {
        return execute(
                "update healer_incident set open_key = ?, version = ?, state = ?, due_at = ?, updated_at = ?, document = ?"
                        + " where id = ? and version = ?",
                openKey(incident),
                incident.version(),
                incident.state().phase(),
                incident.dueAt(),
                incident.updatedAt(),
                IncidentCodec.write(incident),
                incident.id().value(),
                expectedVersion);
    }

    private void append(List<HistoryEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        String sql = "insert into healer_history (incident_id, at, event, reason, entry) values (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (HistoryEntry entry : entries) {
                Columns.set(
                        insert,
                        entry.incident().value(),
                        entry.at(),
                        entry.event(),
                        entry.reason(),
                        IncidentCodec.write(entry));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void enter(ActionRecord action) throws SQLException {
        execute(
                "insert into healer_action (incident_id, attempt, cluster, service, task, kind, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                action.incident().value(),
                action.attempt(),
                action.service().cluster(),
                action.service().service(),
                action.task(),
                action.kind().word(),
                action.at());
    }

    private boolean countUp(long expectedVersion) throws SQLException {
        return execute("update healer_ledger set version = version + 1 where id = 1 and version = ?", expectedVersion);
    }

    private boolean execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Columns.set(statement, values).executeUpdate() == 1;
        }
    }

    private static Optional<String> openKey(Incident incident) {
        return incident.state().over()
                ? Optional.empty()
                : Optional.of(incident.service().toString());
    }
}
