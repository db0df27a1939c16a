package io.selfheal.healer.aws;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task.FleetHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/** Translates what ECS answers; pure but for the ports of awsvpc tasks, which only their task definition tells. */
final class EcsWords {

    private EcsWords() {}

    static ServiceState serviceState(ServiceId id, Service service, List<io.selfheal.healer.fleet.Task> tasks) {
        return new ServiceState(id, service.desiredCount(), tasks, deploymentInProgress(service));
    }

    /** More than one deployment, or one that ECS has not called completed or failed. */
    static Optional<Deployment> deploymentInProgress(Service service) {
        var deployments = service.deployments();
        return deployments.stream()
                .filter(deployment ->
                        deployments.size() > 1 || deployment.rolloutState() == DeploymentRolloutState.IN_PROGRESS)
                // the one that is being rolled out; the others are what it replaces
                .min((one, other) ->
                        Boolean.compare(!"PRIMARY".equals(one.status()), !"PRIMARY".equals(other.status())))
                .map(deployment -> new Deployment(
                        orUnknown(deployment.id()),
                        lastSegment(orUnknown(deployment.taskDefinition())),
                        orUnknown(deployment.rolloutStateAsString())));
    }

    static io.selfheal.healer.fleet.Task task(Task task, TaskPorts ports) {
        return new io.selfheal.healer.fleet.Task(
                new TaskId(task.taskArn()),
                lastSegment(orUnknown(task.taskDefinitionArn())),
                status(task),
                health(task),
                address(task, ports),
                Optional.ofNullable(task.startedAt()));
    }

    /** ECS writes {@code service:NAME}; some emulators write the bare name, or nothing. */
    static boolean belongsTo(Task task, ServiceId id) {
        String group = task.group();
        return group == null || group.equals("service:" + id.service()) || group.equals(id.service());
    }

    /** Empty: of no service, or it does not say. */
    static Optional<ServiceId> serviceOf(Task task, String cluster) {
        return Optional.ofNullable(task.group())
                .filter(group -> group.startsWith("service:"))
                .map(group -> new ServiceId(cluster, group.substring("service:".length())));
    }

    /**
     * Whether these of the tasks are all that the service has: nothing is being rolled out, and as many of them run and
     * start as ECS itself counts. Not everybody who speaks ECS's language counts; then nothing can be told from it.
     */
    static boolean counted(Service service, Set<String> arns, List<Task> tasks) {
        List<TaskStatus> those = tasks.stream()
                .filter(task -> arns.contains(task.taskArn()))
                .map(EcsWords::status)
                .toList();
        return service.runningCount() != null
                && service.pendingCount() != null
                && deploymentInProgress(service).isEmpty()
                && those.stream().filter(TaskStatus.RUNNING::equals).count() == service.runningCount()
                && those.stream().filter(TaskStatus.STARTING::equals).count() == service.pendingCount();
    }

    static TaskStatus status(Task task) {
        return switch (orUnknown(task.lastStatus())) {
            case "STOPPED", "DELETED" -> TaskStatus.STOPPED;
            case "DEACTIVATING", "STOPPING", "DEPROVISIONING" -> TaskStatus.STOPPING;
            // RUNNING, and on its way out: it takes no new work and must not count as running
            case "RUNNING" -> "STOPPED".equals(task.desiredStatus()) ? TaskStatus.STOPPING : TaskStatus.RUNNING;
            default -> "STOPPED".equals(task.desiredStatus()) ? TaskStatus.STOPPING : TaskStatus.STARTING;
        };
    }

    private static FleetHealth health(Task task) {
        return switch (orUnknown(task.healthStatusAsString())) {
            case "HEALTHY" -> FleetHealth.HEALTHY;
            case "UNHEALTHY" -> FleetHealth.UNHEALTHY;
            default -> FleetHealth.UNKNOWN;
        };
    }

    private static Optional<URI> address(Task task, TaskPorts ports) {
        return task.containers().stream()
                .flatMap(container -> container.networkBindings().stream())
                .flatMap(EcsWords::bound)
                .findFirst()
                .or(() -> privateIp(task).flatMap(ip -> {
                    OptionalInt port = ports.portOf(task.taskDefinitionArn());
                    return port.isPresent() ? Optional.of(http(ip, port.getAsInt())) : Optional.empty();
                }));
    }

    /** A binding to every interface does not say which host it is on: no address is better than a wrong one. */
    private static Stream<URI> bound(NetworkBinding binding) {
        String ip = binding.bindIP();
        boolean usable = ip != null
                && !ip.isBlank()
                && !ip.equals("0.0.0.0")
                && !ip.equals("::")
                && binding.hostPort() != null
                && binding.hostPort() > 0
                && binding.protocol() != TransportProtocol.UDP;
        return usable ? Stream.of(http(ip, binding.hostPort())) : Stream.empty();
    }

    private static Optional<String> privateIp(Task task) {
        return task.attachments().stream()
                .filter(attachment -> "ElasticNetworkInterface".equals(attachment.type()))
                .flatMap(attachment -> attachment.details().stream())
                .filter(detail -> "privateIPv4Address".equals(detail.name()))
                .map(KeyValuePair::value)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static URI http(String ip, int port) {
        return URI.create("http://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port);
    }

    static String lastSegment(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? "UNKNOWN" : text;
    }
}
