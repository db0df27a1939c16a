package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.json.JsonTrees;
import java.nio.charset.StandardCharsets;

/** What a receiver of notices gets. The field {@code text} alone makes sense in a chat. */
final class NoticeDocument {
    private NoticeDocument() {}

    static byte[] json(Incident incident, HistoryEntry entry) {
        ObjectNode notice = JsonTrees.object()
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
        return JsonTrees.write(notice).getBytes(StandardCharsets.UTF_8);
    }
}
