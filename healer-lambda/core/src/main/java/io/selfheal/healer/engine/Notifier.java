package io.selfheal.healer.engine;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Signal;
import java.util.List;

/** Tells the listener, and goes on whatever it throws: notices fail open. */
final class Notifier {
    private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

    private final HistoryListener listener;

    Notifier(HistoryListener listener) {
        this.listener = listener;
    }

    void history(Incident incident, List<HistoryEntry> entries) {
        telling(() -> listener.onHistory(incident, entries));
    }

    void unsaved(Step step) {
        telling(() -> listener.onUnsaved(step.incident(), step.entries()));
    }

    void ignored(Signal signal, Reason reason) {
        telling(() -> listener.onIgnored(signal, reason));
    }

    void storm(Incident incident, StormLatch.Storm storm) {
        telling(() -> listener.onStorm(incident, storm));
    }

    void trouble(String doing, RuntimeException failure) {
        telling(() -> listener.onTrouble(doing, failure));
    }

    private static void telling(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            // The listener is what logs; when it breaks, this is the only place left to say so.
            LOG.log(System.Logger.Level.WARNING, "the history listener failed", e);
        }
    }
}
