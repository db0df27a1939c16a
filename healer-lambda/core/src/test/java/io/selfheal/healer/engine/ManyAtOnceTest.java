package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Storms and races: several senders, several healers, one store. */
class ManyAtOnceTest {
    private final World world = new World();

    private List<Signal> oneAlertPerService(int services) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            ServiceId service = world.fleet.service("s" + i, 2);
            TaskId task = world.fleet.tasksOf(service).getFirst();
            signals.add(Fixtures.firing(world.alert("ErrorBurst", service, task)));
        }
        return signals;
    }

    private static void allAtOnce(List<Runnable> works) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(works.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable work : works) {
                running.add(threads.submit(() -> {
                    barrier.await();
                    work.run();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    @RepeatedTest(30)
    void givenTwoHealersOnOneStore_whenBothGetTheSameAlert_thenOneAction() throws Exception {
        ServiceId order = world.fleet.service("order", 2);
        TaskId first = world.fleet.tasksOf(order).getFirst();
        Alert burst = world.alert("ErrorBurst", order, first);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            HealerBench one = world.healer(world.parts().withExecutor(executor));
            HealerBench two = world.healer(world.parts().withExecutor(executor));
            allAtOnce(List.of(
                    () -> one.fires(burst), () -> two.fires(burst), () -> one.fires(burst), () -> two.fires(burst)));
        }
        world.healer().run(Duration.ofMinutes(1));

        assertThat(world.actions()).containsExactly(new Action.RestartTask(order, first));
        assertThat(world.store.actions()).hasSize(1);
        assertThat(world.incidents()).hasSize(1);
        assertThat(world.latest(order).state().phase()).isEqualTo(Phase.RESOLVED);
    }

    private HealerBench.Parts calm() {
        return world.parts().withPolicies(HealerBench.POLICIES_WITHOUT_STORM);
    }

    @RepeatedTest(5)
    void givenTwoHealers_whenTheyGetManyAlertsAndTickAtOnce_thenEachServiceIsHealedOnce() throws Exception {
        List<Signal> signals = oneAlertPerService(30);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            HealerBench one = world.healer(calm().withExecutor(executor));
            HealerBench two = world.healer(calm().withExecutor(executor));
            List<Runnable> works = new ArrayList<>();
            for (HealerBench healer : List.of(one, two)) {
                works.add(() -> healer.remediator().accept(signals));
                works.add(() -> healer.remediator().accept(signals.reversed()));
                works.add(() -> healer.remediator().tick());
            }
            allAtOnce(works);
        }
        HealerBench after = world.healer(calm());
        after.run(Duration.ofMinutes(2));

        assertThat(world.actions()).hasSize(30).doesNotHaveDuplicates();
        assertThat(world.incidents()).hasSize(30).allMatch(incident -> incident.state()
                .over());
    }

    @Test
    void givenAThousandAlertsAtOnce_thenNoneIsLostAndTheBudgetHolds() {
        HealerBench healer = world.healer(calm());
        List<Signal> signals = oneAlertPerService(1000);

        assertThat(healer.remediator().accept(signals)).isEqualTo(1000);

        assertThat(world.incidents()).hasSize(1000);
        assertThat(world.actions()).hasSize(200).doesNotHaveDuplicates();
        assertThat(world.store.writes())
                .as("one write a service, claim or refusal")
                .isEqualTo(1000);
        healer.step();
        long heldByBudget = world.incidents().stream()
                .flatMap(incident -> incident.held().stream())
                .filter(held -> held.reason() == Reason.BUDGET_SPENT)
                .count();
        assertThat(heldByBudget).isEqualTo(800);
    }

    @Test
    void givenAThousandServicesFallIllTogether_thenTheThirdTripsTheBreakerAndItHoldsForItsTime() {
        HealerBench healer = world.healer();

        healer.remediator().accept(oneAlertPerService(1000));
        healer.step();

        assertThat(world.actions()).as("before the third was known").hasSize(2);
        assertThat(world.incidents().stream()
                        .flatMap(incident -> incident.held().stream())
                        .filter(held -> held.reason() == Reason.STORM))
                .hasSize(998);
        world.clock.advance(Duration.ofSeconds(298));
        healer.remediator().tick();
        assertThat(world.actions()).hasSize(2);
        world.clock.advance(Duration.ofSeconds(10));
        healer.remediator().tick();
        assertThat(world.actions().size()).isGreaterThan(2);
    }

    @Test
    void givenAThousandAlertsOfOneService_thenOneIncidentAndOneSave() {
        ServiceId order = world.fleet.service("order", 4);
        world.fleet.deploying(order, true);
        TaskId task = world.fleet.tasksOf(order).getFirst();
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            signals.add(
                    Fixtures.firing(Fixtures.alert("TaskStuck" + i, order, Optional.of(task), world.clock.instant())));
        }
        HealerBench healer = world.healer();

        healer.remediator().accept(signals);

        assertThat(world.incidents()).hasSize(1);
        assertThat(world.store.writes()).isEqualTo(1);
        Incident incident = world.latest(order);
        assertThat(incident.alerts()).hasSizeBetween(100, 1000);
        assertThat(world.store.history(incident.id()))
                .hasSizeLessThan(30)
                .extracting(HistoryEntry::detail)
                .anyMatch(detail -> detail.contains("more signals"));
    }

    @Test
    void givenFactsThatTakeLongerThanTheBudget_thenAllIsSavedAndDecidedByTheNextTick() {
        HealerBench slow = world.healer(calm().withoutWatch()
                .withSettings(new Settings(HealerBench.rules(), Duration.ZERO, Duration.ofMillis(1500), true))
                .withExecutor(_ -> {}));
        List<Signal> signals = oneAlertPerService(20);

        slow.remediator().accept(signals);
        assertThat(world.actions()).isEmpty();
        assertThat(world.incidents()).hasSize(20);

        world.healer(calm()).remediator().tick();
        assertThat(world.actions()).hasSize(20);
    }
}
