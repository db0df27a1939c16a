package io.selfheal.demo.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The alerts that fire now, read from Alertmanager; none where there is no Alertmanager. */
public final class AlertView {

    private final Optional<URI> alertmanager;

    public AlertView(Optional<URI> alertmanager) {
        this.alertmanager = alertmanager;
    }

    /** Those for the healer that fire now; empty also when Alertmanager did not answer. */
    public List<FiringAlert> firing() {
        List<FiringAlert> firing = new ArrayList<>();
        alertmanager
                .flatMap(base -> Json.get(base.resolve("/api/v2/alerts?active=true"), ""))
                .ifPresent(alerts -> alerts.forEach(alert -> {
                    if (isForTheHealer(alert)) {
                        firing.add(parse(alert));
                    }
                }));
        return firing;
    }

    private static boolean isForTheHealer(JsonNode alert) {
        return alert.path("labels").path("heal").asText().equals("auto");
    }

    private static FiringAlert parse(JsonNode alert) {
        JsonNode labels = alert.path("labels");
        return new FiringAlert(
                labels.path("alertname").asText(),
                labels.path("service_name").asText(),
                labels.path("task_arn").asText(),
                Instant.parse(alert.path("startsAt").asText()));
    }
}
