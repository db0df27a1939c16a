package io.selfheal.healer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetViewTest {
    private static final Instant T0 = Fixtures.T0;
    private static final ServiceId ORDER = Fixtures.service("order");

    private final FleetView view = new FleetView(Duration.ofSeconds(5));

    private static Task running(int number) {
        return new Task(
                Fixtures.task(number),
                "order:1",
                TaskStatus.RUNNING,
                Task.FleetHealth.UNKNOWN,
                Optional.empty(),
                Optional.of(T0));
    }

    private static ServiceState two(int... numbers) {
        return new ServiceState(
                ORDER,
                2,
                Arrays.stream(numbers).mapToObj(FleetViewTest::running).toList(),
                Optional.empty());
    }

    private static Map<TaskId, Fact<TaskHealth>> healthy(ServiceState state, Instant at) {
        return state.tasks().stream()
                .collect(Collectors.toMap(Task::id, _ -> new Fact.Known<>(new TaskHealth.Healthy(), at)));
    }

    private Optional<Instant> sees(long second, int... numbers) {
        Instant at = T0.plusSeconds(second);
        ServiceState state = two(numbers);
        return view.saw(state, healthy(state, at), at).wellSince();
    }

    @Test
    void whenItIsWellAtEveryLook_thenItHasBeenSinceTheFirst() {
        sees(0, 1, 2);
        assertThat(sees(2, 1, 2)).contains(T0);
        assertThat(sees(7, 1, 2)).contains(T0);
    }

    /** Seed 20261464 of the simulation: a task was replaced between two looks, both of which saw it well. */
    @Test
    void whenATaskHasComeBetweenTwoLooks_thenTheTimeOfBeingWellBeginsAnew() {
        sees(0, 1, 2);
        sees(2, 1, 2);

        assertThat(sees(4, 1, 3)).contains(T0.plusSeconds(4));
        assertThat(sees(6, 1, 3)).contains(T0.plusSeconds(4));
    }

    @Test
    void whenATaskHasLeftBecauseFewerAreWanted_thenItStays() {
        ServiceState three = new ServiceState(ORDER, 3, two(1, 2, 3).tasks(), Optional.empty());
        view.saw(three, healthy(three, T0), T0);

        assertThat(sees(2, 1, 2)).contains(T0);
    }

    @Test
    void whenTwoLooksAreTooFarApart_thenTheTimeOfBeingWellBeginsAnew() {
        sees(0, 1, 2);

        assertThat(sees(6, 1, 2)).contains(T0.plusSeconds(6));
    }

    @Test
    void whenItWasNotWellOnce_orNotKnownToBe_thenTheTimeOfBeingWellBeginsAnew() {
        sees(0, 1, 2);
        assertThat(sees(1, 1)).isEmpty();
        assertThat(sees(2, 1, 2)).contains(T0.plusSeconds(2));
        ServiceState state = two(1, 2);
        Map<TaskId, Fact<TaskHealth>> unknown =
                state.tasks().stream().collect(Collectors.toMap(Task::id, _ -> new Fact.Unknown<>("no route")));

        assertThat(view.saw(state, unknown, T0.plusSeconds(3)).wellSince()).isEmpty();
        assertThat(sees(4, 1, 2)).contains(T0.plusSeconds(4));
    }

    @Test
    void whenALookTookLong_thenItCountsFromTheLastAnswer() {
        ServiceState state = two(1, 2);

        assertThat(view.saw(state, healthy(state, T0.plusSeconds(2)), T0).wellSince())
                .contains(T0.plusSeconds(2));
    }

    @Test
    void whenAnOlderLookArrivesLate_thenTheNewerOneStays() {
        sees(4, 1, 2);

        assertThat(sees(2, 1, 3)).contains(T0.plusSeconds(4));
        assertThat(view.latest(ORDER).orElseThrow().readAt()).isEqualTo(T0.plusSeconds(4));
    }

    @Test
    void whenATaskWasSeenReady_thenThatIsKeptForAsLongAsItIsThere() {
        sees(0, 1, 2);
        ServiceState state = two(1, 3);
        Map<TaskId, Fact<TaskHealth>> none = Map.of();

        assertThat(view.saw(state, none, T0.plusSeconds(1)).seenReady()).containsExactly(Fixtures.task(1));
    }

    @Test
    void whenAServiceIsNoLongerInTheFleet_thenItIsForgotten() {
        sees(0, 1, 2);
        view.keepOnly(Set.of(Fixtures.service("user")));

        assertThat(view.latest(ORDER)).isEmpty();
        assertThat(view.all()).isEmpty();
    }
}
