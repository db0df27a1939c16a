package io.selfheal.healer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every probe of tasks keeps to. */
public abstract class HealthProbeContract {

    protected abstract HealthProbe probe();

    protected abstract Task healthyTask();

    /** Answers that it is not ready. */
    protected abstract Task unreadyTask();

    /** Nothing listens at its address, or nothing answers there. */
    protected abstract Task deadTask();

    private Fact<TaskHealth> probed(Task task) {
        Map<TaskId, Fact<TaskHealth>> seen = probe().probe(List.of(task));
        assertThat(seen).containsOnlyKeys(task.id());
        return seen.values().iterator().next();
    }

    private TaskHealth health(Task task) {
        return switch (probed(task)) {
            case Fact.Known<TaskHealth>(TaskHealth health, Instant _) -> health;
            case Fact.Unknown<TaskHealth>(String why) -> throw new AssertionError("not readable: " + why);
        };
    }

    @Test
    void givenAHealthyTask_thenHealthy() {
        assertThat(health(healthyTask())).isInstanceOf(TaskHealth.Healthy.class);
    }

    @Test
    void givenATaskThatSaysNo_thenUnready() {
        assertThat(health(unreadyTask())).isInstanceOf(TaskHealth.Unready.class);
    }

    @Test
    void givenATaskThatDoesNotAnswer_thenUnresponsive() {
        assertThat(health(deadTask())).isInstanceOf(TaskHealth.Unresponsive.class);
    }

    @Test
    void givenATaskWithoutAddress_thenUnknown() {
        Task task = healthyTask();
        Task hidden =
                new Task(task.id(), task.revision(), task.status(), task.health(), Optional.empty(), task.startedAt());

        assertThat(probed(hidden)).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void givenSeveralTasks_thenOneEntryForEach() {
        List<Task> tasks = List.of(healthyTask(), unreadyTask(), deadTask());

        assertThat(probe().probe(tasks))
                .containsOnlyKeys(tasks.stream().map(Task::id).toList());
    }

    @Test
    void givenNoTasks_thenNoEntries() {
        assertThat(probe().probe(List.of())).isEmpty();
    }
}
