package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.server.stage.Webhooks.Sick;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One thousand alerts at once: none is lost, and no budget is overspent. */
class StormTest {

    private static final int SERVICES = 50;
    private static final int TASKS = 20;
    /** As policy.yaml has it. */
    private static final int GLOBAL_BUDGET = 5;

    @Test
    void givenAThousandAlertsInManyWebhooksAtOnce_whenPosted_thenNoneIsLostAndTheBudgetHolds() throws Exception {
        try (RunningHealer healer = RunningHealer.onPaper();
                ExecutorService senders = Executors.newFixedThreadPool(16)) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            List<Future<Integer>> answers = new ArrayList<>();
            for (Sick alert : storm(fleet)) {
                String webhook = Webhooks.firing(List.of(alert));
                answers.add(senders.submit(
                        () -> healer.post("/signals/alertmanager", webhook).statusCode()));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(202);
            }

            assertNoneIsLost(healer);
            assertTheBudgetHeld(healer, fleet);
        }
    }

    @Test
    void givenAThousandAlertsInOneWebhook_whenPosted_thenNoneIsLostAndTheBudgetHolds() {
        try (RunningHealer healer = RunningHealer.onPaper()) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);

            assertThat(healer.post("/signals/alertmanager", Webhooks.firing(storm(fleet)))
                            .body())
                    .isEqualTo("{\"accepted\":1000,\"ignored\":0}");

            assertNoneIsLost(healer);
            assertTheBudgetHeld(healer, fleet);
        }
    }

    private static void assertNoneIsLost(RunningHealer healer) {
        Await.until(() -> "all alerts are kept: " + kept(healer), () -> kept(healer) == SERVICES * TASKS);
    }

    private static long kept(RunningHealer healer) {
        return healer.json("/incidents?limit=1000")
                .path("incidents")
                .valueStream()
                .mapToLong(incident -> incident.path("alerts").size())
                .sum();
    }

    private static void assertTheBudgetHeld(RunningHealer healer, SimulatedFleet fleet) {
        Await.until(
                "everything is decided on",
                () -> healer.metric("healer_open_incidents")
                        == healer.json("/incidents?limit=1000")
                                .path("incidents")
                                .valueStream()
                                .filter(incident ->
                                        !incident.path("state").asText().equals("RESOLVED"))
                                .count());
        assertThat(fleet.applied()).hasSizeLessThanOrEqualTo(GLOBAL_BUDGET);
        Map<ServiceId, Long> perService = fleet.applied().stream()
                .collect(Collectors.groupingBy(one -> one.action().service(), Collectors.counting()));
        assertThat(perService.values()).allMatch(count -> count <= 3);
    }

    private static List<Sick> storm(SimulatedFleet fleet) {
        Instant now = Instant.now();
        List<Sick> storm = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            ServiceId service = fleet.service("storm-" + i, TASKS);
            for (TaskId task : fleet.tasksOf(service)) {
                storm.add(new Sick(service.service(), task.arn(), now));
            }
        }
        return storm;
    }
}
