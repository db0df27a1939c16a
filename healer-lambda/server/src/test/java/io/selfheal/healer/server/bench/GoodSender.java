package io.selfheal.healer.server.bench;

import io.selfheal.healer.server.stage.HealerProcess;
import io.selfheal.healer.server.stage.Webhooks;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sends an alert that is news so many times a second, and measures until it is acknowledged, which is when it is saved. */
final class GoodSender {
    private final HealerProcess healer;
    private final int services;
    private final HttpClient http;
    private int sent;

    GoodSender(HealerProcess healer, HttpClient http, int services) {
        this.healer = healer;
        this.http = http;
        this.services = services;
    }

    /** From when each was due: one that waits for the one before it waits, too. */
    List<Duration> sendUntil(long endNanos, double perSecond) throws IOException, InterruptedException {
        List<Duration> times = new ArrayList<>();
        long begun = System.nanoTime();
        while (true) {
            long due = begun + (long) (times.size() * 1e9 / perSecond);
            if (due >= endNanos) {
                return times;
            }
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            send();
            times.add(Duration.ofNanos(System.nanoTime() - due));
        }
    }

    private void send() throws IOException, InterruptedException {
        int service = sent++ % services;
        String task = "arn:aws:ecs:us-east-1:000000000000:task/selfheal/%032x".formatted(2 * service + 1);
        int status = http.send(
                        HttpRequest.newBuilder(healer.uri("/signals/alertmanager"))
                                .header("Authorization", "Bearer " + HealerProcess.TOKEN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(Webhooks.firing("paper-" + service, task)))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        if (status != 202) {
            throw new IllegalStateException("not accepted, " + status + ": " + healer.log());
        }
    }
}
