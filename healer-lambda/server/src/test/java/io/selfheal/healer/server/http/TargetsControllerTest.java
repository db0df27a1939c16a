package io.selfheal.healer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.exceptions.HttpStatusException;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.Task.FleetHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.watch.FleetView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsControllerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final FleetView view = new FleetView(Duration.ofMinutes(1));
    private final TargetsController controller = new TargetsController(view);

    @Test
    void givenNothingSeenYet_whenAsked_thenItIsRefusedSoThatPrometheusKeepsWhatItHas() {
        assertThatThrownBy(controller::targets).isInstanceOfSatisfying(HttpStatusException.class, refused -> assertThat(
                        refused.getStatus().getCode())
                .isEqualTo(503));
    }

    @Test
    void givenTasks_whenAsked_thenThoseThatRunAndHaveAnAddressAreTargetsWithTheLabelsOfTheRules() {
        saw(
                task("b", TaskStatus.RUNNING, Optional.of("http://10.0.0.2:8080")),
                task("a", TaskStatus.RUNNING, Optional.of("http://10.0.0.1:8080")),
                task("leaving", TaskStatus.STOPPING, Optional.of("http://10.0.0.3:8080")),
                task("nowhere", TaskStatus.RUNNING, Optional.empty()));

        var groups = controller.targets();

        assertThat(groups)
                .extracting(TargetsController.TargetGroup::targets)
                .containsExactly(List.of("10.0.0.1:8080"), List.of("10.0.0.2:8080"));
        assertThat(groups.getFirst().labels())
                .isEqualTo(Map.of(
                        "cluster", "selfheal", "service_name", "order", "task_arn", "a", "task_definition", "order:3"));
    }

    @Test
    void givenAServiceWithoutARunningTask_whenAsked_thenTheListIsEmpty() {
        saw(task("new", TaskStatus.STARTING, Optional.empty()));

        assertThat(controller.targets()).isEmpty();
    }

    private void saw(Task... tasks) {
        ServiceState state = new ServiceState(new ServiceId("selfheal", "order"), 2, List.of(tasks), Optional.empty());
        view.saw(state, Map.of(), NOW);
    }

    private static Task task(String name, TaskStatus status, Optional<String> address) {
        return new Task(
                new TaskId(name), "order:3", status, FleetHealth.UNKNOWN, address.map(URI::create), Optional.of(NOW));
    }
}
