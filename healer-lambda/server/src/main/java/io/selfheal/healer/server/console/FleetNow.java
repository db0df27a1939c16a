package io.selfheal.healer.server.console;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.server.console.NowView.ServiceNow;
import io.selfheal.healer.server.console.NowView.TaskNow;
import io.selfheal.healer.watch.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services and tasks as they were seen last, those that need looking at first. */
final class FleetNow {
    static final int MOST_SERVICES = 200;

    private static final int MOST_TASKS = 50;
    /** Probes look twice a second; reading ECS may be slow for a while. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private FleetNow() {}

    /** One task or none, in the words of the page. */
    private record Seen(String health, @Nullable String detail) {}

    static List<ServiceNow> of(List<Snapshot> snapshots, Instant now) {
        return snapshots.stream()
                .map(snapshot -> service(snapshot, now))
                .sorted(Comparator.comparing(FleetNow::well)
                        .thenComparing(ServiceNow::cluster)
                        .thenComparing(ServiceNow::service))
                .limit(MOST_SERVICES)
                .toList();
    }

    private static boolean well(ServiceNow service) {
        return service.steady()
                && service.tasks().stream().allMatch(task -> task.health().equals("healthy"));
    }

    private static ServiceNow service(Snapshot seen, Instant now) {
        ServiceState state = seen.state();
        return new ServiceNow(
                state.id().cluster(),
                state.id().service(),
                state.desired(),
                state.running(),
                state.steady(),
                state.deployment().map(ServiceState.Deployment::revision).orElse(null),
                seen.readAt().plus(FRESH).isBefore(now) ? seen.readAt() : null,
                state.tasks().stream()
                        .map(task -> task(task, seen))
                        .sorted(Comparator.comparing(
                                        (TaskNow task) -> task.health().equals("healthy"))
                                .thenComparing(TaskNow::name))
                        .limit(MOST_TASKS)
                        .toList(),
                Math.max(0, state.tasks().size() - MOST_TASKS));
    }

    private static TaskNow task(Task task, Snapshot seen) {
        Seen health = health(task, seen);
        return new TaskNow(
                task.id().arn(),
                task.id().shortName(),
                task.revision(),
                health.health(),
                health.detail(),
                task.startedAt().orElse(null));
    }

    private static Seen health(Task task, Snapshot seen) {
        return switch (task.status()) {
            case STARTING -> new Seen("starting", null);
            case STOPPING, STOPPED -> new Seen("stopping", null);
            case RUNNING -> probed(seen.health().get(task.id()));
        };
    }

    private static Seen probed(@Nullable Fact<TaskHealth> fact) {
        return switch (fact) {
            case null -> new Seen("unknown", "not probed yet");
            case Fact.Unknown<TaskHealth>(String why) -> new Seen("unknown", why);
            case Fact.Known<TaskHealth>(TaskHealth health, Instant _) ->
                switch (health) {
                    case TaskHealth.Healthy() -> new Seen("healthy", null);
                    case TaskHealth.Unready(String detail) -> new Seen("unready", detail);
                    case TaskHealth.Unresponsive(String detail) -> new Seen("unresponsive", detail);
                };
        };
    }
}
