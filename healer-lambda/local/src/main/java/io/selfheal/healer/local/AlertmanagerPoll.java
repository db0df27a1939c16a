package io.selfheal.healer.local;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.signal.Alert;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Which of the healer's alerts ({@code heal="auto"}) Alertmanager sees firing now: what reconciliation compares the open
 * incidents with, so that a lost webhook costs seconds.
 *
 * <p>A silenced alert is left out: somebody said that it is to be left alone. An inhibited one was sent to nobody, hence it
 * opens nothing here; but where an incident already has it, it is still firing, and to leave it out would look like healing.
 */
public final class AlertmanagerPoll {
    private static final String QUERY = "active=true&silenced=false&inhibited=true&unprocessed=false&filter="
            + URLEncoder.encode("heal=\"auto\"", StandardCharsets.UTF_8);
    // An alert is about 1 KB: this is several thousand of them.
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final Outgoing alerts;
    private final AlertmanagerAlerts parser;
    private final IncidentStore store;
    private final InstantSource clock;

    /**
     * Asks nothing yet.
     *
     * @param alertmanager base URL, for example {@code http://127.0.0.1:9093}, with a path when it has a route prefix
     * @param defaultCluster for alerts without a label {@code cluster}
     * @param timeout bound of one read as a whole
     */
    public AlertmanagerPoll(
            URI alertmanager, String defaultCluster, Duration timeout, IncidentStore store, InstantSource clock) {
        String base = alertmanager.toString();
        this.alerts =
                new Outgoing(URI.create(base + (base.endsWith("/") ? "" : "/") + "api/v2/alerts?" + QUERY), timeout);
        this.parser = new AlertmanagerAlerts(new Intake(defaultCluster, clock));
        this.store = store;
        this.clock = clock;
    }

    /** Never throws: Alertmanager away or talking nonsense is Unknown, and then nothing may be taken for resolved. */
    public Fact<List<Alert>> read() {
        Instant readAt = clock.instant();
        try {
            Outgoing.Answer answer = alerts.get(MAX_BYTES);
            if (answer.status() != 200) {
                return new Fact.Unknown<>("Alertmanager answered HTTP " + answer.status());
            }
            List<AlertmanagerAlerts.Seen> seen = parser.parse(answer.body());
            return new Fact.Known<>(
                    seen.stream()
                            .filter(alert -> !alert.inhibited() || tracked(alert.alert()))
                            .map(AlertmanagerAlerts.Seen::alert)
                            .toList(),
                    readAt);
        } catch (IOException | StoreUnavailableException unreadable) {
            return new Fact.Unknown<>("Alertmanager: " + unreadable.getMessage());
        }
    }

    private boolean tracked(Alert alert) {
        return store.findOpen(alert.service()).map(Incident::alerts).orElse(List.of()).stream()
                .anyMatch(tracked -> tracked.alert().sameAs(alert));
    }
}
