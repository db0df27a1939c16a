package io.selfheal.healer.incident;

import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays signals into an incident: whatever the incident knows already leaves no trace, so repeats and late copies in any
 * order come to the same. Pure.
 */
public final class Fold {

    /** An incident tracks no more alerts than this, so that a storm cannot grow it past what a store takes in one row. */
    static final int MAX_TRACKED = 200;

    /**
     * For this long after a resolve, a sender's list of active alerts may still be the one from before it.
     * Alertmanager is polled every 5 to 10 s.
     */
    static final Duration RESOLVE_SETTLES = Duration.ofSeconds(15);

    private Fold() {}

    /** One signal that told the incident something, and what. */
    public record News(Signal signal, Reason reason, Instant receivedAt) {}

    /** The incident with the signals in it, and those of them that were news. */
    public record Folded(Incident incident, List<News> news) {
        public Folded {
            news = List.copyOf(news);
        }
    }

    /** As a webhook tells it: once resolved, an episode stays so, since a late copy of its firing may still arrive. */
    public static Folded signals(Incident incident, List<Signal> signals, Instant receivedAt) {
        return new Folding(incident, receivedAt, false).all(signals);
    }

    /** As the sender's own list of active alerts tells it: an episode that it still lists is not over. */
    public static Folded active(Incident incident, List<Signal> signals, Instant receivedAt) {
        return new Folding(incident, receivedAt, true).all(signals);
    }

    private static final class Folding {
        private final Incident incident;
        private final Instant now;
        private final boolean authoritative;
        private final Map<String, TrackedAlert> alerts = new LinkedHashMap<>();

        Folding(Incident incident, Instant now, boolean authoritative) {
            this.incident = incident;
            this.now = now;
            this.authoritative = authoritative;
            incident.alerts().forEach(tracked -> alerts.put(key(tracked.alert()), tracked));
        }

        private static String key(Alert alert) {
            return alert.source() + " " + alert.fingerprint();
        }

        Folded all(List<Signal> signals) {
            List<News> news = new ArrayList<>();
            for (Signal signal : signals) {
                tells(signal).ifPresent(reason -> news.add(new News(signal, reason, now)));
            }
            if (news.isEmpty()) {
                return new Folded(incident, news);
            }
            return new Folded(
                    incident.edit().alerts(List.copyOf(alerts.values())).done(), news);
        }

        private Optional<Reason> tells(Signal signal) {
            return switch (signal) {
                case Signal.Firing(Alert alert) -> fires(alert) ? Optional.of(Reason.ALERT_FIRING) : Optional.empty();
                case Signal.Resolved(Alert alert, Instant _) ->
                    resolves(alert) ? Optional.of(Reason.ALERT_RESOLVED) : Optional.empty();
                case Signal.FleetEvent _ -> Optional.of(Reason.FLEET_EVENT);
            };
        }

        private boolean fires(Alert alert) {
            TrackedAlert known = alerts.get(key(alert));
            if (known != null && !isNewsAfter(known, alert)) {
                return false;
            }
            if (known == null && !makeRoom()) {
                return false;
            }
            alerts.put(key(alert), new TrackedAlert(alert, now, Optional.empty()));
            return true;
        }

        private boolean isNewsAfter(TrackedAlert known, Alert alert) {
            if (alert.startsAt().isAfter(known.alert().startsAt())) {
                return true;
            }
            return authoritative
                    && known.resolvedAt()
                            .filter(at -> at.plus(RESOLVE_SETTLES).isBefore(now))
                            .isPresent();
        }

        /** Forgets the oldest ended alert when full; an alert beyond that is told by the sender's repeats. */
        private boolean makeRoom() {
            if (alerts.size() < MAX_TRACKED) {
                return true;
            }
            Optional<String> ended = alerts.entrySet().stream()
                    .filter(entry -> !entry.getValue().firing())
                    .map(Map.Entry::getKey)
                    .findFirst();
            ended.ifPresent(alerts::remove);
            return ended.isPresent();
        }

        private boolean resolves(Alert alert) {
            TrackedAlert known = alerts.get(key(alert));
            if (known == null
                    || !known.firing()
                    || alert.startsAt().isBefore(known.alert().startsAt())) {
                return false;
            }
            alerts.put(key(alert), known.resolved(now));
            return true;
        }
    }
}
