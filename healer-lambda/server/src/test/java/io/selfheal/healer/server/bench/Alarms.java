package io.selfheal.healer.server.bench;

import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.server.stage.HealerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One alert rule with an alert for each service, told as Alertmanager tells groups: each webhook lists all alerts of its
 * group. Half of them are news, firing anew or resolved; the others are repeats.
 */
final class Alarms {

    private static final class Alarm {
        private Instant startsAt = Instant.EPOCH;
        private Optional<Instant> endsAt = Optional.of(Instant.EPOCH);
        /** What was acknowledged. */
        private Instant storedAt = Instant.EPOCH;

        private void turn(Instant now) {
            if (endsAt.isPresent()) {
                startsAt = now;
                endsAt = Optional.empty();
            } else {
                endsAt = Optional.of(now);
            }
        }
    }

    private final String name;
    private final int perWebhook;
    private final List<Alarm> alarms = new ArrayList<>();
    private List<Duration> times = new ArrayList<>();
    private int group;
    private int round;

    Alarms(String name, int services, int perWebhook) {
        this.name = name;
        this.perWebhook = perWebhook;
        for (int i = 0; i < services; i++) {
            alarms.add(new Alarm());
        }
    }

    List<Duration> times() {
        return times;
    }

    void forgetTimes() {
        times = new ArrayList<>();
    }

    Void sendUntil(long endNanos, HttpClient http, HealerProcess healer) throws IOException, InterruptedException {
        while (System.nanoTime() < endNanos) {
            int from = group * perWebhook;
            String body = webhook(from);
            long sent = System.nanoTime();
            int status = http.send(
                            HttpRequest.newBuilder(healer.uri("/signals/alertmanager"))
                                    .header("Authorization", "Bearer " + HealerProcess.TOKEN)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 202) {
                throw new IllegalStateException("not accepted, " + status + ": " + healer.log());
            }
            times.add(Duration.ofNanos(System.nanoTime() - sent));
            alarms.subList(from, from + perWebhook).forEach(alarm -> alarm.storedAt = alarm.startsAt);
            group = (group + 1) % (alarms.size() / perWebhook);
            round += group == 0 ? 1 : 0;
        }
        return null;
    }

    private String webhook(int from) {
        Instant now = Instant.now();
        StringBuilder alerts = new StringBuilder();
        for (int i = from; i < from + perWebhook; i++) {
            if ((i + round) % 2 == 0) {
                alarms.get(i).turn(now);
            }
            alerts.append(alerts.isEmpty() ? "" : ",").append(alert(i));
        }
        return """
                {"version":"4","groupKey":"{}:{alertname=\\"%s\\"}","truncatedAlerts":0,"status":"firing","receiver":"healer",
                 "groupLabels":{"alertname":"%s"},"commonLabels":{"alertname":"%s"},"commonAnnotations":{},
                 "externalURL":"http://am","alerts":[%s]}""".formatted(name, name, name, alerts);
    }

    private String alert(int i) {
        Alarm alarm = alarms.get(i);
        return """
                {"status":"%s","labels":{"alertname":"%s","service_name":"paper-%d","cluster":"selfheal","severity":"page",
                 "task_arn":"%s","instance":"10.0.0.%d:8080","job":"shop","heal":"auto"},
                 "annotations":{"summary":"the error ratio of paper-%d is above its objective","runbook_url":"http://r/1"},
                 "startsAt":"%s","endsAt":"%s","generatorURL":"http://prom/graph?g0.expr=x","fingerprint":"%s"}""".formatted(
                        alarm.endsAt.isEmpty() ? "firing" : "resolved",
                        name,
                        i,
                        task(i),
                        i % 256,
                        i,
                        alarm.startsAt,
                        alarm.endsAt.map(Instant::toString).orElse("0001-01-01T00:00:00Z"),
                        fingerprint(i));
    }

    private static String task(int service) {
        return "arn:aws:ecs:us-east-1:000000000000:task/selfheal/%032x".formatted(2 * service + 1);
    }

    private String fingerprint(int i) {
        return "%08x%08x".formatted(name.hashCode(), i);
    }

    /** How many alerts of the service were found: 1, or 0 where none was ever sent. */
    int requireStored(int service, List<TrackedAlert> tracked) {
        Instant acknowledged = alarms.get(service).storedAt;
        if (acknowledged.equals(Instant.EPOCH)) {
            return 0;
        }
        boolean there = tracked.stream()
                .map(TrackedAlert::alert)
                .anyMatch(alert -> alert.fingerprint().equals(fingerprint(service))
                        && !alert.startsAt().isBefore(acknowledged));
        if (!there) {
            throw new IllegalStateException(
                    "lost: " + name + " of paper-" + service + " that began at " + acknowledged);
        }
        return 1;
    }
}
