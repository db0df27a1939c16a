package io.selfheal.healer.local;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.trace.TraceIds;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes each entry of the history as one log line that can be searched by incident, reason and action. */
public final class HistoryLog implements HistoryListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.selfheal.healer.history");
    /** As W3C trace context writes it: the healer's traces are kept, all of them. */
    private static final String SAMPLED = "01";

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        // Kept elsewhere than the store, the head tells later whether the history was rewritten.
        entries.forEach(
                entry -> write(entry, LOG.atLevel(level(entry)).addKeyValue("history_head", incident.history())));
    }

    /** Without it the log would be silent on an action until its end. */
    @Override
    public void onUnsaved(Incident incident, List<HistoryEntry> entries) {
        entries.forEach(entry -> write(entry, LOG.atLevel(level(entry)).addKeyValue("saved", "with the next write")));
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

    private static void write(HistoryEntry entry, LoggingEventBuilder begun) {
        LoggingEventBuilder line = begun.addKeyValue("incident", entry.incident())
                .addKeyValue("service", entry.service())
                .addKeyValue("event", entry.event())
                .addKeyValue("reason", entry.reason())
                .addKeyValue("trace_id", TraceIds.trace(entry.incident()))
                .addKeyValue("span_id", TraceIds.root(entry.incident()))
                .addKeyValue("trace_flags", SAMPLED);
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
