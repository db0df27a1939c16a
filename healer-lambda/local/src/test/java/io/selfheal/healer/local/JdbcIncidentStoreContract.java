package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.testkit.IncidentStoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, and what holds between two healers that have nothing in common but the database. */
abstract class JdbcIncidentStoreContract extends IncidentStoreContract {
    private JdbcSettings settings;
    private JdbcDatabase database;
    private JdbcDatabase databaseOfOther;
    private JdbcIncidentStore store;
    private JdbcIncidentStore other;

    abstract JdbcSettings fresh();

    @BeforeEach
    void open() {
        settings = fresh();
        database = JdbcDatabase.open(settings);
        databaseOfOther = JdbcDatabase.open(settings);
        store = new JdbcIncidentStore(database);
        other = new JdbcIncidentStore(databaseOfOther);
    }

    @AfterEach
    void close() {
        databaseOfOther.close();
        database.close();
    }

    @Override
    protected IncidentStore store() {
        return store;
    }

    @Override
    protected StoredHistory stored() {
        return new JdbcStoredHistory(databaseOfOther);
    }

    @Override
    protected IncidentArchive archive() {
        return other;
    }

    @Nested
    class GivenTwoHealers {

        @Test
        void whenOneSavedFirst_thenTheOtherConflicts_andOnlyStoredSavesCount() {
            Incident seenByBoth = saved(store, Incidents.change(Incidents.open("i1", ORDER)));
            saved(other, Incidents.change(seenByBoth));

            assertThat(store.save(Incidents.change(seenByBoth))).isInstanceOf(SaveResult.Conflict.class);
            assertThat(store.save(Incidents.change(Incidents.open("i2", ORDER))))
                    .isInstanceOf(SaveResult.Conflict.class);
            assertThat(store.writes()).isEqualTo(1);
            assertThat(other.writes()).isEqualTo(1);
        }

        @Test
        void whenBothClaimAllTheTime_thenTheLedgerIsNeverOverspent() throws Exception {
            int services = 8;
            int budget = 5;
            CyclicBarrier start = new CyclicBarrier(services);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> healers = new ArrayList<>();
                for (int i = 0; i < services; i++) {
                    JdbcIncidentStore healer = i % 2 == 0 ? store : other;
                    Incident incident = saved(
                            healer, Incidents.change(Incidents.open("i" + i, new ServiceId("selfheal", "s" + i))));
                    healers.add(threads.submit(() -> {
                        start.await();
                        spend(healer, incident, budget);
                        return null;
                    }));
                }
                for (Future<?> healer : healers) {
                    healer.get();
                }
            }
            assertThat(store.ledger(T0).actions()).hasSize(budget);
            assertThat(store.ledger(T0).version()).isEqualTo(budget);
        }

        @Test
        void whenAnotherHealerStopsInTheMiddleOfAClaim_thenClaimsAreUnavailable_andOtherSavesGoOn() throws Exception {
            Incident incident = saved(store, Incidents.change(Incidents.open("i1", ORDER)));
            try (Connection stopped =
                            DriverManager.getConnection(settings.effectiveUrl(), settings.user(), settings.password());
                    Statement claim = stopped.createStatement()) {
                stopped.setAutoCommit(false);
                claim.executeUpdate("update healer_ledger set version = version + 1 where id = 1");

                assertThatThrownBy(() -> store.save(Incidents.claim(incident, 1, 0)))
                        .isInstanceOf(StoreUnavailableException.class);
                saved(store, Incidents.change(Incidents.open("i2", new ServiceId("selfheal", "user"))));
                stopped.rollback();
            }
            saved(store, Incidents.claim(incident, 1, 0));
        }

        @Test
        void whenAThousandIncidentsAreSavedAtOnce_thenAllAreStored() throws Exception {
            int incidents = 1000;
            List<Future<SaveResult>> saves = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < incidents; i++) {
                    Incident incident = Incidents.open("i" + i, new ServiceId("selfheal", "s" + i));
                    saves.add(threads.submit(() -> store.save(Incidents.change(incident))));
                }
            }
            assertThat(saves).allMatch(save -> save.resultNow() instanceof SaveResult.Saved);
            assertThat(other.due(T0, 10_000)).hasSize(incidents);
        }

        @Test
        void whenTheOtherClaimed_thenWhatWasReadOfTheLedgerNoLongerCounts() {
            Incident mine = saved(store, Incidents.change(Incidents.open("i1", ORDER)));
            saved(store, Incidents.claim(mine, 1, store.ledger(T0).version()));
            Incident theirs = saved(other, Incidents.change(Incidents.open("i2", new ServiceId("selfheal", "user"))));
            saved(other, Incidents.claim(theirs, 1, other.ledger(T0).version()));

            assertThat(store.ledger(T0)).isEqualTo(other.ledger(T0));
            assertThat(store.ledger(T0).actions()).hasSize(2);
            assertThat(new JdbcIncidentStore(databaseOfOther).ledger(T0)).isEqualTo(store.ledger(T0));
        }

        @Test
        void whenTwoSnapshotsAreTaken_thenLooksGoOn() throws Exception {
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch in = new CountDownLatch(2);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 2; i++) {
                    Future<?> unused = threads.submit(() -> database.snapshot("export", _ -> {
                        in.countDown();
                        awaitQuietly(goOn);
                        return 0;
                    }));
                }
                in.await();
                try {
                    assertThat(store.due(T0, 10)).isEmpty();
                } finally {
                    goOn.countDown();
                }
            }
        }

        @Test
        void whenLooksHaveAllConnectionsThatTheyMay_thenWhatIsSavedTogetherGoesAhead() throws Exception {
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch in = new CountDownLatch(2);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 10; i++) {
                    Future<?> unused = threads.submit(() -> database.read("look", _ -> {
                        in.countDown();
                        awaitQuietly(goOn);
                        return 0;
                    }));
                }
                in.await();
                try {
                    Incident opened = store.together(() -> saved(store, Incidents.change(Incidents.open("i1", ORDER))));
                    assertThat(opened.version()).isEqualTo(1);
                } finally {
                    goOn.countDown();
                }
            }
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        /** As a healer does: reads the ledger, and claims while there is budget left. */
        private void spend(JdbcIncidentStore healer, Incident incident, int budget) {
            Incident current = incident;
            int attempt = 1;
            for (var ledger = healer.ledger(T0); ledger.actions().size() < budget; ledger = healer.ledger(T0)) {
                if (healer.save(Incidents.claim(current, attempt, ledger.version()))
                        instanceof SaveResult.Saved(Incident next)) {
                    current = next;
                    attempt++;
                }
            }
        }
    }

    private static Incident saved(JdbcIncidentStore store, Change change) {
        if (store.save(change) instanceof SaveResult.Saved(Incident incident)) {
            return incident;
        }
        throw new AssertionError("not saved: " + change);
    }
}
