package io.selfheal.healer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProbeWatchTest {
    private final MutableClock clock = new MutableClock();
    private final SimulatedFleet fleet = new SimulatedFleet(clock);
    private final ServiceId order = fleet.service("order", 2);
    private final TaskId first = fleet.tasksOf(order).getFirst();
    private final FleetView view = new FleetView(Duration.ofSeconds(5));
    private final List<Signal> signals = new ArrayList<>();
    private final ProbeWatch watch = watchThrough(fleet);

    private ProbeWatch watchThrough(HealthProbe probe) {
        return new ProbeWatch(fleet, probe, view, signals::addAll, clock, Runnable::run, ProbeRules.DEFAULT);
    }

    private List<Signal> poll() {
        signals.clear();
        clock.advance(Duration.ofMillis(500));
        watch.poll();
        return List.copyOf(signals);
    }

    @Nested
    class GivenATaskThatWasReady {
        @Test
        void whenOneProbeFails_thenNothingIsSaid() {
            poll();
            fleet.makeSick(first);
            assertThat(poll()).isEmpty();
            fleet.makeHealthy(first);
            assertThat(poll()).isEmpty();
            fleet.makeSick(first);
            assertThat(poll()).isEmpty();
        }

        @Test
        void whenTwoProbesFail_thenItFiresAtEachPollAsTheSameEpisode() {
            poll();
            fleet.makeSick(first);
            poll();
            List<Signal> second = poll();
            List<Signal> third = poll();

            assertThat(second).hasSize(1).first().isInstanceOfSatisfying(Signal.Firing.class, firing -> {
                Alert alert = firing.alert();
                assertThat(alert.source()).isEqualTo(SignalSource.PROBE);
                assertThat(alert.name()).isEqualTo("ProbeUnresponsive");
                assertThat(alert.task()).contains(first);
                assertThat(alert.labels())
                        .containsEntry("alertname", "ProbeUnresponsive")
                        .containsEntry("service_name", "order")
                        .containsEntry("cluster", "selfheal")
                        .containsEntry("task_arn", first.arn());
            });
            assertThat(third).isEqualTo(second);
        }

        @Test
        void whenItRecovers_thenItResolvesOnce() {
            poll();
            fleet.makeUnready(first);
            poll();
            poll();
            fleet.makeHealthy(first);

            assertThat(poll()).hasSize(1).first().isInstanceOfSatisfying(Signal.Resolved.class, resolved -> assertThat(
                            resolved.alert().name())
                    .isEqualTo("ProbeUnready"));
            assertThat(poll()).isEmpty();
        }

        @Test
        void whenItWasBornAMomentAgo_thenItTakesThreeTimesTheMisses() {
            poll();
            fleet.crash(first);
            poll();
            poll();
            poll();
            TaskId newborn = fleet.tasksOf(order).stream()
                    .filter(task -> !task.equals(first))
                    .reduce((_, last) -> last)
                    .orElseThrow();
            fleet.makeSick(newborn);
            for (int miss = 1; miss < 6; miss++) {
                assertThat(poll()).as("miss %d", miss).isEmpty();
            }

            assertThat(poll()).hasSize(1).first().isInstanceOf(Signal.Firing.class);
        }

        @Test
        void whenItDisappears_thenItsAlertEnds() {
            poll();
            fleet.makeSick(first);
            poll();
            poll();
            fleet.crash(first);

            assertThat(poll()).hasOnlyElementsOfType(Signal.Resolved.class).hasSize(1);
        }

        @Test
        void whenItFailsInAnotherWay_thenTheOldAlertEndsAndTheNewOneFires() {
            poll();
            fleet.makeSick(first);
            poll();
            poll();
            fleet.makeUnready(first);

            assertThat(poll())
                    .satisfiesExactly(old -> assertThat(old).isInstanceOf(Signal.Resolved.class), now -> assertThat(now)
                            .isInstanceOf(Signal.Firing.class));
        }
    }

    @Nested
    class GivenATaskThatWasNeverReady {
        @Test
        void thenItIsJudgedOnlyAfterItsStartupGrace() {
            fleet.replacementsAreSick(true);
            fleet.startTime(Duration.ZERO);
            fleet.crash(first);
            for (int i = 0; i < 58; i++) {
                assertThat(poll()).isEmpty();
            }
            poll();
            poll();
            assertThat(poll()).isNotEmpty();
        }
    }

    @Nested
    class GivenWhatCannotBeRead {
        @Test
        void whenTheProbeCannotAsk_thenNobodyIsCalledSick() {
            ProbeWatch blind = watchThrough(
                    tasks -> tasks.stream().collect(Collectors.toMap(Task::id, _ -> new Fact.Unknown<>("no route"))));
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofSeconds(1));
                blind.poll();
            }
            assertThat(signals).isEmpty();
            assertThat(view.latest(order).orElseThrow().wellSince()).isEmpty();
        }

        @Test
        void whenTheFleetIsAway_thenAlertsNeitherFireNorEnd() {
            poll();
            fleet.makeSick(first);
            poll();
            poll();
            fleet.away("throttled");

            assertThat(poll()).isEmpty();
            fleet.back();
            assertThat(poll()).hasOnlyElementsOfType(Signal.Firing.class);
        }
    }

    @Nested
    class GivenAView {
        @Test
        void thenItKnowsSinceWhenAServiceIsWell() {
            poll();
            Instant since = view.latest(order).orElseThrow().wellSince().orElseThrow();
            poll();
            poll();
            assertThat(view.latest(order).orElseThrow().wellSince()).contains(since);

            fleet.makeSick(first);
            poll();
            assertThat(view.latest(order).orElseThrow().wellSince()).isEmpty();
        }

        @Test
        void whenNobodyLookedForLong_thenBeingWellBeginsAnew() {
            poll();
            clock.advance(Duration.ofMinutes(1));
            poll();

            assertThat(view.latest(order).orElseThrow().wellSince()).contains(clock.instant());
        }
    }
}
