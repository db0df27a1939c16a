package io.selfheal.embedded.trivial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.embedded.Await;
import io.selfheal.embedded.EmbeddedEcs;
import io.selfheal.embedded.EmbeddedEcsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Services of trivial tasks on an embedded ECS endpoint, asked the way the AWS CLI would ask. */
public final class TrivialFleet implements AutoCloseable {
    public static final String CLUSTER = "selfheal";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedEcs ecs;
    private final Path state;
    private final HttpClient http = HttpClient.newHttpClient();

    public TrivialFleet(Path state) throws IOException {
        this.state = state;
        this.ecs = EmbeddedEcs.start(EmbeddedEcsOptions.in(state).withSettle(Duration.ofMillis(100)));
        call("CreateCluster", Map.of("clusterName", CLUSTER));
    }

    public URI uri() {
        return ecs.uri();
    }

    /** Runs a service of so many tasks and waits until all of them run. */
    public void run(String service, int tasks) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = String.valueOf(TrivialTask.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Map<String, Object> container = Map.of(
                "name",
                service,
                "essential",
                true,
                "image",
                "none",
                "stopTimeout",
                2,
                "entryPoint",
                List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", classes),
                "command",
                List.of(TrivialTask.class.getName()),
                "portMappings",
                List.of(Map.of("containerPort", 8080, "name", "http")));
        call("RegisterTaskDefinition", Map.of("family", service, "containerDefinitions", List.of(container)));
        call(
                "CreateService",
                Map.of("cluster", CLUSTER, "serviceName", service, "taskDefinition", service, "desiredCount", tasks));
        Await.until("all tasks of " + service + " run", () -> running(service).size() == tasks);
    }

    /** The ARNs of the tasks that run. */
    public List<String> running(String service) {
        JsonNode listed = call("ListTasks", Map.of("cluster", CLUSTER, "serviceName", service));
        if (listed.path("taskArns").isEmpty()) {
            return List.of();
        }
        return call("DescribeTasks", Map.of("cluster", CLUSTER, "tasks", listed.path("taskArns")))
                .path("tasks")
                .valueStream()
                .filter(task -> task.path("lastStatus").asText().equals("RUNNING")
                        && task.path("desiredStatus").asText().equals("RUNNING"))
                .map(task -> task.path("taskArn").asText())
                .toList();
    }

    /** From now on the task answers its health checks with DOWN. */
    public void makeSick(String arn) throws IOException {
        Files.createFile(state.resolve("tasks")
                .resolve(arn.substring(arn.lastIndexOf('/') + 1))
                .resolve("sick"));
    }

    public JsonNode call(String operation, Map<String, Object> body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(ecs.uri())
                            .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
                            .header("Content-Type", "application/x-amz-json-1.1")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(operation + ": " + response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        ecs.close();
        http.close();
    }
}
