package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the alerts of Alertmanager and of Grafana, which share one form. */
final class AlertReader {
    // What an incident keeps of an alert has to stay small; real alerts have about ten short labels.
    private static final int MAX_LABELS = 64;
    private static final int MAX_LABEL_LENGTH = 1024;
    // Reasons are for a person to read; the count says the rest.
    private static final int MAX_REASONS = 20;

    private final String defaultCluster;

    AlertReader(String defaultCluster) {
        this.defaultCluster = defaultCluster;
    }

    /** One alert: understood, or ignored for a reason. The sender is known only when the whole envelope was seen. */
    sealed interface Read {
        record Understood(Alert alert, boolean firing, Instant endsAt) implements Read {}

        record Ignored(String why) implements Read {}
    }

    private static final class NotUsable extends Exception {
        private static final long serialVersionUID = 1L;

        NotUsable(String why) {
            super(why);
        }
    }

    Read read(JsonNode json) {
        try {
            return understand(json);
        } catch (NotUsable e) {
            return new Read.Ignored(String.valueOf(e.getMessage()));
        }
    }

    Parsed accepted(SignalSource source, JsonNode envelope, List<Read> reads) {
        List<Signal> signals = new ArrayList<>();
        List<String> why = new ArrayList<>();
        int truncated = Math.max(0, envelope.path("truncatedAlerts").asInt(0));
        if (truncated > 0) {
            why.add(truncated + " alerts were cut off by the sender (truncatedAlerts): raise max_alerts or reconcile");
        }
        int ignored = truncated;
        for (Read read : reads) {
            switch (read) {
                case Read.Understood(Alert alert, boolean firing, Instant endsAt) -> {
                    Alert sent = alert.from(source);
                    signals.add(firing ? new Signal.Firing(sent) : new Signal.Resolved(sent, endsAt));
                }
                case Read.Ignored(String reason) -> {
                    ignored++;
                    if (why.size() < MAX_REASONS) {
                        why.add(reason);
                    }
                }
            }
        }
        return new Parsed.Accepted(signals, ignored, why);
    }

    private Read understand(JsonNode json) throws NotUsable {
        if (!json.isObject()) {
            throw new NotUsable("an alert that is not an object");
        }
        SortedMap<String, String> labels = labels(json.path("labels"));
        String name = labels.getOrDefault("alertname", "");
        if (name.isBlank()) {
            throw new NotUsable("an alert without the label alertname");
        }
        String status = json.path("status").asText("");
        if (!status.equals("firing") && !status.equals("resolved")) {
            throw new NotUsable(
                    "alert " + name + ": status: expected firing or resolved, was '" + Brief.of(status) + "'");
        }
        Instant startsAt = time(name, "startsAt", json.path("startsAt"));
        boolean firing = status.equals("firing");
        Instant endsAt = firing ? startsAt : time(name, "endsAt", json.path("endsAt"));
        String fingerprint = json.path("fingerprint").asText("");
        Alert alert = new Alert(
                SignalSource.ALERTMANAGER,
                name,
                fingerprint.isBlank() || fingerprint.length() > MAX_LABEL_LENGTH ? fingerprint(labels) : fingerprint,
                service(name, labels),
                task(name, labels),
                startsAt,
                labels);
        return new Read.Understood(alert, firing, endsAt);
    }

    private static SortedMap<String, String> labels(JsonNode json) throws NotUsable {
        if (!json.isObject()) {
            throw new NotUsable("an alert without labels");
        }
        if (json.size() > MAX_LABELS) {
            throw new NotUsable("an alert with " + json.size() + " labels, expected at most " + MAX_LABELS);
        }
        SortedMap<String, String> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : json.properties()) {
            if (!label.getValue().isValueNode() || label.getValue().isNull()) {
                throw new NotUsable("an alert whose label " + Brief.of(label.getKey()) + " is not a text");
            }
            String value = label.getValue().asText();
            if (value.length() > MAX_LABEL_LENGTH) {
                throw new NotUsable(
                        "an alert whose label " + Brief.of(label.getKey()) + " is longer than " + MAX_LABEL_LENGTH);
            }
            labels.put(label.getKey(), value);
        }
        return labels;
    }

    private ServiceId service(String alert, Map<String, String> labels) throws NotUsable {
        String service = labels.getOrDefault("service_name", "");
        if (service.isBlank()) {
            service = labels.getOrDefault("service", "");
        }
        if (service.isBlank()) {
            throw new NotUsable(
                    "alert " + Brief.of(alert) + " without the label service_name: it names no service to heal");
        }
        String cluster = labels.getOrDefault("cluster", "");
        try {
            return new ServiceId(cluster.isBlank() ? defaultCluster : cluster, service);
        } catch (IllegalArgumentException e) {
            throw new NotUsable("alert " + Brief.of(alert) + ": " + e.getMessage());
        }
    }

    private static Optional<TaskId> task(String alert, Map<String, String> labels) throws NotUsable {
        String arn = labels.getOrDefault("task_arn", "");
        if (arn.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TaskId(arn));
        } catch (IllegalArgumentException e) {
            throw new NotUsable("alert " + Brief.of(alert) + ": task_arn: " + e.getMessage());
        }
    }

    private static Instant time(String alert, String field, JsonNode json) throws NotUsable {
        try {
            // Grafana writes an offset, Alertmanager Z or an offset, either with up to nine decimals.
            return OffsetDateTime.parse(rfc3339(json.asText(""))).toInstant();
        } catch (DateTimeParseException e) {
            throw new NotUsable("alert " + Brief.of(alert) + ": " + field + ": expected an RFC 3339 time, was '"
                    + Brief.of(json.asText("")) + "'");
        }
    }

    /** The template that AWS publishes for Managed Prometheus prints times as Go does: 2026-01-01 00:00:00.1 +0000 UTC. */
    private static String rfc3339(String text) {
        return text.endsWith(" +0000 UTC")
                ? text.substring(0, text.length() - " +0000 UTC".length()).replace(' ', 'T') + "Z"
                : text;
    }

    /** Stands in where the sender gives no identity: the same labels are the same alert. */
    private static String fingerprint(Map<String, String> labels) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(labels.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
