package io.selfheal.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the shop's tasks and counts. */
public final class Fleet {

    public static final String CLUSTER = "selfheal";
    /** DescribeTasks takes at most this many, as on AWS. */
    private static final int DESCRIBE_LIMIT = 100;

    private static final int PORT_OF_HTTP = 8080;

    private final EcsApi ecs;
    private final List<String> services;

    public Fleet(EcsApi ecs, List<String> services) {
        this.ecs = ecs;
        this.services = List.copyOf(services);
    }

    /** What every service wants and has. */
    public List<ServiceCount> counts() {
        JsonNode answer = ecs.call("DescribeServices", Map.of("cluster", CLUSTER, "services", services));
        List<ServiceCount> counts = new ArrayList<>();
        for (JsonNode service : answer.path("services")) {
            counts.add(new ServiceCount(
                    service.path("serviceName").asText(),
                    service.path("taskDefinition").asText(),
                    service.path("desiredCount").asInt(),
                    service.path("runningCount").asInt(),
                    service.path("pendingCount").asInt(),
                    service.path("deployments").size()));
        }
        return counts;
    }

    /** Whether every service has what it wants. */
    public boolean whole() {
        List<ServiceCount> counts = counts();
        return counts.size() == services.size() && counts.stream().allMatch(ServiceCount::whole);
    }

    /** The running tasks of all services, ordered by ARN. */
    public List<Task> running() {
        return describe("RUNNING").stream()
                .filter(task -> task.path("lastStatus").asText().equals("RUNNING"))
                .flatMap(task -> address(task).stream()
                        .map(address -> new Task(
                                task.path("taskArn").asText(), service(task), address, time(task, "startedAt"))))
                .sorted(Comparator.comparing(Task::arn))
                .toList();
    }

    /** The running tasks of one service, ordered by ARN. */
    public List<Task> running(String service) {
        return running().stream().filter(task -> task.service().equals(service)).toList();
    }

    /** Tasks that ended lately, as long as ECS remembers them. */
    public List<StoppedTask> stopped() {
        return describe("STOPPED").stream()
                .map(task -> new StoppedTask(
                        task.path("taskArn").asText(),
                        service(task),
                        task.path("stopCode").asText(),
                        task.path("stoppedReason").asText(),
                        time(task, "stoppingAt")))
                .toList();
    }

    private List<JsonNode> describe(String desiredStatus) {
        JsonNode list = ecs.call("ListTasks", Map.of("cluster", CLUSTER, "desiredStatus", desiredStatus));
        List<String> arns = new ArrayList<>();
        list.path("taskArns").forEach(arn -> arns.add(arn.asText()));
        List<JsonNode> tasks = new ArrayList<>();
        for (int from = 0; from < arns.size(); from += DESCRIBE_LIMIT) {
            List<String> page = arns.subList(from, Math.min(arns.size(), from + DESCRIBE_LIMIT));
            ecs.call("DescribeTasks", Map.of("cluster", CLUSTER, "tasks", page))
                    .path("tasks")
                    .forEach(tasks::add);
        }
        return tasks;
    }

    private static String service(JsonNode task) {
        String group = task.path("group").asText();
        return group.startsWith("service:") ? group.substring("service:".length()) : group;
    }

    private static Instant time(JsonNode task, String field) {
        return Instant.ofEpochMilli((long) (1000 * task.path(field).asDouble()));
    }

    private static Optional<URI> address(JsonNode task) {
        for (JsonNode container : task.path("containers")) {
            for (JsonNode binding : container.path("networkBindings")) {
                if (binding.path("containerPort").asInt() == PORT_OF_HTTP) {
                    return Optional.of(
                            URI.create("http://" + binding.path("bindIP").asText() + ":"
                                    + binding.path("hostPort").asInt()));
                }
            }
        }
        return Optional.empty();
    }
}
