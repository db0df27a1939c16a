package io.selfheal.healer.aws;

import io.selfheal.embedded.EmbeddedEcs;
import io.selfheal.embedded.EmbeddedEcsOptions;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Predicate;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;

/** A real scheduler with real processes: the embedded endpoint, and a client to set it up and to look behind the fleet. */
final class TestCluster implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        ContainerDefinition app = ContainerDefinition.builder()
                .name("app")
                .entryPoint("sleep")
                .command("600")
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .build();
        ecs.registerTaskDefinition(request -> request.family("order").containerDefinitions(app));
    }

    EcsFleet fleet() {
        return fleet(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    EcsFleet fleet(Duration attempt, Duration call) {
        return new EcsFleet(
                EcsSettings.ofCluster("selfheal")
                        .at(endpoint.uri(), "us-east-1")
                        .within(attempt, call),
                InstantSource.fixed(NOW));
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
                throw new AssertionError("faults: HTTP " + answer.statusCode() + " " + answer.body());
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
