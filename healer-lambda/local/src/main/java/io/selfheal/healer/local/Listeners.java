package io.selfheal.healer.local;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Signal;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each listener, whatever another one makes of it. */
public final class Listeners implements HistoryListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<HistoryListener> listeners;

    public Listeners(List<HistoryListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        each(listener -> listener.onHistory(incident, entries));
    }

    @Override
    public void onUnsaved(Incident incident, List<HistoryEntry> entries) {
        each(listener -> listener.onUnsaved(incident, entries));
    }

    @Override
    public void onIgnored(Signal signal, Reason reason) {
        each(listener -> listener.onIgnored(signal, reason));
    }

    @Override
    public void onStorm(Incident incident, StormLatch.Storm storm) {
        each(listener -> listener.onStorm(incident, storm));
    }

    @Override
    public void onTrouble(String doing, RuntimeException failure) {
        each(listener -> listener.onTrouble(doing, failure));
    }

    private void each(Consumer<HistoryListener> tell) {
        for (HistoryListener listener : listeners) {
            try {
                tell.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("{} could not be told: {}", listener.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
