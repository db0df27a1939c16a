package io.selfheal.embedded.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Posts events one by one, in order, to one URL. At least once and best effort: tried again with growing pauses for about a minute, then
 * dropped with a log line; at most 1,000 events wait.
 */
public final class Webhook implements EventSink {
    private static final Logger LOG = System.getLogger(Webhook.class.getName());
    private static final int CAPACITY = 1_000;
    private static final int TRIES = 16;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final URI url;
    private final Optional<String> token;
    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread sender;

    public Webhook(URI url, Optional<String> token) {
        this.url = url;
        this.token = token;
        this.sender = Thread.ofVirtual().name("events " + url).start(this::send);
    }

    @Override
    public void accept(ObjectNode event) {
        if (!waiting.offer(Json.bytes(event))) {
            LOG.log(Level.WARNING, "event dropped: {0} is too slow, {1} events wait", url, CAPACITY);
        }
    }

    private void send() {
        try {
            while (true) {
                deliver(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(byte[] event) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i <= TRIES; i++) {
            int status = post(event);
            if (status >= 200 && status < 300) {
                return;
            }
            if (status >= 400 && status < 500 && status != 408 && status != 429) {
                LOG.log(Level.WARNING, "event dropped: {0} answered {1}", url, status);
                return;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        LOG.log(Level.WARNING, "event dropped: {0} did not take it in {1} tries", url, TRIES);
    }

    /** The answer's status, 0 when there was none. */
    private int post(byte[] event) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            token.ifPresent(t -> connection.setRequestProperty("Authorization", "Bearer " + t));
            try (var out = connection.getOutputStream()) {
                out.write(event);
            }
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "event not delivered to {0}: {1}", url, e.getMessage());
            return 0;
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
