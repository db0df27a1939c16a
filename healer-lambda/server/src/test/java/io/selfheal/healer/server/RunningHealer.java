package io.selfheal.healer.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.HttpMethodMapping;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.wiring.HealerLifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The whole server in this process, on a free port. */
final class RunningHealer implements AutoCloseable {

    static final String TOKEN = "correct-horse-battery-staple";
    static final String OPERATOR = "a-token-that-only-people-have";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApplicationContext context;
    private final HealerLifecycle lifecycle;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String operator;

    private RunningHealer(ApplicationContext context) {
        this.context = context;
        String people = context.getBean(HealerConfiguration.class).operatorToken();
        this.operator = people.isEmpty() ? TOKEN : people;
        context.getBean(Policies.class);
        this.lifecycle = context.getBean(HealerLifecycle.class);
        this.address = lifecycle.start();
    }

    /** With a fleet on paper, a store that can be taken away, and no eyes of its own. */
    static RunningHealer onPaper() {
        return with(Map.of("test.paper", "true", "test.brittle", "true", "healer.probe.enabled", "false"));
    }

    static RunningHealer with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "healer.token",
                TOKEN,
                "healer.port",
                "0",
                "healer.policy",
                "src/test/resources/policy.yaml",
                "healer.jdbc.url",
                "jdbc:h2:mem:" + UUID.randomUUID(),
                "healer.engine.tick",
                "PT0.05S",
                "healer.probe.grace",
                "PT0.5S",
                "healer.engine.standby",
                "PT0.2S"));
        all.putAll(settings);
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(all)
                .build();
        try {
            return new RunningHealer(context.start());
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The paths that this module's controllers serve. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (BeanDefinition<?> controller : context.getBeanDefinitions(Qualifiers.byStereotype(Controller.class))) {
            if (controller.getBeanType().getPackageName().startsWith("io.selfheal")) {
                String base = controller.stringValue(Controller.class).orElse("");
                controller.getExecutableMethods().stream()
                        .map(method ->
                                method.stringValue(HttpMethodMapping.class).orElse("/"))
                        .map(path -> path.equals("/") && !base.isEmpty() ? base : base.replaceAll("/$", "") + path)
                        .forEach(routes::add);
            }
        }
        return routes;
    }

    URI uri(String path) {
        return address.resolve(path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    JsonNode json(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return tree(response);
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, byte[] body) {
        return send(authorised(path).POST(BodyPublishers.ofByteArray(body)));
    }

    /** As who should ask it: monitoring sends signals, people everything else. */
    HttpRequest.Builder authorised(String path) {
        return withToken(path, path.startsWith("/signals/") ? TOKEN : operator);
    }

    HttpRequest.Builder withToken(String path, String token) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of a series, written as it is scraped; 0 where there is none. */
    double metric(String series) {
        return get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The newest incident of the service, with its timeline, once it is in the state. */
    JsonNode awaitIncident(String service, String state) {
        Await.until(
                () -> service + " " + state + ": " + get("/incidents").body(),
                () -> json("/incidents?service=" + service + "&state=" + state)
                                .path("incidents")
                                .size()
                        > 0);
        String id = json("/incidents?service=" + service + "&state=" + state)
                .path("incidents")
                .path(0)
                .path("id")
                .asText();
        return json("/incidents/" + id);
    }

    static JsonNode tree(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        lifecycle.stop();
        context.stop();
    }
}
