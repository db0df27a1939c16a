package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDatabaseTest {
    private final Path folder;

    JdbcDatabaseTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Nested
    class GivenAnH2File {

        @Test
        void whenAnotherHealerHasIt_thenTheMessageSaysSo_andOnceThatIsKilled_everySaveItAcknowledgedIsThere()
                throws Exception {
            JdbcSettings settings = JdbcSettings.h2File(folder.resolve("healer"));
            int acknowledged = 50;
            try (StoringProcess healer = StoringProcess.start(folder.resolve("healer"))) {
                healer.awaitSaves(acknowledged);
                assertThatThrownBy(() -> JdbcDatabase.open(settings))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("in use by another process")
                        .hasMessageContaining("PostgreSQL");
                acknowledged += healer.kill();
            }
            try (JdbcDatabase database = JdbcDatabase.open(settings)) {
                JdbcIncidentStore store = new JdbcIncidentStore(database);
                for (int i = 1; i <= acknowledged; i++) {
                    Incident found =
                            store.findOpen(new ServiceId("selfheal", "s" + i)).orElseThrow();
                    assertThat(store.history(found.id())).hasSize(1);
                }
            }
        }

        /** github.com/h2database/h2database/issues/227 */
        @Test
        void whenAThreadIsInterruptedWhileItSaves_thenTheDatabaseLivesOn() throws Exception {
            try (JdbcDatabase database = JdbcDatabase.open(JdbcSettings.h2File(folder.resolve("healer")))) {
                JdbcIncidentStore store = new JdbcIncidentStore(database);
                for (int i = 0; i < 200; i++) {
                    Incident incident = Incidents.open("i" + i, new ServiceId("selfheal", "s" + i));
                    Thread saving = Thread.ofVirtual().start(() -> store.save(Incidents.change(incident)));
                    saving.interrupt();
                    saving.join();
                }
                Incident last = Incidents.open("last", ORDER);
                store.save(Incidents.change(last));
                assertThat(store.findOpen(ORDER)).isPresent();
            }
        }

        @Test
        void whenTheFolderIsMissing_thenItIsMade_andTheFileStaysSmall() throws Exception {
            Path file = folder.resolve("a/b/healer");
            try (JdbcDatabase database = JdbcDatabase.open(JdbcSettings.h2File(file))) {
                JdbcIncidentStore store = new JdbcIncidentStore(database);
                Incident incident = saved(store, Incidents.open("i1", ORDER));
                for (int i = 0; i < 100; i++) {
                    incident = saved(store, incident);
                }
            }
            assertThat(Files.size(folder.resolve("a/b/healer.mv.db"))).isLessThan(2_000_000);
        }

        private Incident saved(JdbcIncidentStore store, Incident incident) {
            store.save(Incidents.change(incident));
            return store.find(incident.id()).orElseThrow();
        }
    }

    @Nested
    class GivenNoAnswer {
        // Generous, since the machine may be busy; without bounds the driver waits for ever and the pool for 30 s.
        private static final Duration BOUND = Duration.ofSeconds(8);

        @Test
        void whenNothingListens_thenOpeningFailsSoonAndSaysWhere() {
            JdbcSettings settings = JdbcSettings.of("jdbc:postgresql://127.0.0.1:1/healer?password=hush", "me", "hush");

            assertThat(Durations.of(() -> assertThatThrownBy(() -> JdbcDatabase.open(settings))
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/healer")
                            .hasMessageNotContaining("hush")))
                    .isLessThan(BOUND);
        }

        @Test
        void whenTheServerFallsSilent_thenUnavailableSoon() throws Exception {
            JdbcSettings direct = TestDatabases.freshPostgres();
            int port = Integer.parseInt(direct.url().replaceFirst(".*:([0-9]+)/.*", "$1"));
            try (FreezableProxy proxy = new FreezableProxy(port);
                    JdbcDatabase database = JdbcDatabase.open(JdbcSettings.of(
                            direct.url().replace(":" + port + "/", ":" + proxy.port() + "/"),
                            "postgres",
                            "postgres"))) {
                JdbcIncidentStore store = new JdbcIncidentStore(database);
                store.save(Incidents.change(Incidents.open("i1", ORDER)));
                proxy.freeze();

                ServiceId user = new ServiceId("selfheal", "user");
                Incident unsaved = Incidents.open("i2", user);
                assertUnavailable(() -> store.save(Incidents.change(unsaved)));
                assertUnavailable(() -> store.findOpen(ORDER));
                assertUnavailable(() -> store.ledger(T0));
                assertThat(store.writes()).isEqualTo(1);
            }
        }

        private void assertUnavailable(Runnable call) {
            assertThat(Durations.of(() -> assertThatThrownBy(call::run).isInstanceOf(StoreUnavailableException.class)))
                    .isLessThan(BOUND);
        }
    }
}
