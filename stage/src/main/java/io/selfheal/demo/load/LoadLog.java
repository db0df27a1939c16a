package io.selfheal.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What users experienced lately. Bounded: forgets requests older than its memory. */
public final class LoadLog {

    private static final Duration MEMORY = Duration.ofMinutes(15);

    private final Deque<Request> requests = new ArrayDeque<>();

    /** Adds one that has ended. */
    public synchronized void add(Request request) {
        requests.addLast(request);
        Instant horizon = request.endedAt().minus(MEMORY);
        while (!requests.isEmpty() && requests.getFirst().endedAt().isBefore(horizon)) {
            requests.removeFirst();
        }
    }

    /** Those sent at or after that time, in the order in which they ended. */
    public synchronized List<Request> sentSince(Instant from) {
        return requests.stream()
                .filter(request -> !request.sentAt().isBefore(from))
                .toList();
    }
}
