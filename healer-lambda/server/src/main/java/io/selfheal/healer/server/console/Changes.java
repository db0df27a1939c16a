package io.selfheal.healer.server.console;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what happened, so that consoles are told at once; and keeps what policies in shadow would have done lately. */
@Singleton
final class Changes implements HistoryListener {
    /** A few dozen kilobytes; the incidents themselves have all of it. */
    private static final int MOST = 100;

    private final AtomicLong count = new AtomicLong();
    private final Deque<HistoryEntry> shadow = new ArrayDeque<>();

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {
        entries.stream().filter(entry -> entry.reason() == Reason.SHADOW).forEach(this::keep);
        count.incrementAndGet();
    }

    @Override
    public void onUnsaved(Incident incident, List<HistoryEntry> entries) {
        count.incrementAndGet();
    }

    @Override
    public void onStorm(Incident incident, StormLatch.Storm storm) {
        count.incrementAndGet();
    }

    /** A person told the healer something. */
    void intervened() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    /** The newest first. */
    List<HistoryEntry> shadow() {
        synchronized (shadow) {
            return new ArrayList<>(shadow).reversed();
        }
    }

    private void keep(HistoryEntry entry) {
        synchronized (shadow) {
            shadow.addLast(entry);
            if (shadow.size() > MOST) {
                shadow.removeFirst();
            }
        }
    }
}
