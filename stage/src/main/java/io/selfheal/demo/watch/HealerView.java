package io.selfheal.demo.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The healer's incidents with their timelines; none where there is no healer. */
public final class HealerView {

    private static final int MOST = 50;

    private final Optional<URI> healer;
    private final String token;

    public HealerView(Optional<URI> healer, String token) {
        this.healer = healer;
        this.token = token;
    }

    /** Incidents that were opened since or are not over, oldest first, each with its timeline. */
    public List<Incident> since(Instant from) {
        List<Incident> incidents = new ArrayList<>();
        for (JsonNode row : rows()) {
            boolean old = Json.instant(row.path("openedAt"))
                    .filter(opened -> opened.isBefore(from))
                    .isPresent();
            if (!old || !row.path("state").asText().equals("RESOLVED")) {
                detail(row.path("id").asText()).ifPresent(incidents::add);
            }
        }
        incidents.sort(Comparator.comparing(Incident::openedAt));
        return incidents;
    }

    private List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        healer.flatMap(base -> Json.get(base.resolve("/incidents?limit=" + MOST), token))
                .map(body -> body.isArray() ? body : body.path("incidents"))
                .ifPresent(list -> list.forEach(rows::add));
        return rows;
    }

    private Optional<Incident> detail(String id) {
        return healer.flatMap(base -> Json.get(base.resolve("/incidents/" + id), token))
                .map(HealerView::parse);
    }

    private static Incident parse(JsonNode body) {
        List<Incident.Alert> alerts = new ArrayList<>();
        for (JsonNode alert : body.path("alerts")) {
            alerts.add(new Incident.Alert(
                    alert.path("source").asText(), alert.path("name").asText(), Json.instant(alert.path("startsAt"))));
        }
        List<Incident.Entry> timeline = new ArrayList<>();
        for (JsonNode entry : body.path("timeline")) {
            timeline.add(entry(entry));
        }
        JsonNode service = body.path("service");
        return new Incident(
                body.path("id").asText(),
                service.isTextual() ? service.asText() : service.path("service").asText(),
                body.path("state").asText(),
                Json.instant(body.path("openedAt")).orElse(Instant.EPOCH),
                Json.instant(body.path("detectedAt")),
                alerts,
                timeline);
    }

    private static Incident.Entry entry(JsonNode entry) {
        return new Incident.Entry(
                Json.instant(entry.path("at")).orElse(Instant.EPOCH),
                entry.path("event").asText(),
                entry.path("reason").asText(""),
                entry.path("detail").asText(""),
                entry.path("action").path("kind").asText(""),
                entry.path("action").path("task").asText(""));
    }
}
