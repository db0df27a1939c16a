package io.selfheal.healer.trace;

import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Reason;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a span says of a history entry; the names are in the registry of attributes. */
final class SpanAttributes {
    /** The history has all of it. */
    private static final int LONGEST = 500;

    private SpanAttributes() {}

    /** A map of its own, for the caller to add to. */
    static SortedMap<String, String> of(HistoryEntry entry) {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("selfheal.incident.id", entry.incident().value());
        attributes.put("selfheal.cluster", entry.service().cluster());
        attributes.put("selfheal.service", entry.service().service());
        attributes.put("selfheal.event", entry.event().name());
        attributes.put("selfheal.reason", entry.reason().name());
        if (!entry.policy().isEmpty()) {
            attributes.put("selfheal.policy", entry.policy());
        }
        // It may hold the links by which a person approves: who may read traces may not do that.
        if (entry.reason() != Reason.APPROVAL_REQUIRED) {
            attributes.put("selfheal.detail", shortened(entry.detail()));
        }
        entry.action().ifPresent(action -> {
            attributes.put("selfheal.action", action.kind().word());
            action.victim().map(TaskId::arn).ifPresent(arn -> attributes.put("selfheal.task", arn));
        });
        return attributes;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
