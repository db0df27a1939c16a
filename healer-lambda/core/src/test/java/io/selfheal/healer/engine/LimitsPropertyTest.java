package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random trouble, two healers, and limits that hold at every single action. */
class LimitsPropertyTest {
    private static final String POLICIES = """
            version: 1
            name: tight
            policies:
              - name: all
                match: [alertname=~".+"]
                ladder: [restart-task, redeploy, escalate]
                mode: act
                cooldown: PT20S
                budgets:
                  - {scope: target, limit: 1, window: PT10M}
                  - {scope: service, limit: 3, window: PT5M}
                  - {scope: global, limit: 5, window: PT5M}
                healthyFloor: {percent: 50}
                verification: {stabilisation: PT2S, deadline: PT10S}
                lease: PT15S
            """;

    /** Judges every action at the moment at which the fleet is asked for it. */
    private static final class Judge implements Fleet {
        private final World world;
        private final List<Instant> all = new ArrayList<>();
        private final Map<ServiceId, List<Instant>> byService = new HashMap<>();
        private final List<TaskId> restarted = new ArrayList<>();

        Judge(World world) {
            this.world = world;
        }

        @Override
        public Fact<List<ServiceId>> services() {
            return world.fleet.services();
        }

        @Override
        public Fact<ServiceState> describe(ServiceId service) {
            return world.fleet.describe(service);
        }

        @Override
        public Outcome apply(Action action, String key) {
            Instant now = world.clock.instant();
            List<Instant> onService = byService.computeIfAbsent(action.service(), _ -> new ArrayList<>());
            assertThat(within(onService, now, Duration.ofSeconds(20)))
                    .as("cooldown")
                    .isZero();
            assertThat(within(onService, now, Duration.ofMinutes(5)))
                    .as("service budget")
                    .isLessThan(3);
            assertThat(within(all, now, Duration.ofMinutes(5)))
                    .as("global budget")
                    .isLessThan(5);
            assertThat(world.switches.active(now).map(pauses -> pauses.stream()
                            .noneMatch(one -> one.covers(action.service(), now))))
                    .as("pauses")
                    .isEqualTo(new Fact.Known<>(true, now));
            ServiceState state = state(action.service());
            assertThat(state.deployment()).as("deployment").isEmpty();
            assertThat(healthyBesides(state, action))
                    .as("healthy floor")
                    .isGreaterThanOrEqualTo(Math.ceilDiv(state.desired(), 2));
            if (action instanceof Action.RestartTask restart) {
                assertThat(restarted).as("no task twice").doesNotContain(restart.task());
                restarted.add(restart.task());
            }
            onService.add(now);
            all.add(now);
            return world.fleet.apply(action, key);
        }

        private static long within(List<Instant> times, Instant now, Duration window) {
            return times.stream().filter(at -> at.isAfter(now.minus(window))).count();
        }

        private ServiceState state(ServiceId service) {
            return switch (world.fleet.describe(service)) {
                case Fact.Known<ServiceState>(ServiceState state, Instant _) -> state;
                case Fact.Unknown<ServiceState>(String why) -> throw new AssertionError("acted on the unknown: " + why);
            };
        }

        private long healthyBesides(ServiceState state, Action action) {
            List<Task> running = state.tasks().stream().filter(Task::running).toList();
            Map<TaskId, Fact<TaskHealth>> health = world.fleet.probe(running);
            return running.stream()
                    .map(Task::id)
                    .filter(task -> !(action instanceof Action.RestartTask restart)
                            || !restart.task().equals(task))
                    .filter(task -> health.get(task) instanceof Fact.Known<TaskHealth>(TaskHealth seen, Instant _)
                            && seen.healthy())
                    .count();
        }
    }

    private static void trouble(
            World world, List<ServiceId> services, Random random, List<HealerBench> healers, List<Alert> sent) {
        ServiceId service = services.get(random.nextInt(services.size()));
        List<TaskId> tasks = world.fleet.tasksOf(service);
        HealerBench healer = healers.get(random.nextInt(healers.size()));
        if (tasks.isEmpty()) {
            return;
        }
        TaskId task = tasks.get(random.nextInt(tasks.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> world.fleet.makeSick(task);
            case 2 -> world.fleet.makeUnready(task);
            case 3 -> tasks.forEach(world.fleet::makeHealthy);
            case 4 -> world.fleet.crash(task);
            case 5 -> world.fleet.deploying(service, random.nextInt(3) == 0);
            case 6 -> {
                Alert alert = world.alert("A" + random.nextInt(4), service, task);
                sent.add(alert);
                healers.forEach(one -> one.fires(alert));
            }
            case 7 -> {
                Alert alert = world.alert("S" + random.nextInt(2), service);
                sent.add(alert);
                healer.fires(alert);
            }
            case 8, 9 -> {
                if (!sent.isEmpty()) {
                    healer.resolves(sent.remove(random.nextInt(sent.size())));
                }
            }
            case 10 ->
                world.switches.pause(new Pause(
                        Optional.of(service),
                        "test",
                        "ann",
                        world.clock.instant(),
                        world.clock.instant().plusSeconds(20)));
            default -> {
                if (random.nextBoolean()) {
                    world.fleet.answerNextWith(new Outcome.Failed("throttled"));
                }
            }
        }
    }

    @Test
    void noLimitIsEverBroken() {
        long seed = Seed.get();
        Random random = new Random(seed);
        int acted = 0;
        for (int round = 0; round < 8; round++) {
            World world = new World();
            Judge judge = new Judge(world);
            List<ServiceId> services = List.of(
                    world.fleet.service("one", 1), world.fleet.service("two", 2), world.fleet.service("four", 4));
            List<HealerBench> healers = List.of(
                    world.healer(world.parts().withFleet(judge).withPolicies(POLICIES)),
                    world.healer(world.parts().withFleet(judge).withPolicies(POLICIES)));
            List<Alert> sent = new ArrayList<>();
            try {
                for (int i = 0; i < 1000; i++) {
                    if (random.nextInt(20) == 0) {
                        trouble(world, services, random, healers, sent);
                    }
                    healers.get(i % 2).step();
                }
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            healers.forEach(
                    healer -> assertThat(healer.troubles()).as("seed %d", seed).isEmpty());
            acted += judge.all.size();
        }
        assertThat(acted).as("seed %d", seed).isGreaterThan(12);
    }

    @Test
    void copiesInAnyOrderMakeOneAction() {
        long seed = Seed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            World world = new World();
            ServiceId order = world.fleet.service("order", 2);
            Alert burst =
                    world.alert("ErrorBurst", order, world.fleet.tasksOf(order).getFirst());
            List<Signal> copies = new ArrayList<>(Collections.nCopies(100, Fixtures.firing(burst)));
            copies.addAll(Collections.nCopies(50, Fixtures.resolved(burst, world.clock.instant())));
            Collections.shuffle(copies.subList(1, copies.size()), random);
            HealerBench healer = world.healer();
            int from = 0;
            while (from < copies.size()) {
                int to = Math.min(copies.size(), from + (from == 0 ? 1 : 1 + random.nextInt(9)));
                healer.remediator().accept(copies.subList(from, to));
                if (random.nextInt(4) == 0) {
                    healer.step();
                }
                from = to;
            }
            healer.run(Duration.ofMinutes(1));

            assertThat(world.actions()).as("seed %d", seed).hasSize(1);
            assertThat(world.incidents()).as("seed %d", seed).hasSize(1).allMatch(incident -> incident.state()
                    .over());
        }
    }
}
