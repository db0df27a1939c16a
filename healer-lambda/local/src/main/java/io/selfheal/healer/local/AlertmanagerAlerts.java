package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code GET /api/v2/alerts} (prometheus/alertmanager api/v2/openapi.yaml, gettableAlerts). */
final class AlertmanagerAlerts {
    private static final JsonMapper JSON = new JsonMapper();

    private final String defaultCluster;

    record Seen(Alert alert, boolean inhibited) {}

    AlertmanagerAlerts(String defaultCluster) {
        this.defaultCluster = defaultCluster;
    }

    /** Alerts about no service are nobody's to heal and left out; a document that is no list of alerts throws. */
    List<Seen> parse(byte[] body) throws IOException {
        JsonNode document = JSON.readTree(body);
        if (document == null || !document.isArray()) {
            throw new IOException("its answer is not a list of alerts");
        }
        List<Seen> seen = new ArrayList<>();
        for (JsonNode node : document) {
            if (node.path("labels").path("service_name").isTextual()) {
                seen.add(one(node));
            }
        }
        return seen;
    }

    private Seen one(JsonNode node) throws IOException {
        SortedMap<String, String> labels = new TreeMap<>();
        node.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        try {
            Alert alert = new Alert(
                    SignalSource.ALERTMANAGER,
                    labels.getOrDefault("alertname", ""),
                    required(node, "fingerprint"),
                    new ServiceId(
                            labels.getOrDefault("cluster", defaultCluster), labels.getOrDefault("service_name", "")),
                    Optional.ofNullable(labels.get("task_arn"))
                            .filter(arn -> !arn.isBlank())
                            .map(TaskId::new),
                    OffsetDateTime.parse(required(node, "startsAt")).toInstant(),
                    labels);
            return new Seen(alert, !node.path("status").path("inhibitedBy").isEmpty());
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw new IOException("an alert of its answer cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private static String required(JsonNode node, String field) throws IOException {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new IOException("an alert of its answer has no " + field);
        }
        return text;
    }
}
