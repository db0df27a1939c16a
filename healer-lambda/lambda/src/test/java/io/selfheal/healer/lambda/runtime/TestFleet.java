package io.selfheal.healer.lambda.runtime;

import io.selfheal.embedded.EmbeddedEcs;
import io.selfheal.embedded.EmbeddedEcsOptions;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/** Services of trivial tasks on an embedded ECS endpoint. */
public final class TestFleet implements AutoCloseable {
    private static final String CLUSTER = "selfheal";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedEcs endpoint;
    private final Path state;
    private final EcsClient ecs;

    public TestFleet(Path state) throws IOException {
        this.state = state;
        this.endpoint = EmbeddedEcs.start(EmbeddedEcsOptions.in(state).withSettle(Duration.ofMillis(100)));
        this.ecs = EcsClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .build();
        ecs.createCluster(request -> request.clusterName(CLUSTER));
    }

    public URI uri() {
        return endpoint.uri();
    }

    /** Runs a service of so many tasks and waits until all of them run. */
    public void run(String service, int tasks) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ContainerDefinition app = ContainerDefinition.builder()
                .name(service)
                .stopTimeout(2)
                .entryPoint(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", classes())
                .command(TrivialTask.class.getName())
                .portMappings(
                        PortMapping.builder().containerPort(8080).name("http").build())
                .build();
        ecs.registerTaskDefinition(request -> request.family(service).containerDefinitions(app));
        ecs.createService(request -> request.cluster(CLUSTER)
                .serviceName(service)
                .taskDefinition(service)
                .desiredCount(tasks));
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
        List<String> arns = ecs.listTasks(request -> request.cluster(CLUSTER).serviceName(service))
                .taskArns();
        return arns.isEmpty()
                ? List.of()
                : ecs.describeTasks(request -> request.cluster(CLUSTER).tasks(arns)).tasks().stream()
                        .filter(task -> task.lastStatus().equals("RUNNING")
                                && task.desiredStatus().equals("RUNNING"))
                        .map(task -> new TaskId(task.taskArn()))
                        .toList();
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
        ecs.close();
        endpoint.close();
    }
}
