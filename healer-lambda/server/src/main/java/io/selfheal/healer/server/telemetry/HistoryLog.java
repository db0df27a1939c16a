package io.selfheal.healer.server.telemetry;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Signal;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes each entry of the history as one log line that can be searched by incident, reason and action. */
@Singleton
final class HistoryLog implements HistoryListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.selfheal.healer.history");

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        entries.forEach(entry -> write(incident, entry));
    }

    @Override
    public void onIgnored(Signal signal, Reason reason) {
        LOG.atInfo()
                .addKeyValue("service", signal.service())
                .addKeyValue("reason", reason)
                .log(
                        "{}: a signal of {} changes nothing",
                        signal.service(),
                        signal.source().word());
    }

    private static void write(Incident incident, HistoryEntry entry) {
        LoggingEventBuilder line = LOG.atLevel(level(entry))
                .addKeyValue("incident", entry.incident())
                .addKeyValue("service", entry.service())
                .addKeyValue("event", entry.event())
                .addKeyValue("reason", entry.reason())
                // Kept elsewhere than the store, it tells later whether the history was rewritten.
                .addKeyValue("history_head", incident.history());
        if (!entry.policy().isEmpty()) {
            line = line.addKeyValue("policy", entry.policy());
        }
        if (entry.action().isPresent()) {
            line = line.addKeyValue("action", entry.action().get().kind().word());
        }
        line.log("{}: {}", entry.service(), entry.detail());
    }

    private static Level level(HistoryEntry entry) {
        return switch (entry.event()) {
            case ESCALATE, FAILED -> Level.WARN;
            case SIGNAL, ACT, ACTED, WAIT, SUPPRESS, APPROVE, VERIFY, REVERT, RESOLVE -> Level.INFO;
        };
    }
}
