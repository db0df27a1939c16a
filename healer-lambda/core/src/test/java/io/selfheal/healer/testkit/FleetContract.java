package io.selfheal.healer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every fleet keeps to. Extend it with a service of two running tasks and nothing going on; one that also deploys extends
 * {@link DeployingFleetContract}.
 */
public abstract class FleetContract {

    protected abstract Fleet fleet();

    /** Steady, with a desired count of two. */
    protected abstract ServiceId service();

    /** Waits, or lets time pass, until the service is like this. Fails when it takes too long. */
    protected abstract ServiceState await(Predicate<ServiceState> condition);

    protected final ServiceState state() {
        return switch (fleet().describe(service())) {
            case Fact.Known<ServiceState>(ServiceState state, Instant _) -> state;
            case Fact.Unknown<ServiceState>(String why) -> throw new AssertionError("not readable: " + why);
        };
    }

    protected static Set<TaskId> ids(ServiceState state) {
        return state.tasks().stream().map(Task::id).collect(Collectors.toSet());
    }

    @Test
    void thenItsServicesAreListed() {
        assertThat(fleet().services().map(services -> services.contains(service())))
                .isInstanceOfSatisfying(
                        Fact.Known.class, known -> assertThat(known.value()).isEqualTo(true));
    }

    @Test
    void thenAServiceIsDescribedWithItsTasks() {
        ServiceState state = state();

        assertThat(state.id()).isEqualTo(service());
        assertThat(state.desired()).isEqualTo(2);
        assertThat(state.steady()).isTrue();
        assertThat(state.tasks()).hasSize(2).allSatisfy(task -> {
            assertThat(task.running()).isTrue();
            assertThat(task.startedAt()).isPresent();
            assertThat(task.address()).isPresent();
        });
    }

    @Test
    void whenAServiceDoesNotExist_thenItIsUnknownAndNotEmpty() {
        ServiceId none = new ServiceId(service().cluster(), "no-such-service");

        assertThat(fleet().describe(none)).isInstanceOf(Fact.Unknown.class);
        assertThat(fleet().apply(new Action.Redeploy(none), "none-1")).isNotInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void whenATaskIsRestarted_thenAnotherTakesItsPlace() {
        TaskId victim = state().tasks().getFirst().id();
        TaskId other = state().tasks().getLast().id();

        Outcome outcome = fleet().apply(new Action.RestartTask(service(), victim), "restart-1");

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        ServiceState after = await(state -> state.steady() && state.task(victim).isEmpty());
        assertThat(after.running()).isEqualTo(2);
        assertThat(ids(after)).contains(other).doesNotContain(victim);
    }

    @Test
    void whenARestartIsRepeatedWithItsKey_thenNoOtherTaskSuffers() {
        TaskId victim = state().tasks().getFirst().id();
        Action restart = new Action.RestartTask(service(), victim);
        fleet().apply(restart, "restart-1");
        Set<TaskId> after =
                ids(await(state -> state.steady() && state.task(victim).isEmpty()));

        fleet().apply(restart, "restart-1");

        assertThat(ids(await(ServiceState::steady))).isEqualTo(after);
    }

    @Test
    void whenScaledOutAndBack_thenTheCountsFollow() {
        Action out = new Action.ScaleOut(service(), 2, 3, Duration.ofMinutes(10));
        assertThat(fleet().apply(out, "out-1")).isInstanceOf(Outcome.Accepted.class);
        assertThat(await(state -> state.steady() && state.desired() == 3).running())
                .isEqualTo(3);

        Action back = new Action.ScaleBack(service(), 3, 2);
        assertThat(fleet().apply(back, "back-2")).isInstanceOf(Outcome.Accepted.class);
        assertThat(await(state -> state.steady() && state.desired() == 2).running())
                .isEqualTo(2);
    }

    @Test
    void whenSomebodyElseHasChangedTheCount_thenScalingBackIsRefused() {
        assertThat(fleet().apply(new Action.ScaleBack(service(), 5, 1), "back-1"))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(state().desired()).isEqualTo(2);
    }

    @Test
    void whenSurged_thenAnotherTaskComesFirst_andExactlyTheVictimIsRetired() {
        Set<TaskId> before = ids(state());
        TaskId victim = state().tasks().getFirst().id();

        assertThat(fleet().apply(surge(victim), "surge-1")).isInstanceOf(Outcome.Accepted.class);
        Set<TaskId> grown = ids(await(state -> state.steady() && state.desired() == 3));
        assertThat(grown).hasSize(3).containsAll(before);

        assertThat(fleet().apply(retirement(victim), "retire-2")).isInstanceOf(Outcome.Accepted.class);
        assertThat(ids(await(state -> state.steady()
                        && state.desired() == 2
                        && state.task(victim).isEmpty())))
                .isEqualTo(without(grown, victim));
    }

    @Test
    void whenTheNewestTaskIsTheVictim_thenItGoesAllTheSame() {
        TaskId victim = state().tasks().getLast().id();
        fleet().apply(surge(victim), "surge-1");
        Set<TaskId> grown = ids(await(state -> state.steady() && state.desired() == 3));

        fleet().apply(retirement(victim), "retire-2");

        assertThat(ids(await(state -> state.steady() && state.task(victim).isEmpty())))
                .isEqualTo(without(grown, victim));
    }

    @Test
    void whenASurgeAndItsRetirementAreRepeated_thenNobodyElseComesOrGoes() {
        TaskId victim = state().tasks().getFirst().id();
        fleet().apply(surge(victim), "surge-1");
        fleet().apply(surge(victim), "surge-1");
        Set<TaskId> grown = ids(await(state -> state.steady() && state.desired() == 3));
        fleet().apply(surge(victim), "surge-1");
        assertThat(ids(await(ServiceState::steady))).isEqualTo(grown);

        fleet().apply(retirement(victim), "retire-2");
        fleet().apply(retirement(victim), "retire-2");
        Set<TaskId> left =
                ids(await(state -> state.steady() && state.task(victim).isEmpty()));
        fleet().apply(retirement(victim), "retire-2");

        assertThat(left).isEqualTo(without(grown, victim));
        assertThat(ids(await(ServiceState::steady))).isEqualTo(left);
        assertThat(state().desired()).isEqualTo(2);
    }

    @Test
    void whenSomebodyElseHasChangedTheCount_thenNobodyIsRetired() {
        ServiceState before = state();
        TaskId victim = before.tasks().getFirst().id();

        assertThat(fleet().apply(new Action.Retire(service(), victim, 5, 4, false), "retire-1"))
                .isInstanceOf(Outcome.Refused.class);

        assertThat(ids(await(ServiceState::steady))).isEqualTo(ids(before));
        assertThat(state().desired()).isEqualTo(2);
    }

    private Action surge(TaskId victim) {
        return new Action.SurgeRestart(service(), victim, 2, 3, Duration.ofMinutes(3));
    }

    private Action retirement(TaskId victim) {
        return new Action.Retire(service(), victim, 3, 2, false);
    }

    private static Set<TaskId> without(Set<TaskId> tasks, TaskId one) {
        return tasks.stream().filter(task -> !task.equals(one)).collect(Collectors.toSet());
    }
}
