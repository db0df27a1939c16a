package io.selfheal.healer.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import java.io.UncheckedIOException;

/** What a receiver of notices gets. The field {@code text} alone makes sense in a chat. */
final class NoticeDocument {
    private static final JsonMapper JSON = new JsonMapper();

    private NoticeDocument() {}

    static byte[] json(Incident incident, HistoryEntry entry) {
        ObjectNode notice = JSON.createObjectNode()
                .put(
                        "text",
                        "Selfheal: " + entry.service() + " needs a person. " + entry.reason() + ": " + entry.detail())
                .put("event", entry.event().name())
                .put("incident", entry.incident().value())
                .put("service", entry.service().service())
                .put("cluster", entry.service().cluster())
                .put("reason", entry.reason().name())
                .put("detail", entry.detail())
                .put("policy", entry.policy())
                .put("at", entry.at().toString())
                .put("attempts", incident.attempts())
                .put("historyHead", incident.history().toString());
        ArrayNode alerts = notice.putArray("alerts");
        incident.alerts().stream().filter(tracked -> tracked.firing()).forEach(tracked -> {
            ObjectNode alert = alerts.addObject().put("name", tracked.alert().name());
            tracked.alert().task().ifPresent(task -> alert.put("task", task.arn()));
        });
        try {
            return JSON.writeValueAsBytes(notice);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
