package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.audit.AuditReport;
import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.audit.StoredIncident;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody with access to the database works on it; each incident a, b, c of order has entries in rows 1 to 4, 5 to 8, 9 to 12. */
abstract class TamperedHistoryContract {
    private static final String B = "selfheal/order incident b: ";

    private JdbcSettings settings;
    private JdbcDatabase database;

    abstract JdbcSettings fresh();

    @BeforeEach
    void open() {
        settings = fresh();
        database = JdbcDatabase.open(settings);
        for (String id : List.of("a", "b", "c")) {
            Incident opened = save(Incidents.open(id, ORDER), 2);
            save(Incidents.resolved(opened), 2);
        }
        assertThat(audit().findings()).isEmpty();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Incident save(Incident incident, int entries) {
        List<HistoryEntry> said = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            said.add(new HistoryEntry(
                    incident.id(),
                    incident.service(),
                    T0.plusSeconds(incident.version() * 10 + i),
                    HistoryEntry.Event.WAIT,
                    i == 0 ? Reason.STABILISING : Reason.NOT_YET_HEALED,
                    "entry " + i,
                    Optional.empty(),
                    "demo@0123abcd"));
        }
        SaveResult result = new JdbcIncidentStore(database).save(new Change(incident, said, Optional.empty()));
        return ((SaveResult.Saved) result).incident();
    }

    private AuditReport audit() {
        return HistoryAudit.of(new JdbcStoredHistory(database));
    }

    private List<String> faults() {
        return audit().findings().stream().map(Object::toString).toList();
    }

    private void sql(String... statements) {
        try (Connection connection =
                        DriverManager.getConnection(settings.effectiveUrl(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.executeUpdate(sql)).as(sql).isGreaterThanOrEqualTo(0);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String value(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(settings.effectiveUrl(), settings.user(), settings.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does it, tells what is found, and undoes it. */
    private List<String> after(String change, String undo) {
        sql(change);
        List<String> found = faults();
        sql(undo);
        assertThat(faults()).as("undone: " + change).isEmpty();
        return found;
    }

    private List<String> changed(String table, String column, String expression, String where) {
        String before = value("select " + column + " from " + table + " where " + where);
        String literal = before == null ? "null" : "'" + before.replace("'", "''") + "'";
        String type = column.endsWith("_at") || column.equals("at")
                ? "cast(" + literal + " as timestamp(6) with time zone)"
                : literal;
        return after(
                "update " + table + " set " + column + " = " + expression + " where " + where,
                "update " + table + " set " + column + " = " + type + " where " + where);
    }

    @Test
    void whenOneByteOfAnEntryChanges_inWhicheverColumn_thenThatEntryIsFound() {
        String row = "seq = 6";
        String wasChanged = B + "entry 2 (row 6) or its hash was changed";
        String column = B + "entry 2 (row 6): column %s was changed";
        assertThat(changed("healer_history", "entry", "replace(entry, 'entry 1', 'entry l')", row))
                .containsExactly(wasChanged);
        assertThat(changed("healer_history", "hash", "concat(substring(hash, 1, 63), 'x')", row))
                .containsExactly(wasChanged);
        assertThat(changed("healer_history", "reason", "'STABILISING'", row))
                .containsExactly(column.formatted("reason"));
        assertThat(changed("healer_history", "event", "'ACT'", row)).containsExactly(column.formatted("event"));
        assertThat(changed("healer_history", "at", "at + interval '1' second", row))
                .containsExactly(column.formatted("at"));
        assertThat(changed("healer_history", "position", "7", row)).contains(B + "entry 2 is missing");
        assertThat(changed("healer_history", "incident_id", "'c'", row))
                .contains(B + "entry 2 is missing")
                .contains("selfheal/order incident c: entry 2 (row 6): column incident_id was changed");
    }

    @Test
    void whenOneByteOfAnIncidentChanges_inWhicheverColumn_thenThatIncidentIsFound() {
        String row = "id = 'b'";
        assertThat(changed("healer_incident", "document", "replace(document, 'RESOLVED', 'RESOLVEd')", row))
                .contains(B + "the incident or its seal was changed");
        assertThat(changed("healer_incident", "seal", "concat(substring(seal, 1, 63), 'x')", row))
                .containsExactly(
                        B + "the incident or its seal was changed",
                        "selfheal/order incident c: is not tied to the incident before it: that or the tie was changed");
        assertThat(changed("healer_incident", "previous_seal", "concat(substring(previous_seal, 1, 63), 'x')", row))
                .contains(B + "is not tied to the incident before it: that or the tie was changed");
        assertThat(changed("healer_incident", "ordinal", "7", row))
                .contains("selfheal/order: incidents 2 to 2 are missing");
        for (String column : List.of("version", "due_at", "opened_at", "updated_at", "state", "open_key")) {
            String value =
                    switch (column) {
                        case "version" -> "9";
                        case "state" -> "'OPEN'";
                        case "open_key" -> "'selfheal/order'";
                        default -> "timestamp with time zone '2026-01-01 00:00:00+00:00'";
                    };
            assertThat(changed("healer_incident", column, value, row))
                    .containsExactly(B + "column " + column + " was changed");
        }
        assertThat(changed("healer_incident", "service", "'0rder'", row))
                .contains("selfheal/0rder incident b: column service was changed");
        assertThat(changed("healer_incident", "cluster", "'se1fheal'", row))
                .contains("se1fheal/order incident b: column cluster was changed");
    }

    @Test
    void whenARowIsDeleted_thenTheEntryIsMissing() {
        sql("delete from healer_history where seq = 6");
        assertThat(faults()).containsExactly(B + "entry 2 is missing");
    }

    @Test
    void whenTheLastRowsAreDeleted_thenTheyAreMissing() {
        sql("delete from healer_history where seq in (7, 8)");
        assertThat(faults()).containsExactly(B + "entries 3 to 4, the last, are missing");
    }

    @Test
    void whenTwoRowsAreSwapped_thenBothAreFound() {
        String six = value("select entry from healer_history where seq = 6");
        String seven = value("select entry from healer_history where seq = 7");
        sql(
                "update healer_history set entry = '" + seven + "' where seq = 6",
                "update healer_history set entry = '" + six + "' where seq = 7");
        assertThat(faults())
                .contains(B + "entry 2 (row 6) or its hash was changed", B + "entry 3 (row 7) or its hash was changed");
    }

    @Test
    void whenARowIsInserted_thenItIsFound() {
        sql("insert into healer_history (incident_id, at, event, reason, entry, position, hash)"
                + " select incident_id, at, event, reason, entry, position, hash from healer_history where seq = 6");
        assertThat(faults())
                .anySatisfy(found -> assertThat(found).contains("entry 2").contains("is there twice"));
    }

    @Test
    void whenAnIncidentIsDeleted_thenItIsMissing_beItTheLastOrNot() {
        sql("delete from healer_history where incident_id = 'b'", "delete from healer_incident where id = 'b'");
        assertThat(faults()).containsExactly("selfheal/order: incidents 2 to 2 are missing");
        sql("delete from healer_history where incident_id = 'c'", "delete from healer_incident where id = 'c'");
        assertThat(faults()).containsExactly("selfheal/order: incidents 2 to 3, the last, are missing");
    }

    @Test
    void whenTheLastIncidentWasDeleted_thenTheServiceIsHealedAllTheSame() {
        sql("delete from healer_history where incident_id = 'c'", "delete from healer_incident where id = 'c'");

        Incident next = save(Incidents.open("d", ORDER), 1);

        assertThat(next.version()).isEqualTo(1);
        assertThat(faults()).containsExactly("selfheal/order: incidents 3 to 3 are missing");
    }

    @Test
    void whenAnEntryIsTakenOutOfItsChain_thenItIsFound() {
        sql("update healer_history set hash = '', position = 0 where seq = 5");
        assertThat(faults())
                .containsExactly(
                        B + "entry 0 (row 5) is in no chain: it was added, or taken out of it",
                        B + "entry 1 is missing");
    }

    @Test
    void whenAllIsTakenForOldHistory_thenItIsFound() {
        sql(
                "update healer_history set hash = '', position = 0",
                "update healer_incident set seal = '', previous_seal = '', ordinal = null",
                "update healer_chain set unchained_up_to = 12",
                "delete from healer_service");
        assertThat(faults()).contains(B + "the seal is missing");
        assertThat(audit().faults()).isEqualTo(3);
    }

    @Test
    void whenAHealerSavesMeanwhile_thenTheSnapshotIsSound() {
        JdbcStoredHistory history = new JdbcStoredHistory(database);
        AuditReport report = HistoryAudit.of(reader -> history.tell(new StoredHistory.Reader() {
            private int told;

            @Override
            public void unchainedUpTo(long row) {
                reader.unchainedUpTo(row);
            }

            @Override
            public void service(String service, long incidents) {
                reader.service(service, incidents);
            }

            @Override
            public void incident(StoredIncident incident) {
                if (told++ == 0) {
                    save(Incidents.open("d", ORDER), 2);
                }
                reader.incident(incident);
            }
        }));

        assertThat(report.findings()).isEmpty();
        assertThat(report.incidents()).isEqualTo(3);
        assertThat(audit().incidents()).isEqualTo(4);
    }
}
