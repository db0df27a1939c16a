package io.selfheal.healer.server.bench;

import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.EcsWire.Call;
import io.selfheal.healer.server.stage.HealerProcess;
import io.selfheal.healer.server.stage.TestFleet;
import io.selfheal.healer.server.stage.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The healer's own share of healing: from the webhook being sent to StopTask arriving at the ECS endpoint, with the real
 * store, the real ECS adapter and tasks that are processes, in a healer with the flags it is run with.
 * See the README of this module for the command.
 */
public final class WebhookToStopBench {

    private static final int WARM_UP = 10;
    private static final int SERVICES = 3;

    private WebhookToStopBench() {}

    public static void main(String[] args) throws IOException {
        int samples = args.length == 0 ? 60 : Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("healer-bench");
        List<Duration> times = new ArrayList<>();
        try (TestFleet fleet = new TestFleet(folder.resolve("ecs"))) {
            for (int i = 0; i < SERVICES; i++) {
                fleet.run("bench-" + i, 2);
            }
            try (HealerProcess healer =
                    HealerProcess.launch(folder, environment(fleet)).awaitReady()) {
                for (int i = 0; i < WARM_UP + samples; i++) {
                    Duration time = heal(fleet, healer, "bench-" + i % SERVICES);
                    if (i >= WARM_UP) {
                        times.add(time);
                    }
                }
                report(times, healer, WARM_UP + samples);
            }
        }
    }

    private static Map<String, String> environment(TestFleet fleet) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_ECS",
                fleet.endpoint().toString(),
                "HEALER_POLICY",
                Path.of("src/test/resources/bench-policy.yaml").toAbsolutePath().toString(),
                // Its probe keeps the view of the fleet fresh, but must not be the one that raises the alarm.
                "HEALER_PROBE_MISSES",
                "1000"));
        Optional.ofNullable(System.getenv("BENCH_PROBE")).ifPresent(it -> environment.put("HEALER_PROBE_ENABLED", it));
        return environment;
    }

    private static Duration heal(TestFleet fleet, HealerProcess healer, String service) {
        String victim = fleet.running(service).getFirst();
        Instant sent = Instant.now();
        if (healer.post("/signals/alertmanager", Webhooks.firing(service, victim))
                        .statusCode()
                != 202) {
            throw new IllegalStateException("not accepted: " + healer.log());
        }
        Await.until(() -> "StopTask of " + victim + ": " + healer.log(), () -> stop(fleet, victim)
                .isPresent());
        Await.until(() -> service + " is healed: " + healer.log(), () -> healer.get(
                        "/incidents?service=" + service + "&limit=1")
                .filter(body -> body.contains("\"state\":\"RESOLVED\""))
                .isPresent());
        return Duration.between(sent, stop(fleet, victim).orElseThrow());
    }

    private static Optional<Instant> stop(TestFleet fleet, String task) {
        return fleet.wire().calls("StopTask").stream()
                .filter(call -> call.body().contains(task))
                .map(Call::at)
                .findFirst();
    }

    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    private static void report(List<Duration> times, HealerProcess healer, int incidents) {
        List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
        String writes = healer.get("/prometheus")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("healer_store_writes_total "))
                .findFirst()
                .orElse("");
        System.out.printf(
                "webhook sent -> StopTask at ECS: n=%d p50=%d ms p95=%d ms p99=%d ms max=%d ms; %s for %d incidents%n",
                sorted.size(),
                at(sorted, 0.50),
                at(sorted, 0.95),
                at(sorted, 0.99),
                sorted.getLast(),
                writes,
                incidents);
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
