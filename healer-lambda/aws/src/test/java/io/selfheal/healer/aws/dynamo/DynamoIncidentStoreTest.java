package io.selfheal.healer.aws.dynamo;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.entry;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.saving;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.testkit.IncidentStoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, and what holds between two healers that have nothing in common but the table. */
class DynamoIncidentStoreTest extends IncidentStoreContract {
    private static final ServiceId ORDER = service("order");

    private final DynamoSettings settings = LocalDynamo.fresh();
    private final DynamoTable table = DynamoTable.open(settings);
    private final DynamoTable tableOfOther = DynamoTable.open(settings);
    private final DynamoIncidentStore store = new DynamoIncidentStore(table);
    private final DynamoIncidentStore other = new DynamoIncidentStore(tableOfOther);

    @AfterEach
    void close() {
        tableOfOther.close();
        table.close();
    }

    @Override
    protected IncidentStore store() {
        return store;
    }

    @Override
    protected IncidentArchive archive() {
        return other;
    }

    @Override
    protected StoredHistory stored() {
        return new DynamoStoredHistory(tableOfOther);
    }

    private static Incident saved(IncidentStore at, Change change) {
        if (at.save(change) instanceof SaveResult.Saved(Incident incident)) {
            return incident;
        }
        throw new AssertionError("not saved: " + change);
    }

    @Nested
    class GivenTwoHealers {
        @Test
        void whenOneSavedFirst_thenTheOtherIsToldWhatIsThereInstead() {
            Incident seenByBoth = saved(store, saving(incident("a", ORDER, T0)));
            saved(other, saving(seenByBoth));

            assertThat(store.save(saving(seenByBoth)))
                    .isEqualTo(new SaveResult.Conflict("selfheal/order is no longer at version 1, it is at 2"));
            assertThat(store.save(saving(incident("b", ORDER, T0))))
                    .isEqualTo(new SaveResult.Conflict("selfheal/order has another open incident, a"));
        }

        @Test
        void whenBothClaimAllTheTime_thenTheLedgerIsNeverOverspent() throws Exception {
            int budget = 5;
            List<Incident> incidents = IntStream.range(0, 6)
                    .mapToObj(i -> saved(store, saving(incident("i" + i, service("s" + i), T0))))
                    .toList();
            CyclicBarrier start = new CyclicBarrier(incidents.size());
            List<Future<?>> healers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < incidents.size(); i++) {
                    IncidentStore healer = i % 2 == 0 ? store : other;
                    Incident incident = incidents.get(i);
                    healers.add(threads.submit(() -> {
                        start.await();
                        spend(healer, incident, budget);
                        return null;
                    }));
                }
            }
            for (Future<?> healer : healers) {
                healer.get();
            }
            assertThat(store.ledger(T0).actions()).hasSize(budget);
            assertThat(store.ledger(T0).version()).isEqualTo(budget);
        }

        /** As a healer does: reads the ledger, and claims once while there is budget left. */
        private void spend(IncidentStore healer, Incident incident, int budget) {
            for (var ledger = healer.ledger(T0); ledger.actions().size() < budget; ledger = healer.ledger(T0)) {
                if (healer.save(claiming(incident, task(1), T0, ledger.version())) instanceof SaveResult.Saved) {
                    return;
                }
            }
        }

        @Test
        void whenAHundredIncidentsAreSavedAtOnce_thenAllAreStored() throws Exception {
            List<Future<SaveResult>> saves = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    Change change = saving(incident("i" + i, service("s" + i), T0));
                    saves.add(threads.submit(() -> store.save(change)));
                }
            }
            assertThat(saves).allMatch(save -> save.resultNow() instanceof SaveResult.Saved);
            assertThat(other.due(T0, 10_000)).hasSize(100);
            assertThat(other.openings(T0, 10_000)).hasSize(100);
        }
    }

    @Nested
    class GivenTheBoundsOfDynamo {
        @Test
        void whenAnIncidentIsLargerThanAnItem_thenRefusedWithItsSize_andNothingIsWritten() {
            Incident open = saved(store, saving(incident("a", ORDER, T0)));
            HistoryEntry tooLong = new HistoryEntry(
                    open.id(),
                    ORDER,
                    T0,
                    HistoryEntry.Event.SIGNAL,
                    Reason.ALERT_FIRING,
                    "x".repeat(401 * 1024),
                    Optional.empty(),
                    "test@1");

            assertThatThrownBy(() -> store.save(saving(open, tooLong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("incident#a")
                    .hasMessageContaining("409600");
            assertThat(store.findOpen(ORDER)).contains(open);
        }

        @Test
        void whenASaveHasMoreEntriesThanATransactionTakes_thenRefused() {
            Incident open = saved(store, saving(incident("a", ORDER, T0)));
            HistoryEntry[] many = IntStream.range(0, 100)
                    .mapToObj(_ -> entry(open, HistoryEntry.Event.WAIT, Reason.STABILISING, T0))
                    .toArray(HistoryEntry[]::new);

            assertThatThrownBy(() -> store.save(saving(open, many)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("more than 100 items");
        }

        @Test
        void whenAnIncidentWithTwoHundredAlertsIsSaved_thenItIsReadBackEqual() {
            Incident wide = incident("a", ORDER, T0);
            var alert = wide.alerts().getFirst();
            Incident full = wide.edit()
                    .alerts(java.util.Collections.nCopies(200, alert))
                    .done();

            Incident saved = saved(store, saving(full));

            assertThat(other.findOpen(ORDER)).contains(saved);
        }

        @Test
        void whenAServiceHadMoreIncidentsThanItsItemKeeps_thenOlderOnesAreToldToo() {
            int many = ServiceItem.KEPT + 5;
            for (int i = 0; i < many; i++) {
                Incident open = saved(store, saving(incident("i" + i, ORDER, T0.plusSeconds(10L * i))));
                saved(store, saving(resolved(open, T0.plusSeconds(10L * i + 5))));
            }

            List<Opening> openings = other.openingsOf(ORDER, many);

            assertThat(openings).hasSize(many);
            assertThat(openings.getFirst().at()).isEqualTo(T0.plusSeconds(10L * (many - 1)));
            assertThat(openings.getLast()).isEqualTo(new Opening(ORDER, T0, Optional.of(T0.plusSeconds(5))));
            assertThat(other.openingsOf(ORDER, 3)).isEqualTo(openings.subList(0, 3));
        }
    }
}
