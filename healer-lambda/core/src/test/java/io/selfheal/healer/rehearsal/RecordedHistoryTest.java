package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.testkit.RandomIncidents;
import io.selfheal.healer.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine takes in, it records, and the rehearsal reads it again. */
class RecordedHistoryTest {
    private final World world = new World();
    private final HealerBench healer = world.healer(world.parts().withoutWatch());

    private List<String> exported() {
        IncidentArchive.Page page = world.store.signals(new IncidentArchive.Window(
                Optional.empty(), Instant.EPOCH, world.clock.instant().plusSeconds(1), Optional.empty(), 1000));
        assertThat(page.next()).isEmpty();
        return page.entries().stream()
                .flatMap(entry -> SignalHistory.of(entry).stream())
                .map(SignalHistory::write)
                .toList();
    }

    @Test
    void givenSignalsThatTheEngineTook_thenTheSameSignalsReachABacktest() {
        ServiceId order = world.fleet.service("order", 3);
        List<Signal> taken = new ArrayList<>();
        // More at once than the history has lines for.
        for (int i = 0; i < 30; i++) {
            taken.add(Fixtures.firing(
                    world.alert("Task" + i, order, world.fleet.tasksOf(order).getFirst())));
        }
        healer.remediator().accept(taken);
        healer.remediator().accept(taken);
        world.clock.advance(Duration.ofSeconds(5));
        List<Signal> later = new ArrayList<>();
        taken.subList(0, 10)
                .forEach(signal -> later.add(Fixtures.resolved(
                        ((Signal.Firing) signal).alert(), world.clock.instant().minusSeconds(1))));
        later.add(new Signal.FleetEvent(
                SignalSource.ECS,
                order,
                Optional.empty(),
                "SERVICE_STEADY_STATE",
                "",
                "key",
                world.clock.instant().minusSeconds(2)));
        healer.remediator().accept(later);
        healer.run(Duration.ofSeconds(60));

        List<RecordedSignal> read = SignalHistory.read("export", exported().stream());

        List<Signal> expected = new ArrayList<>(taken);
        expected.addAll(later);
        assertThat(read).extracting(RecordedSignal::signal).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(read.getFirst().at()).isEqualTo(Fixtures.T0);
        assertThat(new Backtest(read, 3).of(PolicyFile.parse("test.yaml", HealerBench.POLICIES)))
                .contains("41 signals of 1 services")
                .contains("ACT SICK_TASK restart-task");
    }

    @Test
    void whateverSignalIsRecorded_thenItIsReadBackEqual() {
        long seed = Seed.get();
        RandomIncidents random = new RandomIncidents(seed);
        for (int i = 0; i < 500; i++) {
            RecordedSignal recorded = new RecordedSignal(Fixtures.T0.plusSeconds(i), random.signal());
            assertThat(SignalHistory.read(SignalHistory.write(recorded)))
                    .as("seed %d", seed)
                    .isEqualTo(recorded);
        }
    }
}
