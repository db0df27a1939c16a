package io.selfheal.healer.local;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.audit.StoredIncident;
import io.selfheal.healer.audit.StoredIncident.StoredEntry;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The history as it lies in the database, row by row: in one snapshot, so that what is saved meanwhile does no harm. */
public final class JdbcStoredHistory implements StoredHistory {
    // Drivers read whole results otherwise; an incident's document is a few KB.
    private static final int ROWS_AT_ONCE = 50;

    private final Snapshots snapshots;

    /** Runs work on a connection that sees one moment of the database. */
    interface Snapshots {
        <T> T read(String operation, JdbcDatabase.Work<T> work);
    }

    JdbcStoredHistory(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    public JdbcStoredHistory(JdbcDatabase database) {
        this(database::snapshot);
    }

    /**
     * Of a database that no healer of this process has open; changes nothing in it, and does not make one.
     * {@link #tell} throws {@link IllegalStateException} with a sentence for a person when it cannot be read.
     */
    public static JdbcStoredHistory of(JdbcSettings settings) {
        return new JdbcStoredHistory(new ReadOnlyDatabase(settings));
    }

    @Override
    public void tell(Reader reader) {
        snapshots.read("history", connection -> {
            counts(connection, reader);
            incidents(connection, reader);
            return reader;
        });
    }

    private static void counts(Connection connection, Reader reader) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select unchained_up_to from healer_chain where id = 1");
                ResultSet row = select.executeQuery()) {
            reader.unchainedUpTo(row.next() ? row.getLong(1) : 0);
        }
        try (PreparedStatement select =
                        connection.prepareStatement("select cluster, service, incidents from healer_service");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                reader.service(service(rows), rows.getLong("incidents"));
            }
        }
    }

    private static void incidents(Connection connection, Reader reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select * from healer_incident order by cluster, service, coalesce(ordinal, 0), id")) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.incident(incident(connection, rows));
                }
            }
        }
    }

    private static StoredIncident incident(Connection connection, ResultSet row) throws SQLException {
        String id = row.getString("id");
        String document = row.getString("document");
        return new StoredIncident(
                id,
                service(row),
                row.getLong("ordinal"),
                row.getString("previous_seal"),
                row.getString("seal"),
                document,
                stray(row, document),
                entries(connection, id));
    }

    private static List<StoredEntry> entries(Connection connection, String incident) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select * from healer_history where incident_id = ? order by seq");
                ResultSet rows = Columns.set(select, incident).executeQuery()) {
            List<StoredEntry> entries = new ArrayList<>();
            while (rows.next()) {
                String text = rows.getString("entry");
                entries.add(new StoredEntry(
                        rows.getLong("seq"),
                        rows.getLong("position"),
                        rows.getString("hash"),
                        text,
                        strayOfEntry(rows, text)));
            }
            return entries;
        }
    }

    /** Columns beside the document repeat what it says; the document itself has a seal. */
    private static List<String> stray(ResultSet row, String document) throws SQLException {
        Incident incident;
        try {
            incident = IncidentCodec.readIncident(document);
        } catch (RuntimeException unreadable) {
            // The audit finds it by its seal and tells the reason.
            return List.of();
        }
        return new StrayColumns(row)
                .text("id", incident.id())
                .text("cluster", incident.service().cluster())
                .text("service", incident.service().service())
                .text("open_key", JdbcSave.openKey(incident))
                .text("version", incident.version())
                .text("state", incident.state().phase())
                .time("due_at", incident.dueAt())
                .time("opened_at", Optional.of(incident.detectedAt()))
                .time("updated_at", Optional.of(incident.updatedAt()))
                .names();
    }

    private static List<String> strayOfEntry(ResultSet row, String text) throws SQLException {
        HistoryEntry entry;
        try {
            entry = IncidentCodec.readEntry(text);
        } catch (RuntimeException unreadable) {
            return List.of("entry");
        }
        return new StrayColumns(row)
                .text("incident_id", entry.incident())
                .time("at", Optional.of(entry.at()))
                .text("event", entry.event())
                .text("reason", entry.reason())
                .names();
    }

    private static String service(ResultSet row) throws SQLException {
        return row.getString("cluster") + "/" + row.getString("service");
    }
}
