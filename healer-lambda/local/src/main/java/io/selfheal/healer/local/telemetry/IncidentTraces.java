package io.selfheal.healer.local.telemetry;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.local.Outgoing;
import io.selfheal.healer.trace.IncidentSpans;
import io.selfheal.healer.trace.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends what the history says of each incident as spans of one trace, by OTLP. Where an entry came from another process, or from
 * this one before it was started anew, the history is read from the store once: by the sender, not by whoever heals.
 */
public final class IncidentTraces implements HistoryListener, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);
    private static final int LONGEST_ANSWER = 64 * 1024;
    /** So many incidents' histories are kept at hand; of the others they are read again. */
    private static final int KEPT = 100;

    private record Told(Incident incident, List<HistoryEntry> entries) {}

    private final IncidentArchive archive;
    private final OtlpSettings settings;
    private final Outgoing collector;
    private final Outbox<Told> outbox;
    // Only the sender touches it.
    private final Map<IncidentId, List<HistoryEntry>> known = new LinkedHashMap<>();

    public IncidentTraces(OtlpSettings settings, IncidentArchive archive) {
        this(settings, archive, FIRST_BACKOFF, TIMEOUT);
    }

    IncidentTraces(OtlpSettings settings, IncidentArchive archive, Duration firstBackoff, Duration timeout) {
        this.archive = archive;
        this.settings = settings;
        this.collector = new Outgoing(settings.traces(), timeout);
        this.outbox = new Outbox<>("spans of incidents", firstBackoff, new Outbox.Sending<>() {
            @Override
            public void send(List<Told> batch) throws IOException {
                post(spans(batch));
            }
        });
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        if (!entries.isEmpty()) {
            outbox.add(new Told(incident, List.copyOf(entries)));
        }
    }

    /** Waits until what was told is sent, for a process that may stand still from now on; false: not in time. */
    public boolean flush(Duration atMost) {
        return outbox.flush(atMost);
    }

    long dropped() {
        return outbox.dropped();
    }

    @Override
    public void close() {
        outbox.flush(LAST_MOMENT);
        outbox.close();
    }

    private List<Span> spans(List<Told> batch) {
        List<Span> spans = new ArrayList<>();
        for (Told told : batch) {
            List<HistoryEntry> history = history(told);
            int end = Math.min(
                    history.size(), Math.toIntExact(told.incident().history().length()));
            int from = Math.max(0, end - told.entries().size());
            spans.addAll(IncidentSpans.of(told.incident(), history.subList(0, end), from));
        }
        return spans;
    }

    /** All of it up to what was told; the head of the incident's chain says how much that is. */
    private List<HistoryEntry> history(Told told) {
        Incident incident = told.incident();
        List<HistoryEntry> history = new ArrayList<>(known.getOrDefault(incident.id(), List.of()));
        long length = incident.history().length();
        if (history.size() < length) {
            history.addAll(told.entries());
        }
        List<HistoryEntry> whole = history.size() == length ? history : archive.history(incident.id());
        known.remove(incident.id());
        if (!incident.state().over()) {
            known.put(incident.id(), whole);
        }
        if (known.size() > KEPT) {
            known.remove(known.keySet().iterator().next());
        }
        return whole;
    }

    private void post(List<Span> spans) throws IOException {
        if (spans.isEmpty()) {
            return;
        }
        int status = collector
                .send(
                        "POST",
                        Map.of("Content-Type", "application/json"),
                        OtlpDocument.json(settings.resource(), spans),
                        LONGEST_ANSWER)
                .status();
        if (status < 200 || status >= 300) {
            throw new IOException("HTTP " + status + " from " + settings.traces());
        }
    }
}
