package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentArchive.Page;
import io.selfheal.healer.incident.IncidentArchive.Window;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.report.Why;
import io.selfheal.healer.server.http.IncidentView.EntryView;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers why the healer did or did not act: each signal about a service with the decision that followed. */
@Controller("/why")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WhyController {
    private static final int MOST = 1000;

    private final IncidentArchive archive;
    private final IgnoredSignals ignored;
    private final ServiceNames names;
    private final Clock clock;

    WhyController(IncidentArchive archive, IgnoredSignals ignored, ServiceNames names, Clock clock) {
        this.archive = archive;
        this.ignored = ignored;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Tells every signal about a service within a time and what was decided after it, and why. Repeats of what an incident
     * knows already say nothing new and are not kept; bodies that could not be understood name no service.
     *
     * @param service its name, or cluster/name
     * @param since a time, or how long ago: PT1H
     * @param until a time, or how long ago; left out: now
     * @param limit at most so many, 1 to 1000
     * @param after goes on behind an earlier answer: its next
     * @return the signals by the time at which they came
     */
    @Get
    Answer why(
            @Nullable @QueryValue String service,
            @QueryValue(defaultValue = "PT1H") String since,
            @Nullable @QueryValue String until,
            @QueryValue(defaultValue = "100") int limit,
            @Nullable @QueryValue String after) {
        if (service == null || service.isBlank()) {
            throw RequestRefusedException.badRequest("service: must be given, for example ?service=order&since=PT1H");
        }
        if (limit < 1 || limit > MOST) {
            throw RequestRefusedException.badRequest("limit: expected 1 to " + MOST + ", was " + limit);
        }
        ServiceId id = names.parse(service);
        TimeSpan span = TimeSpan.parse(since, until, clock.instant());
        Page page = read(new Window(Optional.of(id), span.since(), span.until(), Optional.ofNullable(after), limit));
        Map<IncidentId, List<HistoryEntry>> histories = new HashMap<>();
        return new Answer(
                id.toString(),
                span.since(),
                span.until(),
                page.entries().stream()
                        .map(entry -> Why.of(entry, histories.computeIfAbsent(entry.incident(), archive::history)))
                        .map(SignalView::of)
                        .toList(),
                ignored.about(id, span),
                page.next().orElse(null));
    }

    private Page read(Window window) {
        try {
            return archive.signals(window);
        } catch (IllegalArgumentException e) {
            throw RequestRefusedException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The signals of a time.
     *
     * @param ignored those that opened no incident since what they are about was over: the last 200 since this healer started
     * @param next present where there is more: ask again with it as after
     */
    @Serdeable
    record Answer(
            String service,
            Instant since,
            Instant until,
            List<SignalView> signals,
            List<IgnoredSignals.Ignored> ignored,
            @Nullable String next) {}

    /**
     * One signal.
     *
     * @param signal what it said
     * @param answer what was decided after it, in a sentence
     * @param standing the decision that was in force when it came
     * @param followed the next decision after it
     */
    @Serdeable
    record SignalView(
            Instant at,
            String incident,
            String signal,
            String reason,
            String answer,
            @Nullable EntryView standing,
            @Nullable EntryView followed) {
        static SignalView of(Why why) {
            return new SignalView(
                    why.signal().at(),
                    why.signal().incident().value(),
                    why.signal().detail(),
                    why.signal().reason().name(),
                    why.words(),
                    why.standing().map(EntryView::of).orElse(null),
                    why.followed().map(EntryView::of).orElse(null));
        }
    }
}
