package io.selfheal.healer.local;

import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Recording;
import io.selfheal.healer.incident.Recording.Place;
import io.selfheal.healer.incident.SaveResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The statements of one save: two round trips (incident, history), two more where an incident is opened, and two more with a
 * claim. The ledger's row comes last, since every claim of every healer waits for it.
 */
final class JdbcSave {
    private final Connection connection;
    private final KnownDocuments known;

    JdbcSave(Connection connection, KnownDocuments known) {
        this.connection = connection;
        this.known = known;
    }

    SaveResult store(Change change) throws SQLException {
        Incident old = change.incident();
        boolean first = old.version() == 0;
        Place place = first ? new JdbcOpening(connection).next(old.service()) : Place.UNKNOWN;
        Recording recording = first ? Recording.first(change, place) : Recording.next(change);
        if (!(first ? insert(recording, place) : update(recording, old.version()))) {
            return lost(old.service() + " is no longer at version " + old.version());
        }
        append(recording.lines());
        if (change.claim().isPresent()) {
            Change.Claim claim = change.claim().get();
            enter(claim.record());
            if (!countUp(claim.ledgerVersion())) {
                return lost("the ledger is no longer at version " + claim.ledgerVersion());
            }
        }
        known.add(recording);
        return new SaveResult.Saved(recording.incident());
    }

    private SaveResult lost(String what) throws SQLException {
        connection.rollback();
        return new SaveResult.Conflict(what);
    }

    /** False never: a second open incident of the service, the same id or the same place again violates a unique key. */
    private boolean insert(Recording recording, Place place) throws SQLException {
        Incident incident = recording.incident();
        return execute(
                "insert into healer_incident (cluster, service, open_key, version, state, due_at, opened_at, updated_at,"
                        + " document, seal, ordinal, previous_seal, id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                incident.service().cluster(),
                incident.service().service(),
                openKey(incident),
                incident.version(),
                incident.state().phase(),
                incident.dueAt(),
                incident.detectedAt(),
                incident.updatedAt(),
                recording.document(),
                recording.seal(),
                place.ordinal(),
                place.previousSeal(),
                incident.id().value());
    }

    private boolean update(Recording recording, long expectedVersion) throws SQLException {
        Incident incident = recording.incident();
        return execute(
                "update healer_incident set open_key = ?, version = ?, state = ?, due_at = ?, updated_at = ?,"
                        + " document = ?, seal = ? where id = ? and version = ?",
                openKey(incident),
                incident.version(),
                incident.state().phase(),
                incident.dueAt(),
                incident.updatedAt(),
                recording.document(),
                recording.seal(),
                incident.id().value(),
                expectedVersion);
    }

    private void append(List<Recording.Line> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        String sql = "insert into healer_history (incident_id, at, event, reason, entry, position, hash)"
                + " values (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Recording.Line line : lines) {
                HistoryEntry entry = line.entry();
                Columns.set(
                        insert,
                        entry.incident().value(),
                        entry.at(),
                        entry.event(),
                        entry.reason(),
                        line.text(),
                        line.position(),
                        line.hash());
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

    static Optional<String> openKey(Incident incident) {
        return incident.state().over()
                ? Optional.empty()
                : Optional.of(incident.service().toString());
    }
}
