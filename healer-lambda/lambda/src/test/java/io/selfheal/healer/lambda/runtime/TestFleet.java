package io.selfheal.healer.lambda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.EmbeddedEcs;
import io.selfheal.embedded.EmbeddedEcsOptions;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Services of trivial tasks on an embedded ECS endpoint. */
public final class TestFleet implements AutoCloseable {
    private static final String CLUSTER = "selfheal";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedEcs endpoint;
    private final Path state;
    private final HttpClient http = HttpClient.newHttpClient();

    public TestFleet(Path state) throws IOException {
        this.state = state;
        this.endpoint = EmbeddedEcs.start(EmbeddedEcsOptions.in(state).withSettle(Duration.ofMillis(100)));
        call("CreateCluster", JsonTrees.object().put("clusterName", CLUSTER));
    }

    public URI uri() {
        return endpoint.uri();
    }

    /** Runs a service of so many tasks and waits until all of them run. */
    public void run(String service, int tasks) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ObjectNode definition = JsonTrees.object().put("family", service);
        ObjectNode app = definition.putArray("containerDefinitions").addObject();
        app.put("name", service).put("image", "none").put("essential", true).put("stopTimeout", 2);
        app.putArray("entryPoint")
                .add(java)
                .add("-XX:TieredStopAtLevel=1")
                .add("-XX:+UseSerialGC")
                .add("-Xmx32m")
                .add("-cp")
                .add(classes());
        app.putArray("command").add(TrivialTask.class.getName());
        app.putArray("portMappings").addObject().put("containerPort", 8080).put("name", "http");
        call("RegisterTaskDefinition", definition);
        call(
                "CreateService",
                JsonTrees.object()
                        .put("cluster", CLUSTER)
                        .put("serviceName", service)
                        .put("taskDefinition", service)
                        .put("desiredCount", tasks));
        await("all tasks of " + service + " run", () -> running(service).size() == tasks);
    }

    private static String classes() {
        try {
            return Path.of(TrivialTask.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<TaskId> running(String service) {
        JsonNode listed =
                call("ListTasks", JsonTrees.object().put("cluster", CLUSTER).put("serviceName", service));
        if (listed.path("taskArns").isEmpty()) {
            return List.of();
        }
        ObjectNode tasks = JsonTrees.object().put("cluster", CLUSTER);
        tasks.set("tasks", listed.path("taskArns"));
        return call("DescribeTasks", tasks)
                .path("tasks")
                .valueStream()
                .filter(task -> task.path("lastStatus").asText().equals("RUNNING")
                        && task.path("desiredStatus").asText().equals("RUNNING"))
                .map(task -> new TaskId(task.path("taskArn").asText()))
                .toList();
    }

    private JsonNode call(String operation, ObjectNode body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(endpoint.uri())
                            .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
                            .header("Content-Type", "application/x-amz-json-1.1")
                            .POST(HttpRequest.BodyPublishers.ofString(JsonTrees.write(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(operation + ": " + response.statusCode() + " " + response.body());
            }
            return JsonTrees.read(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** From now on the task answers its health checks with DOWN. */
    public void makeSick(TaskId task) throws IOException {
        String id = task.arn().substring(task.arn().lastIndexOf('/') + 1);
        Files.createFile(state.resolve("tasks").resolve(id).resolve("sick"));
    }

    /** Waits for a condition, looking often; the limit only ends a test that would hang. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        http.close();
        endpoint.close();
    }
}
