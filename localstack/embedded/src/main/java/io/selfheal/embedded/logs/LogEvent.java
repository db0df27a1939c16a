package io.selfheal.embedded.logs;

import java.time.Instant;

/**
 * One line of a stream.
 *
 * @param id sorts by time, then by stream and place in it
 */
public record LogEvent(String id, String stream, Instant at, String message) {
    /** What AWS counts for an event besides its message. */
    private static final int OVERHEAD = 26;

    static LogEvent of(String stream, Instant at, long place, String message) {
        String id = "%020d%010d%026d".formatted(at.toEpochMilli(), Integer.toUnsignedLong(stream.hashCode()), place);
        return new LogEvent(id, stream, at, message);
    }

    /** About what it takes in an answer. */
    public int size() {
        return message.length() + OVERHEAD;
    }
}
