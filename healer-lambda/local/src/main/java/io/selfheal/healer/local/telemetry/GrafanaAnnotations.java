package io.selfheal.healer.local.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.local.Outgoing;
import io.selfheal.healer.trace.TraceIds;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws each action into Grafana: an annotation when it is claimed, which becomes a region with its outcome when it ended. Where the
 * beginning was drawn by another process, or before a restart, the end is an annotation of its own.
 */
public final class GrafanaAnnotations implements HistoryListener, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int MOST_OPEN = 100;

    private record Told(Incident incident, HistoryEntry entry) {}

    private record Drawn(long id, long time) {}

    private final GrafanaSettings settings;
    private final Duration timeout;
    private final Outbox<Told> outbox;
    // Only the sender touches it: the annotation of each action that has begun, by its incident.
    private final Map<String, Drawn> begun = new LinkedHashMap<>();

    public GrafanaAnnotations(GrafanaSettings settings) {
        this(settings, FIRST_BACKOFF, TIMEOUT);
    }

    GrafanaAnnotations(GrafanaSettings settings, Duration firstBackoff, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.outbox = new Outbox<>("annotations for Grafana", firstBackoff, this::draw);
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        entries.stream().filter(GrafanaAnnotations::drawn).forEach(entry -> outbox.add(new Told(incident, entry)));
    }

    private static boolean drawn(HistoryEntry entry) {
        return switch (entry.event()) {
            case ACT, REVERT, ACTED, FAILED -> entry.action().isPresent();
            case VERIFY -> entry.reason() == Reason.LEASE_EXPIRED;
            case ESCALATE -> true;
            case SIGNAL, WAIT, SUPPRESS, APPROVE, RESOLVE -> false;
        };
    }

    /** Waits until what was told is drawn; false: not in time. */
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

    /** One request each, so that what was drawn is not drawn again when the next one fails. */
    private void draw(List<Told> batch) throws IOException {
        while (!batch.isEmpty()) {
            Told told = batch.getFirst();
            String incident = told.incident().id().value();
            switch (told.entry().event()) {
                case ACTED, FAILED, VERIFY -> {
                    end(told, Optional.ofNullable(begun.get(incident)));
                    begun.remove(incident);
                }
                case ACT, REVERT -> begin(incident, post(told));
                case ESCALATE, SIGNAL, WAIT, SUPPRESS, APPROVE, RESOLVE -> {
                    var unused = post(told);
                }
            }
            batch.removeFirst();
        }
    }

    private void begin(String incident, Optional<Drawn> annotation) {
        annotation.ifPresent(drawn -> begun.put(incident, drawn));
        if (begun.size() > MOST_OPEN) {
            begun.remove(begun.keySet().iterator().next());
        }
    }

    private void end(Told told, Optional<Drawn> beginning) throws IOException {
        if (beginning.isEmpty()) {
            var unused = post(told);
            return;
        }
        ObjectNode region = annotation(told, beginning.get().time())
                .put("timeEnd", told.entry().at().toEpochMilli());
        // Not PATCH, which the JDK's client does not know.
        send("PUT", "/api/annotations/" + beginning.get().id(), region);
    }

    /** Empty: Grafana did not say which annotation it made. */
    private Optional<Drawn> post(Told told) throws IOException {
        long time = told.entry().at().toEpochMilli();
        String answer = send("POST", "/api/annotations", annotation(told, time));
        try {
            return Optional.of(new Drawn(JsonTrees.read(answer).path("id").asLong(), time))
                    .filter(drawn -> drawn.id() > 0);
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON from " + settings.url(), e);
        }
    }

    private static ObjectNode annotation(Told told, long time) {
        HistoryEntry entry = told.entry();
        ObjectNode annotation = JsonTrees.object().put("time", time).put("text", text(told));
        ArrayNode tags = annotation.putArray("tags");
        tags.add("selfheal").add("service:" + entry.service().service());
        entry.action().ifPresent(action -> tags.add("action:" + action.kind().word()));
        tags.add("outcome:" + outcome(entry));
        return annotation;
    }

    private static String text(Told told) {
        HistoryEntry entry = told.entry();
        String what = entry.action().map(action -> action.kind().word()).orElse("a person is called");
        return what + " · " + entry.service().service() + " · " + entry.reason() + ": " + entry.detail()
                + " (incident " + entry.incident() + ", trace "
                + TraceIds.trace(told.incident().id()) + ")";
    }

    private static String outcome(HistoryEntry entry) {
        return switch (entry.event()) {
            case ACT, REVERT -> "begun";
            case ACTED -> "accepted";
            case FAILED -> "failed";
            case VERIFY -> "unknown";
            case ESCALATE -> "escalated";
            case SIGNAL, WAIT, SUPPRESS, APPROVE, RESOLVE -> "none";
        };
    }

    private String send(String method, String path, ObjectNode body) throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        if (!settings.token().isEmpty()) {
            headers.put("Authorization", "Bearer " + settings.token());
        }
        URI target = URI.create(settings.url().toString().replaceAll("/+$", "") + path);
        Outgoing.Answer answer = new Outgoing(target, timeout)
                .send(method, headers, JsonTrees.write(body).getBytes(StandardCharsets.UTF_8), LONGEST_ANSWER);
        if (answer.status() < 200 || answer.status() >= 300) {
            throw new IOException("HTTP " + answer.status() + " from " + target);
        }
        return answer.body();
    }
}
