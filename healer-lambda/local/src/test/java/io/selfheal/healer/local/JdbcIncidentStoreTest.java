package io.selfheal.healer.local;

import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.SaveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcIncidentStoreTest {

    @Nested
    class OnH2 extends Store {
        @Override
        JdbcSettings fresh() {
            return TestDatabases.freshH2();
        }
    }

    @Nested
    class OnPostgres extends Store {
        @Override
        JdbcSettings fresh() {
            return TestDatabases.freshPostgres();
        }
    }

    abstract static class Store {
        private JdbcDatabase database;
        private JdbcDatabase otherHealers;
        private JdbcIncidentStore store;
        private JdbcIncidentStore other;

        abstract JdbcSettings fresh();

        @BeforeEach
        void open() {
            JdbcSettings settings = fresh();
            database = JdbcDatabase.open(settings);
            otherHealers = JdbcDatabase.open(settings);
            store = new JdbcIncidentStore(database);
            other = new JdbcIncidentStore(otherHealers);
        }

        @AfterEach
        void close() {
            otherHealers.close();
            database.close();
        }

        @Test
        void whenANewIncidentIsSaved_thenAnotherHealerFindsItWithItsHistory() {
            Incident saved = saved(store.save(Incidents.change(Incidents.open("i1", ORDER))));

            assertThat(saved.version()).isEqualTo(1);
            assertThat(other.findOpen(ORDER)).contains(saved);
            assertThat(other.find(saved.id())).contains(saved);
            assertThat(other.history(saved.id()))
                    .extracting(HistoryEntry::detail)
                    .containsExactly("seen");
            assertThat(store.writes()).isEqualTo(1);
        }

        @Test
        void whenTheServiceHasAnOpenIncident_thenASecondOneConflictsUntilTheFirstIsOver() {
            Incident first = saved(store.save(Incidents.change(Incidents.open("i1", ORDER))));

            assertThat(other.save(Incidents.change(Incidents.open("i2", ORDER))))
                    .isInstanceOf(SaveResult.Conflict.class);
            assertThat(other.history(new IncidentId("i2"))).isEmpty();

            saved(store.save(Incidents.change(Incidents.resolved(first))));
            assertThat(other.findOpen(ORDER)).isEmpty();
            assertThat(other.save(Incidents.change(Incidents.open("i2", ORDER))))
                    .isInstanceOf(SaveResult.Saved.class);
        }

        @Test
        void whenTheVersionIsOld_thenNothingOfTheChangeIsStored() {
            Incident first = saved(store.save(Incidents.change(Incidents.open("i1", ORDER))));
            saved(other.save(Incidents.change(first)));

            assertThat(store.save(Incidents.claim(first, 1, 0))).isInstanceOf(SaveResult.Conflict.class);
            assertThat(store.history(first.id())).hasSize(2);
            assertThat(store.ledger(T0).version()).isZero();
            assertThat(store.writes()).isEqualTo(1);
        }

        @Test
        void whenAnActionIsClaimed_thenTheLedgerCountsIt_andAClaimOnItsOldVersionConflicts() {
            Incident first = saved(store.save(Incidents.change(Incidents.open("i1", ORDER))));
            ServiceId user = new ServiceId("selfheal", "user");
            Incident second = saved(store.save(Incidents.change(Incidents.open("i2", user))));

            Incident claimed = saved(store.save(Incidents.claim(first, 1, 0)));

            assertThat(other.ledger(T0).version()).isEqualTo(1);
            assertThat(other.ledger(T0).actions())
                    .containsExactly(
                            Incidents.claim(claimed, 1, 0).claim().orElseThrow().record());
            assertThat(other.ledger(T0.plusSeconds(1)).actions()).isEmpty();
            assertThat(other.ledger(T0.plusSeconds(1)).version()).isEqualTo(1);
            assertThat(other.save(Incidents.claim(second, 1, 0))).isInstanceOf(SaveResult.Conflict.class);
            assertThat(other.find(second.id())).contains(second);
        }

        @Test
        void whenManyHealersClaimAtOnceOnOneLedgerVersion_thenExactlyOneWins() throws Exception {
            int healers = 8;
            List<Incident> incidents = new ArrayList<>();
            for (int i = 0; i < healers; i++) {
                ServiceId service = new ServiceId("selfheal", "s" + i);
                incidents.add(saved(store.save(Incidents.change(Incidents.open("i" + i, service)))));
            }
            CyclicBarrier start = new CyclicBarrier(healers);
            List<Future<SaveResult>> results = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Incident incident : incidents) {
                    JdbcIncidentStore healer = results.size() % 2 == 0 ? store : other;
                    results.add(threads.submit(() -> {
                        start.await();
                        return healer.save(Incidents.claim(incident, 1, 0));
                    }));
                }
            }
            long won = results.stream()
                    .filter(result -> result.resultNow() instanceof SaveResult.Saved)
                    .count();
            assertThat(won).isEqualTo(1);
            assertThat(store.ledger(T0).actions()).hasSize(1);
            assertThat(store.ledger(T0).version()).isEqualTo(1);
        }

        @Test
        void whenSomeAreDue_thenTheLongestWaitingComesFirst_andThoseOverNever() {
            for (int i = 0; i < 4; i++) {
                ServiceId service = new ServiceId("selfheal", "s" + i);
                Incident at = Incidents.open("i" + i, service)
                        .edit()
                        .dueAt(T0.plusSeconds(3 - i))
                        .done();
                Incident incident = saved(store.save(Incidents.change(at)));
                if (i == 3) {
                    saved(store.save(Incidents.change(Incidents.resolved(incident))));
                }
            }
            assertThat(store.due(T0.plusSeconds(2), 10))
                    .extracting(incident -> incident.id().value())
                    .containsExactly("i2", "i1");
            assertThat(store.due(T0.plusSeconds(2), 1)).hasSize(1);
            assertThat(store.due(T0, 10)).isEmpty();
        }

        @Test
        void whenListed_thenTheNewestComesFirst_andFiltersHold() {
            Incident old = saved(store.save(Incidents.change(Incidents.open("i1", ORDER))));
            saved(store.save(Incidents.change(Incidents.resolved(old))));
            saved(store.save(Incidents.change(Incidents.open("i2", ORDER))));
            saved(store.save(Incidents.change(Incidents.open("i3", new ServiceId("selfheal", "user")))));

            assertThat(ids(new Query(Optional.empty(), Optional.empty(), 10))).containsExactly("i3", "i2", "i1");
            assertThat(ids(new Query(Optional.of(ORDER), Optional.empty(), 10))).containsExactly("i2", "i1");
            assertThat(ids(new Query(Optional.of(ORDER), Optional.of(true), 10)))
                    .containsExactly("i1");
            assertThat(ids(new Query(Optional.empty(), Optional.of(false), 1))).containsExactly("i3");
        }

        private List<String> ids(Query query) {
            return other.list(query).stream()
                    .map(incident -> incident.id().value())
                    .toList();
        }

        private static Incident saved(SaveResult result) {
            assertThat(result).isInstanceOf(SaveResult.Saved.class);
            return ((SaveResult.Saved) result).incident();
        }
    }
}
