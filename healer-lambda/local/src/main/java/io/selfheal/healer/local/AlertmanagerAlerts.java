package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code GET /api/v2/alerts} (prometheus/alertmanager api/v2/openapi.yaml, gettableAlerts) by handing its alerts to the
 * intake in a webhook's envelope: so an alert that is polled and the same alert that was sent are equal.
 */
final class AlertmanagerAlerts {
    private final Intake intake;

    record Seen(Alert alert, boolean inhibited) {}

    AlertmanagerAlerts(Intake intake) {
        this.intake = intake;
    }

    /** Alerts that the intake would ignore are left out; a document that is no list of alerts throws. */
    List<Seen> parse(String body) throws IOException {
        JsonNode document = JsonTrees.read(body);
        if (!document.isArray()) {
            throw new IOException("its answer is not a list of alerts");
        }
        ObjectNode envelope = JsonTrees.object().put("version", "4");
        ArrayNode alerts = envelope.putArray("alerts");
        Set<String> inhibited = new HashSet<>();
        for (JsonNode alert : document) {
            if (!alert.path("labels").isObject()) {
                throw new IOException("its answer is not a list of alerts");
            }
            alerts.addObject()
                    .put("status", "firing")
                    .put("fingerprint", alert.path("fingerprint").asText())
                    .put("startsAt", alert.path("startsAt").asText())
                    .set("labels", alert.path("labels"));
            if (!alert.path("status").path("inhibitedBy").isEmpty()) {
                inhibited.add(alert.path("fingerprint").asText());
            }
        }
        return switch (intake.parse(JsonTrees.write(envelope).getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Refused(String why) -> throw new IOException("its answer cannot be read: " + why);
            case Parsed.Accepted accepted -> seen(accepted.signals(), inhibited);
        };
    }

    private static List<Seen> seen(List<Signal> signals, Set<String> inhibited) {
        List<Seen> seen = new ArrayList<>();
        for (Signal signal : signals) {
            if (signal instanceof Signal.Firing(Alert alert)) {
                seen.add(new Seen(alert, inhibited.contains(alert.fingerprint())));
            }
        }
        return seen;
    }
}
