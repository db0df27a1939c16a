package io.selfheal.healer.simulation;

import io.selfheal.healer.testkit.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Virtual time and what happens in it, one event after the other in one thread. Whoever is held in the middle of its work
 * ({@link #hold}) lets the others go on meanwhile; what is meant for itself waits until it is done, as in a process that
 * stands still.
 */
final class Timeline {
    /** Owner of what happens in the world itself. */
    static final int WORLD = 0;

    private record Event(long at, long order, int owner, Runnable work) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final boolean[] busy;
    private final List<List<Event>> waiting = new ArrayList<>();
    private long now;
    private long order;

    Timeline(int owners) {
        busy = new boolean[owners + 1];
        for (int i = 0; i <= owners; i++) {
            waiting.add(new ArrayList<>());
        }
    }

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    Instant instant() {
        return MutableClock.START.plusMillis(now);
    }

    void after(long millis, int owner, Runnable work) {
        events.add(new Event(now + millis, order++, owner, work));
    }

    /** Everything that happens until then, in the middle of the caller's own work. */
    void hold(long millis) {
        runUntil(now + millis);
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            if (busy[event.owner()]) {
                waiting.get(event.owner()).add(event);
                continue;
            }
            now = Math.max(now, event.at());
            work(event);
        }
        now = Math.max(now, end);
    }

    private void work(Event event) {
        boolean alone = event.owner() != WORLD;
        busy[event.owner()] = alone;
        try {
            event.work().run();
        } finally {
            busy[event.owner()] = false;
            List<Event> mine = waiting.get(event.owner());
            mine.forEach(one -> after(0, one.owner(), one.work()));
            mine.clear();
        }
    }
}
