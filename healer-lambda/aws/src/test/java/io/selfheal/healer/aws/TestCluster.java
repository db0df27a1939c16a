package io.selfheal.healer.aws;

import io.selfheal.embedded.EmbeddedEcs;
import io.selfheal.embedded.EmbeddedEcsOptions;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;

/** A real scheduler with real processes: the embedded endpoint, and a client to set it up and to look behind the fleet. */
final class TestCluster implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final Pattern TARGET = Pattern.compile("<Port>(\\d+)</Port></Target>.*?<State>(\\w+)</State>");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The endpoint takes any number of calls, and who waits for a moment that passes must not be held up. */
    private static final EcsPace.Ticks UNPACED = new EcsPace.Ticks() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) {}
    };

    private final EmbeddedEcs endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    private final EcsClient ecs;

    TestCluster() throws IOException {
        // Not a folder that the test deletes: ended processes may still be written down while it does.
        Path folder = Path.of("target", "ecs", UUID.randomUUID().toString());
        endpoint = EmbeddedEcs.start(EmbeddedEcsOptions.in(folder).withFaults().withSettle(Duration.ofMillis(50)));
        ecs = EcsClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .build();
        ecs.createCluster(request -> request.clusterName("selfheal"));
        register("sleep");
    }

    private String register(String program) {
        ContainerDefinition app = ContainerDefinition.builder()
                .name("app")
                .entryPoint(program)
                .command("600")
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .build();
        return EcsWords.lastSegment(
                ecs.registerTaskDefinition(request -> request.family("order").containerDefinitions(app))
                        .taskDefinition()
                        .taskDefinitionArn());
    }

    /** The next revision, whose tasks run this script, which ends in a wait, and log to CloudWatch. */
    void registerLogging(String script, Map<String, String> options) {
        ContainerDefinition app = ContainerDefinition.builder()
                .name("app")
                .command("sh", "-c", script + "; exec sleep 600")
                .logConfiguration(logs -> logs.logDriver(LogDriver.AWSLOGS).options(options))
                .build();
        ecs.registerTaskDefinition(request -> request.family("order").containerDefinitions(app));
    }

    /** Deploys another revision, whose tasks run this program, and does not wait for it. Returns the revision. */
    String release(String program) {
        String revision = register(program);
        ecs.updateService(
                request -> request.cluster("selfheal").service("order").taskDefinition(revision));
        return revision;
    }

    /** Somebody else's hand. */
    void scale(int desired) {
        ecs.updateService(
                request -> request.cluster("selfheal").service("order").desiredCount(desired));
    }

    void stop(TaskId task) {
        ecs.stopTask(request -> request.cluster("selfheal").task(task.arn()));
    }

    /** The service behind a target group, whose ARN is returned. */
    String createOrderBehindLoadBalancer(int desired) {
        String answer = balancer("Action=CreateTargetGroup&Name=order&Protocol=HTTP&Port=8080&VpcId=vpc-1");
        String group = answer.replaceFirst("(?s).*<TargetGroupArn>(.*)</TargetGroupArn>.*", "$1");
        ecs.createService(request -> request.cluster("selfheal")
                .serviceName("order")
                .taskDefinition("order")
                .desiredCount(desired)
                .loadBalancers(LoadBalancer.builder()
                        .targetGroupArn(group)
                        .containerName("app")
                        .containerPort(8080)
                        .build()));
        return group;
    }

    /** The ports of the targets that get new connections. */
    Set<Integer> serving(String group) {
        return TARGET.matcher(balancer("Action=DescribeTargetHealth&TargetGroupArn="
                        + URLEncoder.encode(group, StandardCharsets.UTF_8)))
                .results()
                .filter(target -> target.group(2).equals("healthy"))
                .map(target -> Integer.valueOf(target.group(1)))
                .collect(Collectors.toSet());
    }

    private String balancer(String form) {
        return send(HttpRequest.newBuilder(endpoint.uri().resolve("/"))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("Version=2015-12-01&" + form)));
    }

    EcsFleet fleet() {
        return fleet(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    EcsFleet fleet(Duration attempt, Duration call) {
        EcsSettings settings = EcsSettings.ofCluster("selfheal")
                .at(endpoint.uri(), "us-east-1")
                .within(attempt, call);
        return new EcsFleet(settings, InstantSource.fixed(NOW), EcsClients.http(settings), UNPACED);
    }

    void createOrder(int desired) {
        ecs.createService(request -> request.cluster("selfheal")
                .serviceName("order")
                .taskDefinition("order")
                .desiredCount(desired));
    }

    Service order() {
        return ecs.describeServices(request -> request.cluster("selfheal").services("order"))
                .services()
                .getFirst();
    }

    /** Makes the next calls fail as AWS does; see the embedded endpoint's {@code /_embedded/faults}. */
    void fault(String json) {
        send(HttpRequest.newBuilder(faults()).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The faults that no call has used up yet. */
    String faultsLeft() {
        return send(HttpRequest.newBuilder(faults()).GET());
    }

    void clearFaults() {
        send(HttpRequest.newBuilder(faults()).DELETE());
    }

    /** Looks until the service is as wanted. */
    static ServiceState await(EcsFleet fleet, Predicate<ServiceState> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Fact<ServiceState> last = fleet.describe(ORDER);
        while (System.nanoTime() < deadline) {
            if (last instanceof Fact.Known<ServiceState>(ServiceState state, Instant at) && wanted.test(state)) {
                return state;
            }
            Thread.onSpinWait();
            last = fleet.describe(ORDER);
        }
        throw new AssertionError("not so within " + PATIENCE + ": " + last);
    }

    @Override
    public void close() {
        http.shutdownNow();
        ecs.close();
        endpoint.close();
    }

    private URI faults() {
        return endpoint.uri().resolve("/_embedded/faults");
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("HTTP " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
