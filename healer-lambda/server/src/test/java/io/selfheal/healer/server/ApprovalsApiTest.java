package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsApiTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");

    private final HttpClient browser = HttpClient.newHttpClient();

    private static RunningHealer healer(Path directory) throws IOException {
        String policy = Files.readString(Path.of("src/test/resources/policy.yaml"))
                .replace("mode: act", "mode: act\n    approval: [restart-task]");
        Path file = Files.writeString(directory.resolve("policy.yaml"), policy);
        return RunningHealer.with(Map.of(
                "test.paper", "true",
                "healer.probe.enabled", "false",
                "healer.policy", file.toString(),
                "healer.approval.key", KEY,
                "healer.approval.public-url", "https://healer.example/"));
    }

    private static Optional<String> detail(RunningHealer healer, String reason) {
        JsonNode incidents = healer.json("/incidents?service=order").path("incidents");
        String id = incidents.path(0).path("id").asText();
        JsonNode timeline = healer.json("/incidents/" + id).path("timeline");
        return StreamSupport.stream(timeline.spliterator(), false)
                .filter(entry -> entry.path("reason").asText().equals(reason))
                .map(entry -> entry.path("detail").asText())
                .findFirst();
    }

    /** As a person's browser would: without a token. */
    private HttpResponse<String> send(RunningHealer healer, String method, String link) throws Exception {
        URI address =
                URI.create(link.replace("https://healer.example", healer.uri("").toString()));
        return browser.send(
                HttpRequest.newBuilder(address)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void givenAnActionThatTakesAYes_whenAPersonFollowsTheLink_thenItIsDoneOnce(@TempDir Path directory)
            throws Exception {
        try (RunningHealer healer = healer(directory)) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            TaskId victim = fleet.tasksOf(fleet.service("order", 3)).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing("order", victim.arn()));
            Await.until("somebody is asked", () -> detail(healer, "APPROVAL_REQUIRED")
                    .isPresent());
            String said = detail(healer, "APPROVAL_REQUIRED").orElseThrow();
            String link = said.substring(said.indexOf("https://"));
            assertThat(said).doesNotContain(KEY);

            HttpResponse<String> page = send(healer, "GET", link);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("restart-task", victim.arn(), "<form method=\"post\">");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(fleet.tasksOf(ORDER)).as("looking changes nothing").contains(victim);

            HttpResponse<String> forged = send(healer, "POST", link.replace("attempt=1", "attempt=2"));
            assertThat(forged.statusCode()).isEqualTo(403);
            assertThat(forged.body()).contains("FORGED");
            assertThat(send(healer, "POST", link.replace("action=", "action=x")).statusCode())
                    .isEqualTo(400);

            assertThat(send(healer, "POST", link).statusCode()).isEqualTo(200);
            healer.awaitIncident("order", "RESOLVED");
            assertThat(fleet.tasksOf(ORDER)).doesNotContain(victim);
            assertThat(detail(healer, "APPROVED").orElse("")).contains("approved by link, from 127.0.0.1");
            HttpResponse<String> late = send(healer, "POST", link);
            assertThat(late.statusCode()).isEqualTo(410);
            assertThat(late.body()).contains("the incident is over");
        }
    }
}
