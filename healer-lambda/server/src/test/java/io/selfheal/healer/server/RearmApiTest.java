package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RearmApiTest {

    private static final String REARM = "{\"reason\":\"the switch is replaced\",\"owner\":\"ann\"}";

    private static RunningHealer healerWith(Path directory, String storm) throws IOException {
        String policy = Files.readString(Path.of("src/test/resources/policy.yaml"))
                .replaceFirst("storm: \\{.*}", "storm: {" + storm + "}");
        Path file = Files.writeString(directory.resolve("policy.yaml"), policy);
        return RunningHealer.with(
                Map.of("test.paper", "true", "healer.probe.enabled", "false", "healer.policy", file.toString()));
    }

    @Test
    void givenAStormThatAPersonEnds_whenItStands_thenNothingIsDoneUntilSomebodyRearms(@TempDir Path directory)
            throws IOException {
        try (RunningHealer healer = healerWith(directory, "services: 2, window: PT1M, hold: PT10S, rearm: human")) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            assertThat(healer.json("/storm").path("standing").isNull()).isTrue();
            for (String name : new String[] {"one", "two"}) {
                TaskId task = fleet.tasksOf(fleet.service(name, 3)).getFirst();
                healer.post("/signals/alertmanager", Webhooks.firing(name, task.arn()));
            }
            Await.until(
                    "the storm stands",
                    () -> !healer.json("/storm").path("standing").isNull());

            TaskId victim = fleet.tasksOf(fleet.service("three", 3)).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing("three", victim.arn()));
            Await.until("it is refused", () -> healer.metric("healer_refusals_total{reason=\"STORM\"}") > 0);
            assertThat(fleet.tasksOf(new ServiceId("selfheal", "three"))).contains(victim);

            assertThat(healer.post("/rearm", "{\"reason\":\"because\"}").statusCode())
                    .isEqualTo(400);
            assertThat(healer.post("/rearm", REARM).body()).isEqualTo("{\"rearmed\":true}");
            assertThat(healer.post("/rearm", REARM).body()).isEqualTo("{\"rearmed\":false}");
            assertThat(healer.json("/storm").path("last").path("owner").asText())
                    .isEqualTo("ann");
            healer.awaitIncident("three", "RESOLVED");
            assertThat(fleet.tasksOf(new ServiceId("selfheal", "three"))).doesNotContain(victim);
        }
    }

    @Test
    void givenStormsThatEndByThemselves_whenRearming_thenThatIsSaid(@TempDir Path directory) throws IOException {
        try (RunningHealer healer = healerWith(directory, "services: 2, rearm: auto")) {
            HttpResponse<String> answer = healer.post("/rearm", REARM);

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(RunningHealer.tree(answer).path("detail").asText()).contains("rearm: human");
        }
    }
}
