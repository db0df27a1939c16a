package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.EcsWire.Verdict;
import io.selfheal.healer.server.stage.TestFleet;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.server.stage.Webhooks.Sick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, with the real store, the real ECS adapter and tasks that are real processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealingTest {

    private final TestFleet fleet;

    HealingTest(@TempDir Path state) throws IOException {
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "none");
        System.setProperty("aws.secretAccessKey", "none");
        fleet = new TestFleet(state);
        System.setProperty("aws.endpointUrlEcs", fleet.endpoint().toString());
    }

    @BeforeAll
    void run() {
        fleet.run("order", 2);
    }

    @AfterEach
    void release() {
        fleet.wire().release();
    }

    @AfterAll
    void stop() {
        fleet.close();
        List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrlEcs")
                .forEach(System::clearProperty);
    }

    @Test
    void givenASickTask_whenAlertmanagerTells_thenItIsReplacedAndTheIncidentCostsFourWritesAtMost() throws IOException {
        try (RunningHealer healer = RunningHealer.with(Map.of("healer.probe.interval", "PT0.1S"))) {
            String victim = fleet.running("order").getFirst();
            fleet.makeSick(victim);
            String webhook = Webhooks.firing("order", victim);

            assertThat(healer.post("/signals/alertmanager", webhook).statusCode())
                    .isEqualTo(202);
            assertThat(healer.post("/signals/alertmanager", webhook).statusCode())
                    .isEqualTo(202);
            JsonNode incident = healer.awaitIncident("order", "RESOLVED");

            assertThat(stops(victim)).isEqualTo(1);
            assertThat(fleet.running("order")).hasSize(2).doesNotContain(victim);
            assertThat(incident.path("timeline"))
                    .extracting(entry -> entry.path("event").asText())
                    .containsSubsequence("SIGNAL", "ACT", "ACTED", "RESOLVE");
            assertThat(incident.path("action").path("kind").asText()).isEqualTo("restart-task");
            assertThat(incident.path("action").path("task").asText()).isEqualTo(victim);
            assertThat(healer.metric("healer_store_writes_total")).isBetween(1.0, 4.0);
            assertThat(healer.metric("healer_actions_total{kind=\"restart-task\",outcome=\"accepted\"}"))
                    .isEqualTo(1);
            assertThat(healer.metric("healer_act_seconds_count")).isEqualTo(1);
            assertThat(healer.metric("healer_repair_seconds_count")).isEqualTo(1);
            assertThat(healer.metric("healer_fleet_tasks{service_name=\"order\",state=\"desired\"}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void givenASickTaskAndNoMonitoring_whenTheHealerProbes_thenItIsReplaced() throws IOException {
        try (RunningHealer healer = RunningHealer.with(Map.of("healer.probe.interval", "PT0.1S"))) {
            String victim = fleet.running("order").getFirst();
            fleet.makeSick(victim);

            JsonNode incident = healer.awaitIncident("order", "RESOLVED");

            assertThat(stops(victim)).isEqualTo(1);
            assertThat(incident.path("alerts").path(0).path("source").asText()).isEqualTo("probe");
        }
    }

    @Test
    void givenEcsCannotBeRead_whenAnAlertComes_thenNothingIsDoneUntilItCan() throws IOException {
        fleet.wire().rule(call -> call.operation().equals("StopTask") ? Verdict.PASS : Verdict.FAIL);
        try (RunningHealer healer = RunningHealer.with(Map.of("healer.probe.enabled", "false"))) {
            String victim = fleet.running("order").getFirst();
            fleet.makeSick(victim);

            healer.post("/signals/alertmanager", Webhooks.firing("order", victim));
            Await.until(
                    "the healer says that it does not know",
                    () -> healer.metric("healer_refusals_total{reason=\"FACTS_UNKNOWN\"}") > 0);
            assertThat(stops(victim)).isZero();

            fleet.wire().release();
            healer.awaitIncident("order", "RESOLVED");
            assertThat(stops(victim)).isEqualTo(1);
        }
    }

    @Test
    void givenNoProbeAndAStabilisationOfSeconds_whenTheTaskIsReplaced_thenThatItHelpedIsStillProven(
            @TempDir Path policies) throws IOException {
        String quick = Files.readString(Path.of("src/test/resources/policy.yaml"));
        String slow = quick.replace("stabilisation: PT0.5S", "stabilisation: PT4S");
        assertThat(slow).isNotEqualTo(quick);
        Path policy = Files.writeString(policies.resolve("slow.yaml"), slow);
        try (RunningHealer healer =
                RunningHealer.with(Map.of("healer.probe.enabled", "false", "healer.policy", policy.toString()))) {
            String victim = fleet.running("order").getFirst();
            fleet.makeSick(victim);

            healer.post("/signals/alertmanager", Webhooks.firing("order", victim));
            JsonNode incident = healer.awaitIncident("order", "RESOLVED");

            assertThat(stops(victim)).isEqualTo(1);
            assertThat(incident.path("timeline"))
                    .extracting(entry -> entry.path("reason").asText())
                    .contains("VERIFIED");
        }
    }

    @Test
    void givenEcsThrottles_whenActing_thenRetriesAreBoundedAndTheTaskIsStoppedOnce() throws IOException {
        AtomicInteger throttled = new AtomicInteger();
        fleet.wire()
                .rule(call -> call.operation().equals("StopTask") && throttled.incrementAndGet() <= 2
                        ? Verdict.THROTTLE
                        : Verdict.PASS);
        try (RunningHealer healer = RunningHealer.with(Map.of("healer.probe.enabled", "false"))) {
            String victim = fleet.running("order").getFirst();
            fleet.makeSick(victim);

            healer.post("/signals/alertmanager", Webhooks.firing(List.of(new Sick("order", victim, Instant.now()))));
            healer.awaitIncident("order", "RESOLVED");

            assertThat(throttled).hasValue(3);
            assertThat(fleet.running("order")).hasSize(2).doesNotContain(victim);
        }
    }

    @Test
    void givenEcsRefusesToStopAnything_whenActing_thenRetriesEndAndAHumanIsCalled() throws IOException {
        fleet.wire().rule(call -> call.operation().equals("StopTask") ? Verdict.FAIL : Verdict.PASS);
        try (RunningHealer healer = RunningHealer.with(Map.of("healer.probe.enabled", "false"))) {
            String victim = fleet.running("order").getFirst();
            fleet.makeSick(victim);

            healer.post("/signals/alertmanager", Webhooks.firing("order", victim));
            JsonNode incident = healer.awaitIncident("order", "ESCALATED");

            assertThat(stops(victim)).isBetween(1L, 10L);
            assertThat(incident.path("timeline"))
                    .extracting(entry -> entry.path("event").asText())
                    .contains("FAILED", "ESCALATE");
            assertThat(healer.metric("healer_actions_total{kind=\"restart-task\",outcome=\"failed\"}"))
                    .isPositive();
        } finally {
            fleet.wire().release();
            fleet.running("order")
                    .forEach(task -> fleet.call("StopTask", Map.of("cluster", TestFleet.CLUSTER, "task", task)));
            Await.until("two tasks run again", () -> fleet.running("order").size() == 2);
        }
    }

    private long stops(String task) {
        return fleet.wire().calls("StopTask").stream()
                .filter(call -> call.body().contains(task))
                .count();
    }
}
