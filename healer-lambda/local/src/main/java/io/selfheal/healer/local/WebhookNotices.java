package io.selfheal.healer.local;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.local.sending.SendingQueue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a human when an incident is escalated: always a line in the log, and a POST where a URL is set. Told after the save,
 * from a queue of its own: a receiver that is slow or away never holds up healing, and at worst loses its notice.
 */
public final class WebhookNotices implements HistoryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookNotices.class);
    private static final int MAX_WAITING = 100;
    private static final int MAX_ATTEMPTS = 5;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private record Notice(Incident incident, HistoryEntry entry) {}

    private sealed interface Attempt {
        record Delivered() implements Attempt {}

        /** The receiver will not have it, now or later. */
        record Refused(String why) implements Attempt {}

        record Failed(String why) implements Attempt {}
    }

    private final Duration firstBackoff;
    private final Duration timeout;
    /** Empty: the log alone is told. */
    private final Optional<SendingQueue<Notice>> queue;

    /** Starts sending to the URL; without one, the log alone is told. */
    public WebhookNotices(Optional<URI> url) {
        this(url, FIRST_BACKOFF, TIMEOUT);
    }

    WebhookNotices(Optional<URI> url, Duration firstBackoff, Duration timeout) {
        this.firstBackoff = firstBackoff;
        this.timeout = timeout;
        this.queue = url.map(target ->
                new SendingQueue<>("webhook-notices", MAX_WAITING, 1, batch -> deliver(target, batch.getFirst())));
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        for (HistoryEntry entry : entries) {
            if (entry.event() == HistoryEntry.Event.ESCALATE || asks(entry)) {
                call(incident, entry);
            }
        }
    }

    /** Only the question itself names the action; that it still waits for an answer is nothing new. */
    private static boolean asks(HistoryEntry entry) {
        return entry.reason() == Reason.APPROVAL_REQUIRED && entry.action().isPresent();
    }

    /** One call for all the services of a storm. */
    @Override
    public void onStorm(Incident incident, StormLatch.Storm storm) {
        call(
                incident,
                new HistoryEntry(
                        incident.id(),
                        incident.service(),
                        storm.since(),
                        HistoryEntry.Event.ESCALATE,
                        Reason.STORM,
                        storm.what() + "; nothing is done until a person re-arms (POST /rearm)",
                        Optional.empty(),
                        ""));
    }

    private void call(Incident incident, HistoryEntry entry) {
        LOG.warn(
                "escalated: {} needs a person, {}: {} (incident {})",
                entry.service(),
                entry.reason(),
                entry.detail(),
                entry.incident());
        if (queue.isPresent() && !queue.get().add(new Notice(incident, entry))) {
            LOG.warn("notice dropped: {} are waiting already (incident {})", MAX_WAITING, entry.incident());
        }
    }

    /**
     * Waits until what was told is sent, for a process that may stand still from now on. False: that took longer than it may,
     * and goes on where the process does.
     */
    public boolean flush(Duration atMost) {
        return queue.map(waiting -> waiting.flush(atMost)).orElse(true);
    }

    @Override
    public void close() {
        queue.ifPresent(SendingQueue::close);
    }

    private void deliver(URI target, Notice notice) throws InterruptedException {
        Outgoing receiver = new Outgoing(target, timeout);
        byte[] document = NoticeDocument.json(notice.incident(), notice.entry());
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            switch (attempt(receiver, document)) {
                case Attempt.Delivered() -> {
                    return;
                }
                case Attempt.Refused(String why) -> {
                    LOG.warn(
                            "notice of incident {} refused: {}",
                            notice.incident().id(),
                            why);
                    return;
                }
                case Attempt.Failed(String why) ->
                    LOG.warn(
                            "notice of incident {} failed, attempt {}: {}",
                            notice.incident().id(),
                            attempt,
                            why);
            }
            // Full jitter: a receiver that comes back is not met by everybody at once.
            long ceiling = firstBackoff.toMillis() << (attempt - 1);
            Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling + 1));
        }
    }

    private static Attempt attempt(Outgoing receiver, byte[] document) {
        try {
            int status = receiver.post(document).status();
            if (status >= 200 && status < 300) {
                return new Attempt.Delivered();
            }
            boolean lastWord = status >= 400 && status < 500 && status != 408 && status != 429;
            return lastWord ? new Attempt.Refused("HTTP " + status) : new Attempt.Failed("HTTP " + status);
        } catch (IOException failed) {
            return new Attempt.Failed(String.valueOf(failed.getMessage()));
        }
    }
}
