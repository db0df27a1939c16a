package io.selfheal.healer.trace;

import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.trace.Span.Kind;
import io.selfheal.healer.trace.Span.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an incident's history says as spans: one for each alert, decision, action and verification, below one for the whole.
 * Pure. A span is told with the entry that ends it, so a trace grows while the incident lasts, and its root comes last.
 */
public final class IncidentSpans {
    /** A storm of alerts about one service is one story. */
    private static final int MOST_SIGNALS = 20;

    private final Incident incident;
    private final List<HistoryEntry> history;
    private final int from;
    private final List<Span> told = new ArrayList<>();
    private Optional<HistoryEntry> acting = Optional.empty();
    private Optional<HistoryEntry> verifying = Optional.empty();
    private Optional<HistoryEntry> escalated = Optional.empty();
    private boolean well;

    private IncidentSpans(Incident incident, List<HistoryEntry> history, int from) {
        this.incident = incident;
        this.history = history;
        this.from = from;
    }

    /**
     * The spans that the entries from that index on end.
     *
     * @param history all of it, from the first entry on: where a span began is told by the entries before
     */
    public static List<Span> of(Incident incident, List<HistoryEntry> history, int from) {
        IncidentSpans spans = new IncidentSpans(incident, history, from);
        for (int index = 0; index < history.size(); index++) {
            spans.read(index, history.get(index));
        }
        if (incident.state().over() && from < history.size()) {
            spans.whole();
        }
        return List.copyOf(spans.told);
    }

    private void read(int index, HistoryEntry entry) {
        switch (entry.event()) {
            case SIGNAL -> heard(index, entry);
            case ACT, REVERT -> {
                decided(index, entry);
                acting = Optional.of(entry);
            }
            case ACTED -> {
                acted(index, entry, Optional.empty());
                verifying = well ? Optional.empty() : Optional.of(entry);
            }
            case FAILED -> acted(index, entry, Optional.of(entry.detail()));
            case VERIFY -> {
                if (acting.isPresent()) {
                    acted(index, entry, Optional.of("how it ended is not known: " + entry.detail()));
                    verifying = Optional.of(entry);
                } else {
                    verified(index, entry, Optional.of(entry.detail()));
                }
            }
            case WAIT, SUPPRESS, APPROVE -> decided(index, entry);
            case ESCALATE -> {
                verified(index, entry, Optional.of(entry.detail()));
                decided(index, entry);
                escalated = Optional.of(entry);
            }
            case RESOLVE -> {
                verified(index, entry, Optional.empty());
                escalated.ifPresent(call -> add(index, "person", "wait for a person", Kind.INTERNAL, call.at(), entry));
                escalated = Optional.empty();
                decided(index, entry);
                well = true;
            }
        }
    }

    private void heard(int index, HistoryEntry entry) {
        well &= entry.reason() != Reason.ALERT_FIRING;
        int number = 0;
        for (Signal signal : entry.signals().stream().limit(MOST_SIGNALS).toList()) {
            number++;
            switch (signal) {
                case Signal.Firing(var alert) ->
                    add(index, "s" + number, "alert " + alert.name(), Kind.CONSUMER, alert.startsAt(), entry);
                case Signal.FleetEvent event ->
                    add(index, "s" + number, "event " + event.kind(), Kind.CONSUMER, sinceOpened(event.at()), entry);
                case Signal.Resolved _ -> {}
            }
        }
    }

    /** From what was known before: its length is how long the decision was waited for. */
    private void decided(int index, HistoryEntry entry) {
        Instant since =
                index == 0 ? incident.detectedAt() : history.get(index - 1).at();
        add(index, "decide", "decide", Kind.INTERNAL, since, entry);
    }

    private void acted(int index, HistoryEntry entry, Optional<String> failure) {
        acting.ifPresent(
                claim -> add(index, "act", "act " + kindOf(claim), Kind.CLIENT, claim.at(), entry, claim, failure));
        acting = Optional.empty();
    }

    private void verified(int index, HistoryEntry entry, Optional<String> failure) {
        verifying.ifPresent(done -> add(index, "verify", "verify", Kind.INTERNAL, done.at(), entry, done, failure));
        verifying = Optional.empty();
    }

    private static String kindOf(HistoryEntry claim) {
        return claim.action().map(action -> action.kind().word()).orElse("unknown");
    }

    private void whole() {
        HistoryEntry last = history.getLast();
        Instant start = incident.alerts().stream()
                .map(tracked -> tracked.alert().startsAt())
                .min(Instant::compareTo)
                .filter(incident.detectedAt()::isAfter)
                .orElse(incident.detectedAt());
        SortedMap<String, String> attributes = SpanAttributes.of(last);
        attributes.put("selfheal.attempts", Integer.toString(incident.attempts()));
        told.add(new Span(
                TraceIds.trace(incident.id()),
                TraceIds.root(incident.id()),
                Optional.empty(),
                "incident",
                Kind.INTERNAL,
                earlier(start, last.at()),
                last.at(),
                attributes,
                history.stream()
                        .flatMap(entry -> links(entry).stream())
                        .distinct()
                        .toList(),
                history.stream()
                        .filter(entry -> entry.event() == HistoryEntry.Event.ESCALATE)
                        .map(entry -> "a person was called: " + entry.reason())
                        .findFirst()));
    }

    private void add(int index, String part, String name, Kind kind, Instant start, HistoryEntry end) {
        add(index, part, name, kind, start, end, end, Optional.empty());
    }

    /** What the span is about is said by the entry that began it, or by the one that ends it. */
    private void add(
            int index,
            String part,
            String name,
            Kind kind,
            Instant start,
            HistoryEntry end,
            HistoryEntry about,
            Optional<String> failure) {
        if (index < from) {
            return;
        }
        told.add(new Span(
                TraceIds.trace(incident.id()),
                TraceIds.span(incident.id(), index + "/" + part),
                Optional.of(TraceIds.root(incident.id())),
                name,
                kind,
                earlier(start, end.at()),
                end.at(),
                attributes(end, about),
                links(about),
                failure));
    }

    private static SortedMap<String, String> attributes(HistoryEntry end, HistoryEntry about) {
        SortedMap<String, String> attributes = new TreeMap<>(SpanAttributes.of(about));
        attributes.putAll(SpanAttributes.of(end));
        return attributes;
    }

    private static List<Link> links(HistoryEntry entry) {
        return Trace.mentionedIn(entry.detail()).stream()
                .map(trace -> new Link(trace.id(), trace.span()))
                .toList();
    }

    /** The fleet tells of what was before the incident, too; its trace does not begin with that. */
    private Instant sinceOpened(Instant time) {
        return time.isBefore(incident.detectedAt()) ? incident.detectedAt() : time;
    }

    /** Clocks of two machines may disagree by a little. */
    private static Instant earlier(Instant start, Instant end) {
        return start.isAfter(end) ? end : start;
    }
}
