package io.selfheal.healer.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What looks cost, and that they are none the worse for it. Every call is counted where ECS would count it. */
class EcsLooksTest {
    private final MutableClock clock = new MutableClock();
    private final SimulatedFleet truth = new SimulatedFleet(clock);
    private final PacedEcs ecs = new PacedEcs(
            truth, () -> Duration.between(MutableClock.START, clock.instant()).toMillis());
    private final EcsFleet fleet = new EcsFleet(
            EcsSettings.ofCluster("selfheal")
                    .at(URI.create("http://ecs.invalid"), "us-east-1")
                    .within(Duration.ofMinutes(1), Duration.ofMinutes(5)),
            clock,
            ecs,
            EcsPace.Ticks.REAL);

    @AfterEach
    void close() {
        fleet.close();
    }

    @Nested
    class GivenOneService {
        private final ServiceId order = truth.service("order", 2);

        @Test
        void whenItIsLookedAtAgain_thenTwoCallsAreEnough() {
            assertThat(known(order).tasks()).hasSize(2);
            assertThat(callsOf(() -> known(order))).isEqualTo(Map.of("DescribeServices", 1, "DescribeTasks", 1));
        }

        @Test
        void whenATaskWasReplaced_thenItsTasksAreListed_andTheNewOneIsSeen() {
            TaskId gone = known(order).tasks().getFirst().id();
            assertThat(fleet.apply(new RestartTask(order, gone), "i1-1")).isInstanceOf(Outcome.Accepted.class);

            Map<String, Integer> calls =
                    callsOf(() -> assertThat(known(order).tasks()).hasSize(2).noneMatch(task -> task.id()
                            .equals(gone)));

            assertThat(calls).containsEntry("ListTasks", 2);
            assertThat(callsOf(() -> known(order))).doesNotContainKey("ListTasks");
        }

        @Test
        void whenATaskWasReplacedByOneThatRuns_thenACountThatIsTheSameDoesNotDeceive() {
            TaskId gone = known(order).tasks().getFirst().id();
            truth.startTime(Duration.ZERO);
            truth.crash(gone);

            assertThat(known(order)).satisfies(state -> {
                assertThat(state.running()).isEqualTo(2);
                assertThat(state.task(gone)).isEmpty();
            });
        }

        @Test
        void whenItIsLookedAt_thenTheAgeCountsFromThen() {
            known(order);
            clock.advance(Duration.ofSeconds(3));

            assertThat(fleet.describe(order)).isInstanceOfSatisfying(Fact.Known.class, fact -> assertThat(fact.readAt())
                    .isEqualTo(clock.instant()));
        }
    }

    @Nested
    class GivenAHundredServices {
        private final List<ServiceId> services = new ArrayList<>();

        GivenAHundredServices() {
            for (int i = 0; i < 100; i++) {
                services.add(truth.service("s" + i, 4));
            }
        }

        @Test
        void whenAllAreLookedAtTogether_thenCallsAreShared() {
            // One by one it took four calls each: 400.
            assertThat(sum(callsOf(this::lookAtAll))).isLessThanOrEqualTo(40);
            // Ten services and a hundred tasks a call make 14, were there one round.
            assertThat(sum(callsOf(this::lookAtAll))).isLessThanOrEqualTo(34);
            assertThat(ecs.throttled()).isZero();
        }

        private void lookAtAll() {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<CompletableFuture<ServiceState>> looks = services.stream()
                        .map(service -> CompletableFuture.supplyAsync(() -> known(service), threads))
                        .toList();
                for (int i = 0; i < services.size(); i++) {
                    ServiceState state = looks.get(i).join();
                    assertThat(state.id()).isEqualTo(services.get(i));
                    assertThat(state.tasks())
                            .extracting(task -> task.id())
                            .containsExactlyInAnyOrderElementsOf(truth.tasksOf(state.id()));
                }
            }
        }
    }

    private Map<String, Integer> callsOf(Runnable work) {
        Map<String, Integer> before = ecs.calls();
        work.run();
        Map<String, Integer> made = new TreeMap<>();
        ecs.calls().forEach((operation, count) -> {
            int more = count - before.getOrDefault(operation, 0);
            if (more > 0) {
                made.put(operation, more);
            }
        });
        return made;
    }

    private static int sum(Map<String, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    private ServiceState known(ServiceId service) {
        return switch (fleet.describe(service)) {
            case Fact.Known<ServiceState>(ServiceState state, Instant _) -> state;
            case Fact.Unknown<ServiceState>(String why) -> throw new AssertionError(why);
        };
    }
}
