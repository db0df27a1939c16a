package io.selfheal.demo.twins;

import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** Alertmanager's webhooks as IntakeBench of the healer sends them: eight senders, 400 services, half of the alerts news, each sent when the one before was answered 202. */
final class Webhooks implements AutoCloseable {

    private static final int SENDERS = 8;
    private static final int SERVICES = 400;
    private static final int ACCEPTED = 202;
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Sender> senders = new ArrayList<>();

    Webhooks(int alertsEach) {
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender("Alarm" + i, alertsEach));
        }
    }

    /** How many alerts were acknowledged. */
    long send(URI healer, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        LongAdder alerts = new LongAdder();
        try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> all = new ArrayList<>();
            senders.forEach(sender -> all.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    alerts.add(sender.one(client, healer));
                }
            })));
            for (Future<?> each : all) {
                each.get();
            }
            return alerts.sum();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StageFailed failed ? failed : new StageFailed("A sender failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while measuring.");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static final class Sender {
        private final String name;
        private final int each;
        private final Instant[] startsAt = new Instant[SERVICES];
        private final boolean[] firing = new boolean[SERVICES];
        private int group;
        private int round;

        private Sender(String name, int each) {
            this.name = name;
            this.each = each;
            java.util.Arrays.fill(startsAt, Instant.EPOCH);
        }

        private int one(HttpClient client, URI healer) {
            HttpRequest request = HttpRequest.newBuilder(healer.resolve("/signals/alertmanager"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(webhook()))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != ACCEPTED) {
                    throw new StageFailed("A webhook was answered " + status + ", not 202");
                }
            } catch (IOException e) {
                throw new StageFailed("A webhook got no answer: " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StageFailed("Interrupted while measuring.");
            }
            group = (group + 1) % (SERVICES / each);
            round += group == 0 ? 1 : 0;
            return each;
        }

        private String webhook() {
            StringBuilder alerts = new StringBuilder();
            for (int i = group * each; i < (group + 1) * each; i++) {
                if ((i + round) % 2 == 0) {
                    firing[i] = !firing[i];
                    startsAt[i] = firing[i] ? Instant.now() : startsAt[i];
                }
                alerts.append(alerts.isEmpty() ? "" : ",").append(alert(i));
            }
            return """
                    {"version":"4","groupKey":"{}:{alertname=\\"%s\\"}","truncatedAlerts":0,"status":"firing","receiver":"healer",
                     "groupLabels":{"alertname":"%s"},"commonLabels":{"alertname":"%s"},"commonAnnotations":{},
                     "externalURL":"http://am","alerts":[%s]}""".formatted(name, name, name, alerts);
        }

        private String alert(int i) {
            return """
                    {"status":"%s","labels":{"alertname":"%s","service_name":"paper-%d","cluster":"selfheal","severity":"page",
                     "task_arn":"arn:aws:ecs:us-east-1:000000000000:task/selfheal/%032x","instance":"10.0.0.%d:8080","job":"shop","heal":"auto"},
                     "annotations":{"summary":"the error ratio of paper-%d is above its objective","runbook_url":"http://r/1"},
                     "startsAt":"%s","endsAt":"%s","generatorURL":"http://prom/graph?g0.expr=x","fingerprint":"%08x%08x"}""".formatted(
                            firing[i] ? "firing" : "resolved",
                            name,
                            i,
                            2L * i + 1,
                            i % 256,
                            i,
                            startsAt[i],
                            firing[i] ? NO_END : Instant.now(),
                            name.hashCode(),
                            i);
        }
    }
}
