package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchesApiTest {

    private static final ServiceId PAUSED = new ServiceId("selfheal", "paused");

    private final RunningHealer healer = RunningHealer.onPaper();
    private final SimulatedFleet fleet = healer.bean(SimulatedFleet.class);

    @AfterAll
    void stop() {
        healer.close();
    }

    @Test
    void givenAPausedService_whenItFallsSick_thenNothingIsDoneUntilItIsResumed() {
        TaskId victim = fleet.tasksOf(fleet.service("paused", 3)).getFirst();
        HttpResponse<String> paused = healer.post(
                "/pause",
                "{\"scope\":\"selfheal/paused\",\"reason\":\"rehearsal\",\"ttl\":\"PT10M\",\"owner\":\"ann\"}");
        assertThat(paused.statusCode()).isEqualTo(200);

        healer.post("/signals/alertmanager", Webhooks.firing("paused", victim.arn()));
        Await.until("the refusal is counted", () -> healer.metric("healer_refusals_total{reason=\"PAUSED\"}") > 0);
        assertThat(fleet.tasksOf(PAUSED)).contains(victim);

        assertThat(healer.post("/resume", "{\"scope\":\"paused\"}").body())
                .isEqualTo("{\"scope\":\"selfheal/paused\",\"resumed\":true}");
        healer.awaitIncident("paused", "RESOLVED");
        assertThat(fleet.tasksOf(PAUSED)).doesNotContain(victim);
    }

    @Test
    void givenAKillSwitch_whenListingPauses_thenItShowsWhoWhyAndUntilWhen() {
        healer.post("/pause", "{\"scope\":\"all\",\"reason\":\"incident 7\",\"ttl\":\"P30D\"}");

        JsonNode pause = healer.json("/pauses").path("pauses").path(0);
        healer.post("/resume", "{\"scope\":\"all\"}");

        assertThat(pause.path("scope").asText()).isEqualTo("all");
        assertThat(pause.path("reason").asText()).isEqualTo("incident 7");
        assertThat(Duration.between(
                        Instant.parse(pause.path("since").asText()),
                        Instant.parse(pause.path("until").asText())))
                .isEqualTo(Duration.ofDays(30));
        assertThat(healer.post("/resume", "{\"scope\":\"all\"}").body()).contains("\"resumed\":false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"reason":"r","ttl":"PT1M"}                              | scope
            {"scope":"all","ttl":"PT1M"}                             | reason
            {"scope":"all","reason":" ","ttl":"PT1M"}                | reason
            {"scope":"all","reason":"r"}                             | ttl
            {"scope":"all","reason":"r","ttl":"an hour"}             | ttl
            {"scope":"all","reason":"r","ttl":"PT0S"}                | ttl
            {"scope":"all","reason":"r","ttl":"P31D"}                | ttl
            {"scope":"/","reason":"r","ttl":"PT1M"}                  | service
            {"scope":{"a":1},"reason":"r","ttl":"PT1M"}              | body
            []                                                       | body
            {"scope":                                                | JSON
            """)
    void givenAPauseThatCannotBe_whenPosting_then400SaysWhichField(String body, String word) {
        HttpResponse<String> response = healer.post("/pause", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningHealer.tree(response).path("detail").asText()).contains(word);
        assertThat(healer.json("/pauses").path("pauses")).isEmpty();
    }
}
