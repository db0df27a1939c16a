package io.selfheal.healer.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * ECS's API over a simulated fleet, in the process: it counts what is asked, and refuses what is above its buckets, in the
 * time that it is given. Whoever speaks to it is the adapter as it is.
 */
final class PacedEcs implements SdkHttpClient {
    private static final int A_PAGE = 100;
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

    private final SimulatedFleet fleet;
    private final LongSupplier millis;
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Map<String, Bucket> buckets;
    private int throttled;

    /** Written anew, since the one that is tested must not be its own judge. */
    private static final class Bucket {
        private final double perSecond;
        private double tokens = 100;
        private long at;

        Bucket(double perSecond, long at) {
            this.perSecond = perSecond;
            this.at = at;
        }

        boolean take(long now) {
            tokens = Math.min(100, tokens + (now - at) * perSecond / 1000);
            at = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    PacedEcs(SimulatedFleet fleet, LongSupplier millis) {
        this.fleet = fleet;
        this.millis = millis;
        long now = millis.getAsLong();
        Bucket tasks = new Bucket(20, now);
        Bucket services = new Bucket(20, now);
        buckets = Map.of(
                "StopTask", new Bucket(40, now),
                "ListTasks", tasks,
                "DescribeTasks", tasks,
                "ListServices", services,
                "DescribeServices", services);
    }

    /** How often each operation was asked for. */
    synchronized Map<String, Integer> calls() {
        return new TreeMap<>(calls);
    }

    synchronized int throttled() {
        return throttled;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    private synchronized HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        String target =
                request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
        String operation = target.substring(target.indexOf('.') + 1);
        calls.merge(operation, 1, Integer::sum);
        Bucket bucket = Objects.requireNonNull(buckets.get(operation), operation);
        if (!bucket.take(millis.getAsLong())) {
            throttled++;
            return http(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
        }
        JsonNode asked = JsonTrees.read(new String(
                request.contentStreamProvider().orElseThrow().newStream().readAllBytes(), StandardCharsets.UTF_8));
        return http(200, JsonTrees.write(answer(operation, asked)));
    }

    private ObjectNode answer(String operation, JsonNode asked) {
        return switch (operation) {
            case "DescribeServices" -> describeServices(asked);
            case "ListTasks" -> listTasks(asked);
            case "DescribeTasks" -> describeTasks(asked);
            case "StopTask" -> stopTask(asked);
            default -> throw new IllegalArgumentException("not simulated: " + operation);
        };
    }

    private static HttpExecuteResponse http(int status, String body) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .build())
                .responseBody(
                        AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    private ObjectNode describeServices(JsonNode asked) {
        if (asked.path("services").size() > 10) {
            throw new IllegalArgumentException("DescribeServices takes 10 services");
        }
        ObjectNode answer = JsonTrees.object();
        ArrayNode services = answer.putArray("services");
        asked.path("services").forEach(name -> {
            ServiceState state = state(new ServiceId("selfheal", name.asText()));
            services.addObject()
                    .put("serviceName", name.asText())
                    .put("status", "ACTIVE")
                    .put("desiredCount", state.desired())
                    .put("runningCount", count(state, TaskStatus.RUNNING))
                    .put("pendingCount", count(state, TaskStatus.STARTING))
                    .putArray("deployments")
                    .addObject()
                    .put("id", "ecs-svc/1")
                    .put("status", "PRIMARY")
                    .put("taskDefinition", ARN + "task-definition/r:1")
                    .put("rolloutState", "COMPLETED");
        });
        answer.putArray("failures");
        return answer;
    }

    private static int count(ServiceState state, TaskStatus status) {
        return (int)
                state.tasks().stream().filter(task -> task.status() == status).count();
    }

    private ObjectNode listTasks(JsonNode asked) {
        List<String> arns = new ArrayList<>();
        for (ServiceId service : services(asked.path("serviceName").asText(""))) {
            state(service).tasks().forEach(task -> arns.add(task.id().arn()));
        }
        if (asked.path("desiredStatus").asText("").equals("STOPPED")) {
            arns.clear();
        }
        int from = asked.path("nextToken").asInt(0);
        int to = Math.min(arns.size(), from + A_PAGE);
        ObjectNode answer = JsonTrees.object();
        ArrayNode page = answer.putArray("taskArns");
        arns.subList(from, to).forEach(page::add);
        if (to < arns.size()) {
            answer.put("nextToken", String.valueOf(to));
        }
        return answer;
    }

    private ObjectNode describeTasks(JsonNode asked) {
        if (asked.path("tasks").size() > 100) {
            throw new IllegalArgumentException("DescribeTasks takes 100 tasks");
        }
        ObjectNode answer = JsonTrees.object();
        ArrayNode tasks = answer.putArray("tasks");
        Map<String, ServiceId> owners = owners();
        asked.path("tasks").forEach(arn -> {
            ServiceId service = owners.get(arn.asText());
            if (service != null) {
                Task task = state(service).task(new TaskId(arn.asText())).orElseThrow();
                boolean running = task.status() == TaskStatus.RUNNING;
                ObjectNode one = tasks.addObject()
                        .put("taskArn", arn.asText())
                        .put("taskDefinitionArn", ARN + "task-definition/r:1")
                        .put("group", "service:" + service.service())
                        .put("lastStatus", running ? "RUNNING" : "PENDING")
                        .put("desiredStatus", "RUNNING");
                if (running) {
                    one.put("startedAt", task.startedAt().orElseThrow().toEpochMilli() / 1000.0);
                }
                one.putArray("containers")
                        .addObject()
                        .putArray("networkBindings")
                        .addObject()
                        .put("bindIP", "127.0.0.1")
                        .put("hostPort", 1);
            }
        });
        return answer;
    }

    private ObjectNode stopTask(JsonNode asked) {
        TaskId task = new TaskId(asked.path("task").asText());
        ServiceId service = owners().get(task.arn());
        ObjectNode answer = JsonTrees.object();
        if (service != null) {
            var unused = fleet.apply(
                    new RestartTask(service, task), asked.path("reason").asText());
        }
        answer.putObject("task").put("lastStatus", "RUNNING");
        return answer;
    }

    private List<ServiceId> services(String name) {
        return name.isEmpty() ? all() : List.of(new ServiceId("selfheal", name));
    }

    private List<ServiceId> all() {
        return switch (fleet.services()) {
            case Fact.Known<List<ServiceId>>(List<ServiceId> known, Instant _) -> known;
            case Fact.Unknown<List<ServiceId>>(String why) -> throw new IllegalStateException(why);
        };
    }

    private Map<String, ServiceId> owners() {
        Map<String, ServiceId> owners = new HashMap<>();
        for (ServiceId service : services("")) {
            fleet.tasksOf(service).forEach(task -> owners.put(task.arn(), service));
        }
        return owners;
    }

    private ServiceState state(ServiceId id) {
        return switch (fleet.describe(id)) {
            case Fact.Known<ServiceState>(ServiceState state, Instant _) -> state;
            case Fact.Unknown<ServiceState>(String why) -> throw new IllegalStateException(why);
        };
    }
}
