package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.EcsWire.Verdict;
import io.selfheal.healer.server.stage.HealerProcess;
import io.selfheal.healer.server.stage.TestFleet;
import io.selfheal.healer.server.stage.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at each point of an incident, then another healer on the same store: no second restart, no lost incident. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledHealerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestFleet fleet;
    private final Path folder;

    KilledHealerTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        fleet = new TestFleet(folder.resolve("ecs"));
    }

    @BeforeAll
    void run() {
        fleet.run("order", 2);
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    void givenKilledBeforeAnythingWasDecided_whenStartedAgain_thenTheIncidentIsHealed() throws IOException {
        String store = "story-1";
        // Facts cannot be read: the alert is stored, and nothing can be decided before the kill.
        fleet.wire().rule(call -> Verdict.FAIL);
        String victim = sickTask();
        try (HealerProcess healer = launch(store).awaitReady()) {
            assertThat(healer.post("/signals/alertmanager", Webhooks.firing("order", victim))
                            .statusCode())
                    .isEqualTo(202);
            healer.kill();
        }
        fleet.wire().release();

        assertHealedByTheNext(store, victim);
    }

    @Test
    void givenKilledAfterTheClaimAndBeforeEcsHeardOfIt_whenStartedAgain_thenItIsNeverActedOnBlindly()
            throws IOException {
        String store = "story-2";
        fleet.wire().rule(call -> call.operation().equals("StopTask") ? Verdict.HOLD_BEFORE : Verdict.PASS);
        String victim = sickTask();
        killedInStopTask(store, victim);

        // The stop never arrived, which the next healer cannot know: it verifies, and then hands over to a human.
        try (HealerProcess next = launch(store).awaitReady()) {
            Await.until(() -> "the next healer takes it on: " + next.log(), () -> next.log()
                    .contains("LEASE_EXPIRED"));
        }
        assertThat(stops(victim)).isEqualTo(1);
        fleet.call("StopTask", Map.of("cluster", TestFleet.CLUSTER, "task", victim));

        assertHealedByTheNext(store, victim);
    }

    @Test
    void givenKilledAfterEcsStoppedTheTaskAndBeforeItWasSaved_whenStartedAgain_thenThereIsNoSecondStop()
            throws IOException {
        String store = "story-3";
        fleet.wire().rule(call -> call.operation().equals("StopTask") ? Verdict.HOLD_AFTER : Verdict.PASS);
        String victim = sickTask();
        killedInStopTask(store, victim);

        assertHealedByTheNext(store, victim);
    }

    @Test
    void givenKilledWhileVerifying_whenStartedAgain_thenThereIsNoSecondStop() throws IOException {
        String store = "story-4";
        String victim = sickTask();
        try (HealerProcess healer = launch(store).awaitReady()) {
            assertThat(healer.post("/signals/alertmanager", Webhooks.firing("order", victim))
                            .statusCode())
                    .isEqualTo(202);
            Await.until(() -> "it verifies: " + healer.log(), () -> healer.log().contains("ACTION_ACCEPTED"));
            healer.kill();
        }

        assertHealedByTheNext(store, victim);
    }

    private void killedInStopTask(String store, String victim) {
        try (HealerProcess healer = launch(store).awaitReady()) {
            assertThat(healer.post("/signals/alertmanager", Webhooks.firing("order", victim))
                            .statusCode())
                    .isEqualTo(202);
            Await.until(() -> "StopTask is on its way: " + healer.log(), () -> stops(victim) == 1);
            healer.kill();
        }
        fleet.wire().release();
    }

    private void assertHealedByTheNext(String store, String victim) {
        try (HealerProcess next = launch(store).awaitReady()) {
            Await.until(() -> "it is healed: " + next.get("/incidents") + next.log(), () -> allOver(next));
            assertThat(stops(victim)).isEqualTo(1);
        }
        Await.until("two tasks run", () -> fleet.running("order").size() == 2);
        assertThat(fleet.running("order")).doesNotContain(victim);
    }

    private static boolean allOver(HealerProcess healer) {
        JsonNode incidents =
                read(healer.get("/incidents?service=order").orElse("{}")).path("incidents");
        return !incidents.isEmpty()
                && incidents
                        .valueStream()
                        .allMatch(it -> it.path("state").asText().equals("RESOLVED"));
    }

    private String sickTask() throws IOException {
        String victim = fleet.running("order").getFirst();
        fleet.makeSick(victim);
        return victim;
    }

    private HealerProcess launch(String store) {
        return HealerProcess.launch(
                folder,
                Map.of(
                        "AWS_ENDPOINT_URL_ECS",
                        fleet.endpoint().toString(),
                        // A store of its own for each story: budgets outlive the healer, as they should.
                        "HEALER_JDBC_URL",
                        "jdbc:h2:file:" + folder.resolve(store),
                        "HEALER_PROBE_ENABLED",
                        "false",
                        "HEALER_PROBE_GRACE",
                        "PT0.5S",
                        "HEALER_STANDBY",
                        "PT0.2S",
                        "HEALER_TICK",
                        "PT0.05S"));
    }

    private long stops(String task) {
        return fleet.wire().calls("StopTask").stream()
                .filter(call -> call.body().contains(task))
                .count();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
