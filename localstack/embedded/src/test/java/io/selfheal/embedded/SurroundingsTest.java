package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.selfheal.embedded.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.ServiceConnectClientAlias;
import software.amazon.awssdk.services.ecs.model.ServiceConnectConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceConnectService;
import software.amazon.awssdk.services.ecs.model.Task;

/** What surrounds the tasks: environment, targets, Service Connect, metadata, events, injected faults. */
class SurroundingsTest {
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    SurroundingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aTaskIsReachableWhereTheApiAndTheTargetFileSay() throws Exception {
        int alias = FreePort.find();
        try (Endpoint endpoint = new Endpoint(folder, o -> o.withSettle(Duration.ofMillis(10)))) {
            String definition = endpoint.registerHttp("web", Map.of("OTEL_RESOURCE_ATTRIBUTES", "a=b"));
            endpoint.create("web", definition, 2, r -> r.serviceConnectConfiguration(connect(alias)));
            Task task = endpoint.tasks("web").getFirst();
            NetworkBinding binding =
                    task.containers().getFirst().networkBindings().getFirst();
            String id = Endpoint.id(task.taskArn());

            assertThat(binding.bindIP()).isEqualTo("127.0.0.1");
            assertThat(binding.containerPort()).isEqualTo(8080);
            assertThat(awaitAnswer(binding.hostPort(), "PORT")).isEqualTo(Integer.toString(binding.hostPort()));
            assertThat(awaitAnswer(binding.hostPort(), "PORT_http")).isEqualTo(Integer.toString(binding.hostPort()));
            assertThat(awaitAnswer(binding.hostPort(), "OTEL_RESOURCE_ATTRIBUTES"))
                    .isEqualTo("a=b,service.instance.id=" + id + ",aws.ecs.task.arn=" + task.taskArn());
            String metadata = awaitAnswer(binding.hostPort(), "ECS_CONTAINER_METADATA_URI_V4");
            assertThat(get(URI.create(metadata + "/task"))).contains(task.taskArn(), "\"ServiceName\":\"web\"");
            assertThat(get(URI.create(metadata))).contains("\"Name\":\"app\"");
            assertThat(targets(endpoint))
                    .contains(
                            "{\"targets\":[\"127.0.0.1:%d\"],\"labels\":{\"service_name\":\"web\",\"cluster\":\"selfheal\",\"task_arn\":\"%s\",\"task_definition\":\"web:1\"}}"
                                    .formatted(binding.hostPort(), task.taskArn()));
            awaitBothAnswer(alias);

            endpoint.client().stopTask(r -> r.cluster(CLUSTER).task(task.taskArn()));

            assertThat(targets(endpoint)).doesNotContain(task.taskArn());
            for (int i = 0; i < 20; i++) {
                assertThat(awaitAnswer(alias, "OTEL_RESOURCE_ATTRIBUTES")).doesNotContain(id);
            }
        }
    }

    @Test
    void aServiceConnectPortThatIsTakenOrUnknownIsRefused() throws Exception {
        try (Endpoint endpoint = new Endpoint(folder, o -> o);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint.registerHttp("web", Map.of());

            assertThatExceptionOfType(InvalidParameterException.class)
                    .isThrownBy(() -> endpoint.client().createService(r -> r.cluster(CLUSTER)
                            .serviceName("web")
                            .taskDefinition("web")
                            .desiredCount(1)
                            .serviceConnectConfiguration(connect(taken.getLocalPort()))))
                    .withMessageContaining("cannot listen on port " + taken.getLocalPort());
            assertThat(endpoint.client().listServices(r -> r.cluster(CLUSTER)).serviceArns())
                    .isEmpty();
            endpoint.register("portless");
            assertThatExceptionOfType(InvalidParameterException.class)
                    .isThrownBy(() -> endpoint.client().createService(r -> r.cluster(CLUSTER)
                            .serviceName("web")
                            .taskDefinition("portless")
                            .desiredCount(1)
                            .serviceConnectConfiguration(connect(1))))
                    .withMessageContaining("portName http");
        }
    }

    @Test
    void eventsReachTheWebhookInOrderAndAreRetried() throws Exception {
        List<JsonNode> events = new CopyOnWriteArrayList<>();
        List<String> tokens = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/signals/ecs", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                boolean refuse = calls.incrementAndGet() <= 2;
                if (!refuse) {
                    events.add(Json.parse(body).json());
                    tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                }
                exchange.sendResponseHeaders(refuse ? 503 : 202, -1);
            }
        });
        sink.start();
        URI url = URI.create("http://127.0.0.1:" + sink.getAddress().getPort() + "/signals/ecs");
        try (Endpoint endpoint = new Endpoint(
                folder, o -> o.withSettle(Duration.ofMillis(10)).withEvents(List.of(url), Optional.of("secret")))) {
            endpoint.create("order", endpoint.register("order"), 1);
            String victim = endpoint.running("order").getFirst();
            endpoint.client().stopTask(r -> r.cluster(CLUSTER).task(victim));
            Await.until("stopped event", () -> events.stream()
                    .anyMatch(e -> e.path("detail").path("lastStatus").asText().equals("STOPPED")));

            assertThat(tokens).containsOnly("Bearer secret");
            assertThat(events).allSatisfy(e -> {
                assertThat(e.path("source").asText()).isEqualTo("aws.ecs");
                assertThat(e.path("version").asText()).isEqualTo("0");
            });
            List<JsonNode> life = events.stream()
                    .filter(e -> e.path("detail").path("taskArn").asText().equals(victim))
                    .map(e -> e.path("detail"))
                    .toList();
            assertThat(life.stream().map(d -> d.path("lastStatus").asText()).distinct())
                    .containsSubsequence("PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPED");
            assertThat(life.stream().map(d -> d.path("version").asLong()))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(life.getLast().path("stopCode").asText()).isEqualTo("UserInitiated");
            assertThat(life.getLast().path("group").asText()).isEqualTo("service:order");
            assertThat(life.getLast().path("stoppedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            assertThat(names(events))
                    .contains("SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED", "SERVICE_STEADY_STATE");
        } finally {
            sink.stop(0);
        }
    }

    @Test
    void apiTroubleCanBeInjected() throws Exception {
        try (Endpoint endpoint = new Endpoint(folder, EmbeddedEcsOptions::withFaults)) {
            inject(endpoint, "{\"operation\":\"ListTasks\",\"error\":\"ThrottlingException\",\"count\":2}");
            // The SDK tries again by itself.
            assertThat(endpoint.client().listTasks(r -> r.cluster(CLUSTER)).taskArns())
                    .isEmpty();

            inject(endpoint, "{\"operation\":\"ListTasks\",\"error\":\"AccessDeniedException\"}");
            assertThatExceptionOfType(EcsException.class)
                    .isThrownBy(() -> endpoint.client().listTasks(r -> r.cluster(CLUSTER)))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));

            inject(endpoint, "{\"operation\":\"CreateCluster\",\"error\":\"ClientException\",\"applied\":true}");
            assertThatExceptionOfType(EcsException.class)
                    .isThrownBy(() -> endpoint.client().createCluster(r -> r.clusterName("made")));
            assertThat(endpoint.client().listClusters().clusterArns()).anyMatch(arn -> arn.endsWith("/made"));

            inject(endpoint, "{\"operation\":\"*\",\"error\":\"ConnectionReset\",\"delay\":\"PT0.05S\"}");
            assertThat(endpoint.client().listClusters().clusterArns()).hasSize(2);
            assertThat(inject(endpoint, "{\"operation\":\"StopTask\"}")).contains("InvalidParameterException");
            assertThat(inject(endpoint, "{\"delay\":\"soon\"}")).contains("InvalidParameterException");
        }
    }

    private String inject(Endpoint endpoint, String fault) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint.ecs().uri().resolve("/_embedded/faults"))
                .POST(BodyPublishers.ofString(fault))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static Set<String> names(List<JsonNode> events) {
        Set<String> names = new HashSet<>();
        events.forEach(e -> names.add(e.path("detail").path("eventName").asText()));
        return names;
    }

    private static ServiceConnectConfiguration connect(int port) {
        return ServiceConnectConfiguration.builder()
                .enabled(true)
                .services(ServiceConnectService.builder()
                        .portName("http")
                        .clientAliases(
                                ServiceConnectClientAlias.builder().port(port).build())
                        .build())
                .build();
    }

    private void awaitBothAnswer(int alias) {
        Set<String> seen = new HashSet<>();
        Await.until("both tasks answer behind the alias", () -> {
            seen.add(awaitAnswer(alias, "ECS_CONTAINER_METADATA_URI_V4"));
            return seen.size() == 2;
        });
    }

    private String awaitAnswer(int port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/" + path);
        return Await.until(
                        "answer of " + uri,
                        () -> {
                            try {
                                return Optional.of(get(uri));
                            } catch (IOException e) {
                                return Optional.<String>empty();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private String get(URI uri) throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static String targets(Endpoint endpoint) throws IOException {
        return Files.readString(endpoint.folder().resolve("targets").resolve("targets.json"));
    }
}
