package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerReadsTest {
    private final World world = new World();
    private int reads;

    /** Each read of the ledger takes a millisecond. */
    private final class Counted implements IncidentStore {
        @Override
        public Ledger ledger(Instant since) {
            reads++;
            Ledger ledger = world.store.ledger(since);
            world.clock.advance(Duration.ofMillis(1));
            return ledger;
        }

        @Override
        public Optional<Incident> findOpen(ServiceId service) {
            return world.store.findOpen(service);
        }

        @Override
        public List<Incident> due(Instant now, int limit) {
            return world.store.due(now, limit);
        }

        @Override
        public List<Opening> openings(Instant since, int limit) {
            return world.store.openings(since, limit);
        }

        @Override
        public List<Opening> openingsOf(ServiceId service, int limit) {
            return world.store.openingsOf(service, limit);
        }

        @Override
        public SaveResult save(Change change) {
            return world.store.save(change);
        }
    }

    @Test
    void whenAnAlertLeadsToAnAction_thenTheLedgerIsReadToDecide_andOnceMoreToClaim() {
        ServiceId order = world.fleet.service("order", 2);
        TaskId sick = world.fleet.tasksOf(order).getFirst();
        HealerBench healer = world.healer(world.parts().withStore(new Counted()));

        healer.fires(world.alert("ErrorBurst", order, sick));

        assertThat(world.actions()).containsExactly(new Action.RestartTask(order, sick));
        assertThat(reads).isEqualTo(2);
    }
}
