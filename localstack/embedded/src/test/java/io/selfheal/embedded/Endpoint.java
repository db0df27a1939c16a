package io.selfheal.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** An endpoint with cluster {@code selfheal} and an AWS SDK client, for tests. */
final class Endpoint implements AutoCloseable {
    static final String CLUSTER = "selfheal";

    private final EmbeddedEcs ecs;
    private final EcsClient client;
    private final Path folder;

    Endpoint(Path folder, UnaryOperator<EmbeddedEcsOptions> options) throws IOException {
        this.folder = folder;
        this.ecs = EmbeddedEcs.start(options.apply(EmbeddedEcsOptions.in(folder)));
        this.client = client(ecs);
        client.createCluster(r -> r.clusterName(CLUSTER));
    }

    static EcsClient client(EmbeddedEcs ecs) {
        return EcsClient.builder()
                .endpointOverride(ecs.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "y")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    EcsClient client() {
        return client;
    }

    EmbeddedEcs ecs() {
        return ecs;
    }

    Path folder() {
        return folder;
    }

    /** A task that ends at once when it is told to. */
    String register(String family) {
        return register(family, c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 300 & wait"));
    }

    String register(String family, Consumer<ContainerDefinition.Builder> container) {
        ContainerDefinition.Builder builder =
                ContainerDefinition.builder().name("app").image("local").essential(true);
        container.accept(builder);
        return client.registerTaskDefinition(r -> r.family(family).containerDefinitions(builder.build()))
                .taskDefinition()
                .taskDefinitionArn();
    }

    /** A task that serves HTTP: see {@link TinyTask}. */
    String registerHttp(String family, Map<String, String> environment) {
        return register(family, c -> c.entryPoint(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .command(TinyTask.class.getName())
                .environment(environment.entrySet().stream()
                        .map(e -> KeyValuePair.builder()
                                .name(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList())
                .portMappings(
                        PortMapping.builder().name("http").containerPort(8080).build()));
    }

    Service create(String service, String definition, int desired) {
        return create(service, definition, desired, r -> {});
    }

    Service create(String service, String definition, int desired, Consumer<CreateServiceRequest.Builder> more) {
        client.createService(r -> {
            r.cluster(CLUSTER).serviceName(service).taskDefinition(definition).desiredCount(desired);
            more.accept(r);
        });
        return awaitStable(service);
    }

    Service service(String name) {
        return client.describeServices(r -> r.cluster(CLUSTER).services(name))
                .services()
                .getFirst();
    }

    /** What {@code aws ecs wait services-stable} waits for, and that the deployment has completed. */
    Service awaitStable(String name) {
        return Await.until(
                "service " + name + " stable",
                () -> service(name),
                s -> s.deployments().size() == 1
                        && s.runningCount().equals(s.desiredCount())
                        && s.deployments().getFirst().rolloutState() == DeploymentRolloutState.COMPLETED);
    }

    List<Task> tasks(String service) {
        return tasks(service, DesiredStatus.RUNNING);
    }

    List<Task> tasks(String service, DesiredStatus status) {
        List<String> arns = client.listTasks(
                        r -> r.cluster(CLUSTER).serviceName(service).desiredStatus(status))
                .taskArns();
        return arns.isEmpty()
                ? List.of()
                : client.describeTasks(r -> r.cluster(CLUSTER).tasks(arns)).tasks();
    }

    Task task(String arn) {
        return client.describeTasks(r -> r.cluster(CLUSTER).tasks(arn)).tasks().getFirst();
    }

    Task awaitStopped(String arn) {
        return Await.until("task stopped", () -> task(arn), t -> t.lastStatus().equals("STOPPED"));
    }

    List<String> running(String service) {
        return tasks(service).stream()
                .filter(t -> t.lastStatus().equals("RUNNING"))
                .map(Task::taskArn)
                .toList();
    }

    static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    Path taskFolder(Task task) {
        return folder.resolve("tasks").resolve(id(task.taskArn()));
    }

    @Override
    public void close() {
        client.close();
        ecs.close();
    }
}
