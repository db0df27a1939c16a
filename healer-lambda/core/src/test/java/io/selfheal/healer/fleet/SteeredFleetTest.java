package io.selfheal.healer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SteeredFleetTest {
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private record Told(List<TaskId> tasks, TaskControl.Order order, String reason) {}

    private final MutableClock clock = new MutableClock();
    private final SimulatedFleet inside = new SimulatedFleet(clock);
    private final ServiceId order = inside.service("order", 2);
    private final ServiceId product = inside.service("product", 1);
    private final TaskId first = inside.tasksOf(order).getFirst();
    private final List<Told> told = new ArrayList<>();
    private Outcome answer = new Outcome.Accepted("2 tasks told");
    private final SteeredFleet fleet = new SteeredFleet(inside, this::tell);

    private Outcome tell(Collection<Task> tasks, TaskControl.Order what, String reason) {
        told.add(new Told(tasks.stream().map(Task::id).toList(), what, reason));
        return answer;
    }

    @Test
    void whatOnlyATaskCanDo_eachRunningTaskIsTold_andTheOrchestratorIsNot() {
        assertThat(fleet.apply(new Action.Degrade(order, product, A_WHILE), "i1-1"))
                .isEqualTo(answer);
        assertThat(fleet.apply(new Action.Shed(order, 30, A_WHILE), "i1-2")).isEqualTo(answer);
        assertThat(fleet.apply(new Action.Restore(order, Mode.SHEDDING), "i1-3"))
                .isEqualTo(answer);

        List<TaskId> both = inside.tasksOf(order);
        assertThat(told)
                .containsExactly(
                        new Told(both, new TaskControl.Order.Degrade("product", A_WHILE), "selfheal i1-1"),
                        new Told(both, new TaskControl.Order.Shed(30, A_WHILE), "selfheal i1-2"),
                        new Told(both, new TaskControl.Order.End(Mode.SHEDDING), "selfheal i1-3"));
        assertThat(inside.applied()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> whatTheOrchestratorCanDo_isLeftToIt() {
        return Stream.of(
                        new Action.RestartTask(order, first),
                        new Action.SurgeRestart(order, first, 2, 3, A_WHILE),
                        new Action.ShiftTraffic(order, first, 2, 3, A_WHILE),
                        new Action.Retire(order, first, 2, 1, false),
                        new Action.Redeploy(order),
                        new Action.RollBack(order, "r:1", "r:0"),
                        new Action.ScaleOut(order, 2, 3, A_WHILE),
                        new Action.ScaleBack(order, 2, 1))
                .map(action -> DynamicTest.dynamicTest(action.kind().word(), () -> {
                    inside.answerNextWith(new Outcome.Accepted("from the fleet"));

                    assertThat(fleet.apply(action, action.kind().word()))
                            .isEqualTo(new Outcome.Accepted("from the fleet"));

                    assertThat(inside.applied().getLast().action()).isEqualTo(action);
                    assertThat(told).isEmpty();
                }));
    }

    @Test
    void whenTheTasksAreNotKnown_thenFailed_andWhenNoneRunsRefused() {
        inside.away("ECS is away");
        assertThat(fleet.apply(new Action.Shed(order, 30, A_WHILE), "i1-1"))
                .isEqualTo(new Outcome.Failed("ECS is away"));
        inside.back();
        inside.desired(order, 0);

        assertThat(fleet.apply(new Action.Shed(order, 30, A_WHILE), "i1-1"))
                .isEqualTo(new Outcome.Refused("no task of selfheal/order runs"));
        assertThat(told).isEmpty();
    }

    @Test
    void whenATaskIsStillStarting_thenOnlyThoseThatRunAreTold() {
        inside.desired(order, 3);

        fleet.apply(new Action.Shed(order, 30, A_WHILE), "i1-1");

        assertThat(told.getFirst().tasks()).hasSize(2).contains(first);
    }

    @Test
    void whenTheTasksSayNo_thenThatIsTheOutcome() {
        answer = new Outcome.Refused("HTTP 404");

        assertThat(fleet.apply(new Action.Shed(order, 30, A_WHILE), "i1-1")).isEqualTo(answer);
    }

    @Test
    void itsReadingIsThatOfTheFleet() {
        assertThat(fleet.services()).isEqualTo(inside.services());
        assertThat(fleet.describe(product)).isEqualTo(inside.describe(product));
    }
}
