package io.selfheal.healer.server.http;

import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last signals that were not worth an incident, in memory: they change nothing, so no write is spent on them. */
@Singleton
final class IgnoredSignals implements HistoryListener {
    private static final int MOST = 200;

    private final Clock clock;
    private final Deque<About> last = new ArrayDeque<>();

    private record About(ServiceId service, Ignored ignored) {}

    IgnoredSignals(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {}

    @Override
    public void onIgnored(Signal signal, Reason reason) {
        Ignored ignored = new Ignored(clock.instant(), said(signal), reason.name());
        synchronized (last) {
            last.addLast(new About(signal.service(), ignored));
            if (last.size() > MOST) {
                last.removeFirst();
            }
        }
    }

    /** In the order in which they came. */
    List<Ignored> about(ServiceId service, TimeSpan span) {
        List<About> all;
        synchronized (last) {
            all = new ArrayList<>(last);
        }
        return all.stream()
                .filter(one -> one.service().equals(service))
                .map(About::ignored)
                .filter(one -> !one.at().isBefore(span.since()) && one.at().isBefore(span.until()))
                .toList();
    }

    private static String said(Signal signal) {
        String what =
                switch (signal) {
                    case Signal.Firing(Alert alert) -> alert.name() + " fires";
                    case Signal.Resolved(Alert alert, Instant _) -> alert.name() + " resolved";
                    case Signal.FleetEvent event -> event.kind();
                };
        return what + ", says " + signal.source().word();
    }

    /**
     * A signal that changed nothing.
     *
     * @param reason why not
     */
    @Serdeable
    record Ignored(Instant at, String signal, String reason) {}
}
