package io.selfheal.healer.server.bench;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Resolved;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.Transitions;
import io.selfheal.healer.local.JdbcDatabase;
import io.selfheal.healer.local.JdbcIncidentStore;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.server.stage.HealerProcess;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the pages of the console take with 100,000 incidents in the H2 store, asked over HTTP one after the other: from the
 * request to the last byte of the answer. A fifth of the incidents are of one service. See the README of this module for the command.
 */
public final class PagesBench {
    private static final int INCIDENTS = 100_000;
    private static final int SERVICES = 40;
    private static final int TOGETHER = 500;
    private static final int WARM_UP = 60;
    private static final int MEASURED = 400;
    private static final Duration LASTING = Duration.ofDays(90);
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    private PagesBench() {}

    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    public static void main(String[] args) throws Exception {
        // Filling takes minutes: a folder that was filled before may be named.
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("healer-bench");
        Instant now = Instant.now();
        if (args.length == 0) {
            fill(folder, now);
        }
        Map<String, String> environment = Map.of("HEALER_PROBE_ENABLED", "false", "TEST_PAPER", "true");
        try (HealerProcess healer = HealerProcess.launch(folder, environment).awaitReady();
                HttpClient http = HttpClient.newHttpClient()) {
            String from = now.minus(LASTING.multipliedBy(2).dividedBy(3)).toString();
            for (String first : List.of(
                    "/incidents?limit=50",
                    "/incidents?limit=50&state=RESOLVED",
                    "/incidents?limit=50&state=ESCALATED",
                    "/incidents?limit=50&service=svc-0",
                    "/incidents?limit=50&service=svc-7",
                    "/why?limit=50&service=svc-0&since=P90D",
                    "/why?limit=50&service=svc-7&since=" + from,
                    "/why?limit=50&service=svc-7&since=PT1H",
                    "/why?limit=50&service=nobody&since=P90D")) {
                measure(http, healer, "first page  " + first, first);
                deeper(http, healer, first).ifPresent(next -> measure(http, healer, "20 pages on " + first, next));
            }
        }
    }

    @SuppressWarnings("SystemOut")
    private static void fill(Path folder, Instant now) {
        long begun = System.nanoTime();
        try (JdbcDatabase database =
                JdbcDatabase.open(JdbcSettings.of("jdbc:h2:file:" + folder.resolve("healer"), "healer", ""))) {
            JdbcIncidentStore store = new JdbcIncidentStore(database);
            Duration step = LASTING.dividedBy(INCIDENTS);
            for (int i = 0; i < INCIDENTS; i += TOGETHER) {
                int first = i;
                store.together(() -> {
                    for (int k = first; k < Math.min(INCIDENTS, first + TOGETHER); k++) {
                        save(store, k, now.minus(LASTING).plus(step.multipliedBy(k)));
                    }
                    return first;
                });
            }
        }
        System.out.printf(
                "%d incidents written to %s in %.0f s%n", INCIDENTS, folder, (System.nanoTime() - begun) / 1e9);
    }

    private static void save(JdbcIncidentStore store, int number, Instant at) {
        ServiceId service = new ServiceId("selfheal", "svc-" + (number % 5 == 0 ? 0 : number % SERVICES));
        Incident opened = Incident.open(IncidentId.of(at, number), service, at);
        Alert alert = new Alert(
                SignalSource.ALERTMANAGER,
                "TaskUnready",
                "%016x".formatted(number),
                service,
                Optional.empty(),
                at,
                new TreeMap<>(Map.of("alertname", "TaskUnready", "service_name", service.service())));
        Incident saved = saved(
                store,
                new Change(
                        opened,
                        List.of(
                                entry(opened, at, Event.SIGNAL, Reason.ALERT_FIRING, List.of(new Signal.Firing(alert))),
                                entry(opened, at, Event.SUPPRESS, Reason.COOLDOWN, List.of())),
                        Optional.empty()));
        Instant end = at.plusSeconds(20);
        Incident over = saved.edit()
                .move(Transitions.Event.HEALED, new Resolved(end))
                .updatedAt(end)
                .neverDue()
                .done();
        saved(
                store,
                new Change(
                        over,
                        List.of(
                                entry(
                                        over,
                                        end,
                                        Event.SIGNAL,
                                        Reason.ALERT_RESOLVED,
                                        List.of(new Signal.Resolved(alert, end))),
                                entry(over, end, Event.RESOLVE, Reason.RECOVERED, List.of())),
                        Optional.empty()));
    }

    private static Incident saved(JdbcIncidentStore store, Change change) {
        return switch (store.save(change)) {
            case SaveResult.Saved(Incident incident) -> incident;
            case SaveResult.Conflict(String why) -> throw new IllegalStateException(why);
        };
    }

    private static HistoryEntry entry(Incident incident, Instant at, Event event, Reason reason, List<Signal> signals) {
        String detail = "TaskUnready on a task, and what was decided about it then";
        return new HistoryEntry(
                incident.id(), incident.service(), at, event, reason, detail, Optional.empty(), "bench@1", signals);
    }

    /** The address of a page far behind the first; empty: there are not so many. */
    private static Optional<String> deeper(HttpClient http, HealerProcess healer, String first) throws Exception {
        String address = first;
        for (int page = 0; page < 20; page++) {
            Matcher next = NEXT.matcher(get(http, healer.uri(address)));
            if (!next.find()) {
                return Optional.empty();
            }
            address = first + "&after=" + next.group(1);
        }
        return Optional.of(address);
    }

    @SuppressWarnings("SystemOut")
    private static void measure(HttpClient http, HealerProcess healer, String what, String address) {
        URI uri = healer.uri(address);
        List<Duration> times = new ArrayList<>();
        int bytes = 0;
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long begun = System.nanoTime();
            bytes = get(http, uri).length();
            if (i >= 0) {
                times.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        Collections.sort(times);
        System.out.printf(
                "%-64s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  %d bytes%n",
                what,
                Percentiles.of(times, 0.5).toNanos() / 1e6,
                Percentiles.of(times, 0.99).toNanos() / 1e6,
                times.getLast().toNanos() / 1e6,
                bytes);
    }

    private static String get(HttpClient http, URI uri) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + HealerProcess.TOKEN)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(uri + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
