package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.Snapshot;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells Prometheus which tasks there are, by the names that the healer knows them by: an alert then names what can be healed. */
@Controller
final class TargetsController {
    private final FleetView view;

    TargetsController(FleetView view) {
        this.view = view;
    }

    /**
     * The running tasks as seen last, for Prometheus' {@code http_sd_configs}. 503 before the first look: Prometheus then
     * keeps to the targets that it knows, while an empty list would make it forget them.
     *
     * @return a group of one target for each task
     */
    @Get("/targets")
    List<TargetGroup> targets() {
        List<Snapshot> seen = view.all();
        if (seen.isEmpty()) {
            throw RequestRefusedException.unavailable("nothing of the fleet has been seen yet: ask again");
        }
        return seen.stream()
                .map(Snapshot::state)
                .flatMap(TargetsController::groups)
                .sorted(Comparator.comparing(group -> group.targets().getFirst()))
                .toList();
    }

    private static Stream<TargetGroup> groups(ServiceState service) {
        return service.tasks().stream()
                .filter(Task::running)
                .map(task -> group(service, task))
                .flatMap(Optional::stream);
    }

    private static Optional<TargetGroup> group(ServiceState service, Task task) {
        return task.address()
                .map(URI::getAuthority)
                .map(address -> new TargetGroup(
                        List.of(address),
                        Map.of(
                                "cluster", service.id().cluster(),
                                "service_name", service.id().service(),
                                "task_arn", task.id().arn(),
                                "task_definition", task.revision())));
    }

    /**
     * Prometheus' own form.
     *
     * @param targets host:port of the task
     * @param labels cluster, service_name, task_arn and task_definition, as the alert rules expect them
     */
    @Serdeable
    record TargetGroup(List<String> targets, Map<String, String> labels) {}
}
