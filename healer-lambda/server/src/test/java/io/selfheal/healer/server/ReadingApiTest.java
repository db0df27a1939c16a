package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingApiTest {

    private final RunningHealer healer = RunningHealer.onPaper();
    private final SimulatedFleet fleet = healer.bean(SimulatedFleet.class);

    @AfterAll
    void stop() {
        healer.close();
    }

    @Test
    void givenAHealedIncident_whenReadingIt_thenItsTimelineTellsWhatHappenedAndWhy() {
        TaskId victim = fleet.tasksOf(fleet.service("told", 3)).getFirst();
        healer.post("/signals/alertmanager", Webhooks.firing("told", victim.arn()));

        JsonNode incident = healer.awaitIncident("told", "RESOLVED");

        assertThat(incident.path("service")).hasToString("{\"cluster\":\"selfheal\",\"service\":\"told\"}");
        assertThat(incident.path("state").asText()).isEqualTo("RESOLVED");
        assertThat(List.of("openedAt", "updatedAt", "detectedAt", "actedAt", "healedAt"))
                .allSatisfy(field -> assertThat(incident.path(field).asText()).endsWith("Z"));
        assertThat(incident.path("alerts").path(0).path("source").asText()).isEqualTo("alertmanager");
        assertThat(incident.path("alerts").path(0).path("task").asText()).isEqualTo(victim.arn());
        JsonNode act = incident.path("timeline").path(1);
        assertThat(act.path("event").asText()).isEqualTo("ACT");
        assertThat(act.path("reason").asText()).isEqualTo("SICK_TASK");
        assertThat(act.path("detail").asText()).isNotBlank();
        assertThat(act.path("action").path("task").asText()).isEqualTo(victim.arn());
        assertThat(incident.path("timeline").path(0).path("action").isNull()).isTrue();
    }

    @Test
    void givenIncidents_whenListing_thenServiceStateAndLimitChoose() {
        for (String service : List.of("listed-a", "listed-b")) {
            TaskId victim = fleet.tasksOf(fleet.service(service, 3)).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing(service, victim.arn()));
            healer.awaitIncident(service, "RESOLVED");
        }

        assertThat(listed("?service=listed-a")).containsExactly("listed-a");
        assertThat(listed("?service=selfheal/listed-b")).containsExactly("listed-b");
        assertThat(listed("?state=resolved")).contains("listed-a", "listed-b");
        assertThat(listed("?state=ACTING")).isEmpty();
        assertThat(listed("?limit=1")).hasSize(1);
        assertThat(listed("?service=nobody")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /incidents?limit=0        | 400 | limit
            /incidents?limit=1001     | 400 | limit
            /incidents?limit=many     | 400 | limit
            /incidents?state=sleeping | 400 | state
            /incidents?service=/      | 400 | service
            /incidents/01-none        | 404 | 01-none
            /incidents/%2e%2e         | 404 | ..
            /nowhere                  | 404 | Not Found
            /pause                    | 405 | GET
            """)
    void givenABadQuestion_whenAsking_thenAProblemSaysWhatIsWrong(String path, int status, String word) {
        HttpResponse<String> response = healer.get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains(word);
    }

    @Test
    void whenReadingThePolicies_thenTheyAreShownWithDefaultsAndVersion() {
        JsonNode policies = healer.json("/policies");

        assertThat(policies.path("name").asText()).isEqualTo("test");
        assertThat(policies.path("version").asText()).matches("[0-9a-f]{8}");
        JsonNode policy = policies.path("policies").path(0);
        assertThat(policy.path("ladder").path(0).asText()).isEqualTo("restart-task");
        assertThat(policy.path("mode").asText()).isEqualTo("act");
        assertThat(policy.path("budgets").path(1).path("scope").asText()).isEqualTo("global");
        assertThat(policy.path("healthyFloor").path("percent").asInt()).isEqualTo(50);
    }

    @Test
    void whenReadingTheOpenApiDocument_thenItNamesEveryRoute() {
        String document = healer.get("/openapi").body();
        Set<String> routes = healer.routes();
        routes.remove("/openapi");

        assertThat(routes).contains("/signals/ecs", "/incidents/{id}", "/resume");
        assertThat(routes).allSatisfy(route -> assertThat(document).contains("\n  " + route + ":\n"));
        assertThat(document).contains("bearerAuth");
    }

    @Test
    void whenScraping_thenTheSeriesOfTheContractAreThereFromTheStart() {
        String scrape = healer.get("/prometheus").body();

        assertThat(List.of(
                        "healer_detect_seconds_bucket{le=\"0.1\"}",
                        "healer_act_seconds_bucket{le=\"0.1\"}",
                        "healer_repair_seconds_bucket{le=\"6.0\"}",
                        "healer_actions_total{kind=\"redeploy\",outcome=\"refused\"}",
                        "healer_refusals_total{reason=\"COOLDOWN\"}",
                        "healer_signals_total{source=\"ecs\"}",
                        "healer_open_incidents ",
                        "healer_store_writes_total "))
                .allSatisfy(series -> assertThat(scrape).contains(series));
    }

    @Test
    void givenReadsThatAreNotOpen_whenReadingWithoutToken_thenOnlyHealthMetricsAndApiDocumentAnswer() {
        try (RunningHealer closed = RunningHealer.with(
                Map.of("test.paper", "true", "healer.probe.enabled", "false", "healer.open-reads", "false"))) {
            assertThat(List.of("/incidents", "/incidents/x", "/policies", "/pauses"))
                    .allSatisfy(
                            path -> assertThat(closed.get(path).statusCode()).isEqualTo(401));
            assertThat(List.of("/health", "/health/liveness", "/prometheus", "/openapi"))
                    .allSatisfy(
                            path -> assertThat(closed.get(path).statusCode()).isEqualTo(200));
            assertThat(closed.send(closed.authorised("/incidents").GET()).statusCode())
                    .isEqualTo(200);
        }
    }

    private List<String> listed(String query) {
        return healer.json("/incidents" + query)
                .path("incidents")
                .valueStream()
                .map(incident -> incident.path("service").path("service").asText())
                .toList();
    }
}
