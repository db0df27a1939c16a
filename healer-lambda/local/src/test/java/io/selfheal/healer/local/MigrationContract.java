package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.audit.AuditReport;
import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.SaveResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database that a healer without chains wrote: its rows survive, and the chains begin behind them. */
abstract class MigrationContract {
    private static final ServiceId USER = new ServiceId("selfheal", "user");

    abstract JdbcSettings fresh();

    /** As the healer of that time wrote: one incident of order that is over, one of user that is open, two entries each. */
    private JdbcSettings version1() throws SQLException {
        JdbcSettings settings = fresh();
        Flyway.configure()
                .dataSource(settings.effectiveUrl(), settings.user(), settings.password())
                .locations("classpath:io/selfheal/healer/local/schema")
                .table("healer_schema_history")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = connect(settings)) {
            insert(connection, Incidents.resolved(Incidents.open("old", ORDER).withVersion(1)));
            insert(connection, Incidents.open("open", USER).withVersion(1));
        }
        return settings;
    }

    private static Connection connect(JdbcSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.effectiveUrl(), settings.user(), settings.password());
    }

    private static void insert(Connection connection, Incident incident) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into healer_incident (cluster, service, open_key, version, state, due_at, opened_at, updated_at,"
                        + " document, id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            Columns.set(
                            insert,
                            incident.service().cluster(),
                            incident.service().service(),
                            incident.state().over() ? Optional.empty() : incident.service(),
                            incident.version(),
                            incident.state().phase(),
                            incident.dueAt(),
                            incident.detectedAt(),
                            incident.updatedAt(),
                            IncidentCodec.write(incident),
                            incident.id().value())
                    .executeUpdate();
        }
        for (String detail : List.of("one", "two")) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into healer_history (incident_id, at, event, reason, entry) values (?, ?, ?, ?, ?)")) {
                Columns.set(
                                insert,
                                incident.id().value(),
                                T0,
                                "SIGNAL",
                                "ALERT_FIRING",
                                IncidentCodec.write(Incidents.entry(incident, detail)))
                        .executeUpdate();
            }
        }
    }

    @Test
    void givenADatabaseOfVersion1_thenItsHistoryIsThere_andUnchained() throws Exception {
        try (JdbcDatabase database = JdbcDatabase.open(version1())) {
            JdbcIncidentStore store = new JdbcIncidentStore(database);

            assertThat(store.history(new IncidentId("old")))
                    .extracting(entry -> entry.detail())
                    .containsExactly("one", "two");
            assertThat(store.findOpen(USER)).isPresent();
            assertThat(audit(database)).isEqualTo(new AuditReport(2, 4, 4, 0, List.of(), List.of()));
        }
    }

    @Test
    void givenADatabaseOfVersion1_whenItIsGoneOnWith_thenTheChainsBeginThere() throws Exception {
        try (JdbcDatabase database = JdbcDatabase.open(version1())) {
            JdbcIncidentStore store = new JdbcIncidentStore(database);
            Incident open = store.findOpen(USER).orElseThrow();
            Incident saved = ((SaveResult.Saved) store.save(Incidents.change(open))).incident();
            store.save(Incidents.change(Incidents.resolved(saved)));
            store.save(Incidents.change(Incidents.open("next", USER)));
            store.save(Incidents.change(Incidents.open("new", ORDER)));

            AuditReport report = audit(database);

            assertThat(report.findings()).isEmpty();
            assertThat(report.unchained()).isEqualTo(4);
            assertThat(report.entries()).isEqualTo(8);
            assertThat(report.heads())
                    .hasSize(2)
                    .allSatisfy(head -> assertThat(head.anchor().ordinal()).isEqualTo(1));
            assertThat(store.history(open.id()))
                    .extracting(entry -> entry.detail())
                    .containsExactly("one", "two", "seen", "seen");
        }
    }

    @Test
    void givenAnOlderHealerThatStillRuns_whenItSaves_thenTheDatabaseRefuses() throws Exception {
        JdbcSettings settings = version1();
        JdbcDatabase.open(settings).close();
        try (Connection older = connect(settings)) {
            assertThatThrownBy(() -> insert(older, Incidents.open("late", new ServiceId("selfheal", "late"))))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("seal");
        }
    }

    private static AuditReport audit(JdbcDatabase database) {
        return HistoryAudit.of(new JdbcStoredHistory(database));
    }
}
