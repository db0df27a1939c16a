package io.selfheal.healer.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part of an incident's story that took from one moment to another.
 *
 * @param traceId of the incident: 32 hexadecimal digits
 * @param id 16 hexadecimal digits; the same part has the same id whoever derives it
 * @param parent id of the span that this one is part of; empty: the incident's own
 * @param name of few different values, so that spans can be counted by it
 * @param links to the requests of users that are behind it
 * @param failure why it did not end well; empty: it did, or there is nothing to judge
 */
public record Span(
        String traceId,
        String id,
        Optional<String> parent,
        String name,
        Kind kind,
        Instant start,
        Instant end,
        SortedMap<String, String> attributes,
        List<Link> links,
        Optional<String> failure) {

    public Span {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end: expected no time before " + start + ", was " + end);
        }
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        links = List.copyOf(links);
    }

    /** Which side of a call it is. */
    public enum Kind {
        INTERNAL,
        /** Something is asked of another system. */
        CLIENT,
        /** Something that another system said is taken in. */
        CONSUMER
    }

    /**
     * Another trace.
     *
     * @param spanId of the span in it; empty where only the trace is known
     */
    public record Link(String traceId, Optional<String> spanId) {}
}
