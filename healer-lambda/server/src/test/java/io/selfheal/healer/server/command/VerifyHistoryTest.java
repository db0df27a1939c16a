package io.selfheal.healer.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.local.JdbcDatabase;
import io.selfheal.healer.local.JdbcIncidentStore;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.testkit.Fixtures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyHistoryTest {
    private final Path folder;
    private final String url;

    VerifyHistoryTest(@TempDir Path folder) {
        this.folder = folder;
        this.url = "jdbc:h2:file:" + folder.resolve("healer");
    }

    private record Said(int code, String out, String err) {}

    private Said verify(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = new String[more.length + 5];
        String[] first = {"verify-history", "--jdbc-url", url, "--jdbc-user", "sa"};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        int code = HealerCommands.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Said(code, out.toString(), err.toString());
    }

    @BeforeEach
    void heal() {
        try (JdbcDatabase database = open()) {
            save(new JdbcIncidentStore(database), Fixtures.incident("a", Fixtures.service("order"), Fixtures.T0));
        }
    }

    private JdbcDatabase open() {
        return JdbcDatabase.open(JdbcSettings.of(url, "sa", ""));
    }

    private static void save(JdbcIncidentStore store, Incident incident) {
        SaveResult result = store.save(Fixtures.saving(
                incident,
                Fixtures.entry(incident, HistoryEntry.Event.SIGNAL, Reason.ALERT_FIRING, incident.detectedAt()),
                Fixtures.entry(incident, HistoryEntry.Event.WAIT, Reason.STABILISING, incident.detectedAt())));
        assertThat(result).isInstanceOf(SaveResult.Saved.class);
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void givenASoundHistory_thenCountsAndHeadsAreSaid() {
        Said said = verify();

        assertThat(said.code()).isZero();
        assertThat(said.out().lines())
                .satisfiesExactly(
                        counts ->
                                assertThat(counts).isEqualTo("1 incidents, 2 entries, 0 of them from before the chain"),
                        head -> assertThat(head).matches("head selfheal/order 1 a 2:[0-9a-f]{64}"),
                        digest -> assertThat(digest).matches("digest [0-9a-f]{64}"),
                        verdict -> assertThat(verdict).isEqualTo("sound"));
    }

    @Test
    void givenAChangedByte_thenTheExitCodeIs1_andTheEntryIsNamed() throws SQLException {
        tamper("update healer_history set entry = replace(entry, 'detail of', 'Detail of') where seq = 2");

        Said said = verify();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("FAULT selfheal/order incident a: entry 2 (row 2) or its hash was changed")
                .endsWith("1 faults; the first 1 are named" + System.lineSeparator());
    }

    @Test
    void givenAHistoryWrittenAnewWithFittingHashes_thenOnlyWhatWasNotedFindsIt() throws IOException {
        String noted =
                Files.writeString(folder.resolve("noted.txt"), verify().out()).toString();
        assertThat(verify("--noted", noted).code()).isZero();
        try (JdbcDatabase database = open()) {
            JdbcIncidentStore store = new JdbcIncidentStore(database);
            save(store, store.findOpen(Fixtures.service("order")).orElseThrow());
        }
        assertThat(verify("--noted", noted).code()).as("it only went on").isZero();

        Files.delete(folder.resolve("healer.mv.db"));
        try (JdbcDatabase database = open()) {
            save(
                    new JdbcIncidentStore(database),
                    Fixtures.incident("a", Fixtures.service("order"), Fixtures.T0.plusMillis(1)));
        }

        assertThat(verify().code()).isZero();
        Said said = verify("--noted", noted);
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("incident a: does not contain what was noted of it: selfheal/order 1 a 2:");
    }

    @Test
    void givenWhatCannotBeRead_thenASentenceSaysWhatToDo() throws Exception {
        try (JdbcDatabase database = open()) {
            assertThat(database).isNotNull();
            // In this process H2 shares the file: the lock that another process meets is tried with the running server.
            assertThat(verify().code()).isZero();
        }
        assertThat(verify("--noted", folder.resolve("no").toString()).err()).contains("there is no such file");
        assertThat(verify("--noted", Files.writeString(folder.resolve("x"), "x").toString())
                        .err())
                .contains("holds no line 'head");
        tamper("drop table healer_chain");
        assertThat(verify().err()).contains("has not the schema of this healer");
        Files.delete(folder.resolve("healer.mv.db"));
        Said said = verify();
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("there is no such database");
        assertThat(folder.resolve("healer.mv.db")).doesNotExist();
    }
}
