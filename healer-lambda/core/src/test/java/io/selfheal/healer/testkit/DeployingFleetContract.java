package io.selfheal.healer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a fleet keeps to that knows revisions and rolls its tasks from one to the other by itself. */
public abstract class DeployingFleetContract extends FleetContract {

    /** Has somebody deploy another revision, and waits until all tasks run it. Returns its name, for example {@code order:2}. */
    protected abstract String release();

    @Test
    void whenRedeployed_thenEveryTaskIsReplaced() {
        Set<TaskId> before = ids(state());

        assertThat(fleet().apply(new Action.Redeploy(service()), "redeploy-1")).isInstanceOf(Outcome.Accepted.class);

        ServiceState after =
                await(state -> state.steady() && ids(state).stream().noneMatch(before::contains));
        assertThat(after.running()).isEqualTo(2);
    }

    @Test
    void whenRolledBack_thenAllTasksAreOfTheGoodRevision_andARepeatChangesNothing() {
        String good = state().tasks().getFirst().revision();
        Action back = new Action.RollBack(service(), release(), good);

        assertThat(fleet().apply(back, "back-1")).isInstanceOf(Outcome.Accepted.class);

        ServiceState after = await(state -> state.steady()
                && state.tasks().stream().allMatch(task -> task.revision().equals(good)));
        assertThat(after.running()).isEqualTo(2);
        assertThat(fleet().apply(back, "back-1")).isInstanceOf(Outcome.Accepted.class);
        assertThat(fleet().apply(back, "back-2")).isInstanceOf(Outcome.Accepted.class);
        assertThat(ids(await(ServiceState::steady))).isEqualTo(ids(after));
    }

    @Test
    void whenSomebodyElseHasDeployedSince_thenTheRollBackIsRefused() {
        String good = state().tasks().getFirst().revision();
        String bad = release();
        String since = release();

        assertThat(fleet().apply(new Action.RollBack(service(), bad, good), "back-1"))
                .isInstanceOf(Outcome.Refused.class);

        assertThat(await(ServiceState::steady).tasks())
                .allSatisfy(task -> assertThat(task.revision()).isEqualTo(since));
    }
}
