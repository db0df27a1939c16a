package io.selfheal.healer.server.bench;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.local.JdbcDatabase;
import io.selfheal.healer.local.JdbcIncidentStore;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.server.stage.HealerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many alerts a second the healer takes in durably over HTTP, on two processors, with the H2 store: each webhook is
 * answered when all of it is saved. Afterwards the healer is killed, and the store must hold what was acknowledged.
 * See the README of this module for the command.
 */
public final class IntakeBench {

    private static final int SENDERS = 8;
    private static final int SERVICES = 400;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    // Nothing is acted on, as in a storm, and everything is still decided and told.
    private static final String POLICY = """
            version: 1
            name: intake
            policies:
              - name: sick-task
                match: ['service_name=~".+"']
                ladder: [restart-task, escalate]
                mode: shadow
            """;

    private IntakeBench() {}

    public static void main(String[] args) throws Exception {
        // Alertmanager's route may group them, or send each alert by itself.
        for (int perWebhook : new int[] {20, 1}) {
            measure(perWebhook);
        }
    }

    private static void measure(int perWebhook) throws Exception {
        Path folder = Files.createTempDirectory("healer-bench");
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Map<String, String> environment = Map.of(
                "HEALER_POLICY",
                policy.toString(),
                "HEALER_PROBE_ENABLED",
                "false",
                "TEST_PAPER",
                "true",
                "TEST_PAPER_SERVICES",
                Integer.toString(SERVICES));
        List<Alarms> senders = senders(perWebhook);
        try (HealerProcess healer = HealerProcess.launch(List.of("taskset", "-c", "0,1"), folder, environment)
                        .awaitReady();
                HttpClient http = HttpClient.newHttpClient()) {
            run(senders, http, healer, WARM_UP);
            senders.forEach(Alarms::forgetTimes);
            Duration cpu = healer.cpu();
            Instant begun = Instant.now();
            run(senders, http, healer, MEASURED);
            report(senders, Duration.between(begun, Instant.now()), healer.cpu().minus(cpu), healer, perWebhook);
            healer.kill();
        }
        verify(senders, folder);
    }

    private static List<Alarms> senders(int perWebhook) {
        List<Alarms> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Alarms("Alarm" + i, SERVICES, perWebhook));
        }
        return senders;
    }

    private static void run(List<Alarms> senders, HttpClient http, HealerProcess healer, Duration time)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (Alarms sender : senders) {
                running.add(threads.submit(() -> sender.sendUntil(end, http, healer)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    private static void report(
            List<Alarms> senders, Duration time, Duration cpu, HealerProcess healer, int perWebhook) {
        List<Duration> times =
                senders.stream().flatMap(one -> one.times().stream()).sorted().toList();
        long alerts = (long) times.size() * perWebhook;
        System.out.printf(
                "durable intake over HTTP, H2 file, healer on 2 processors: %,.0f alerts/s (n=%,d alerts in %,d webhooks of"
                        + " %d, half of them news, %d senders, %d services, %.1f s); CPU %.2f ms per alert, %.0f %% of one"
                        + " processor; webhook p50=%d ms p95=%d ms p99=%d ms max=%d ms; %s; load average %.1f%n",
                alerts / seconds(time),
                alerts,
                times.size(),
                perWebhook,
                SENDERS,
                SERVICES,
                seconds(time),
                cpu.toNanos() / 1e6 / alerts,
                100 * seconds(cpu) / seconds(time),
                Percentiles.of(times, 0.50).toMillis(),
                Percentiles.of(times, 0.95).toMillis(),
                Percentiles.of(times, 0.99).toMillis(),
                times.getLast().toMillis(),
                healer.get("/prometheus")
                        .orElse("")
                        .lines()
                        .filter(line -> line.startsWith("healer_store_writes_total "))
                        .findFirst()
                        .orElse("store writes unknown"),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** What was acknowledged before the kill is in the store: the newest episode of each alert, and how it ended. */
    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    private static void verify(List<Alarms> senders, Path folder) throws IOException {
        int found = 0;
        try (JdbcDatabase database =
                JdbcDatabase.open(JdbcSettings.of("jdbc:h2:file:" + folder.resolve("healer"), "healer", ""))) {
            JdbcIncidentStore store = new JdbcIncidentStore(database);
            for (int i = 0; i < SERVICES; i++) {
                ServiceId service = new ServiceId("selfheal", "paper-" + i);
                List<TrackedAlert> tracked =
                        store.list(new Query(Optional.of(service), Optional.empty(), 1000)).stream()
                                .map(Incident::alerts)
                                .flatMap(List::stream)
                                .toList();
                for (Alarms sender : senders) {
                    found += sender.requireStored(i, tracked);
                }
            }
        }
        System.out.printf("killed after that: all %d alerts are in the store as they were acknowledged last%n", found);
    }
}
