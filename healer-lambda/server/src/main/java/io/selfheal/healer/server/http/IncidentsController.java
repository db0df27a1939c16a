package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Step;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.report.ImpactReader;
import io.selfheal.healer.report.Postmortem;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads incidents: what happened to which service, what was done about it, and why. */
@Controller("/incidents")
@ExecuteOn(TaskExecutors.BLOCKING)
final class IncidentsController {

    private static final int MOST = 1000;

    private final IncidentArchive archive;
    private final Remediator remediator;
    private final ImpactReader impact;
    private final ServiceNames names;
    private final Clock clock;

    IncidentsController(
            IncidentArchive archive, Remediator remediator, ImpactReader impact, ServiceNames names, Clock clock) {
        this.archive = archive;
        this.remediator = remediator;
        this.impact = impact;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Lists incidents, the newest first.
     *
     * @param service only those of this service: its name, or cluster/name
     * @param state only those in this state: OPEN, ACTING, VERIFYING, SETTLING, RESOLVED or ESCALATED
     * @param after goes on behind an earlier answer: its next
     * @param limit at most so many, 1 to 1000
     * @return the incidents, without their timelines, and with what to go on
     */
    @Get
    Incidents list(
            @Nullable @QueryValue String service,
            @Nullable @QueryValue String state,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw RequestRefusedException.badRequest("limit: expected 1 to " + MOST + ", was " + limit);
        }
        Optional<Phase> wanted = Optional.ofNullable(state).map(IncidentsController::phase);
        Query query = new Query(
                Optional.ofNullable(service).map(names::parse),
                wanted.map(phase -> phase == Phase.RESOLVED),
                Optional.ofNullable(after).map(this::behind),
                // Of those that are over all are in the one state; of the others few are there at all.
                wanted.filter(phase -> phase != Phase.RESOLVED).isPresent() ? MOST : limit);
        List<Incident> stored = archive.list(query);
        List<IncidentView> page = stored.stream()
                .map(incident ->
                        remediator.unsaved(incident).map(Step::incident).orElse(incident))
                .filter(incident ->
                        wanted.map(phase -> phase == incident.state().phase()).orElse(true))
                .limit(limit)
                .map(IncidentView::withoutTimeline)
                .toList();
        return new Incidents(page, next(page, stored, query, limit));
    }

    /** Cut short, it goes on behind what is shown; else behind all that was read, if there was as much as was asked for. */
    private static @Nullable String next(List<IncidentView> page, List<Incident> stored, Query query, int limit) {
        if (page.size() == limit) {
            return page.getLast().id();
        }
        return stored.size() == query.limit() ? stored.getLast().id().value() : null;
    }

    private IncidentArchive.Spot behind(String after) {
        return parse(after)
                .flatMap(archive::find)
                .map(IncidentArchive.Spot::of)
                .orElseThrow(() -> RequestRefusedException.badRequest(
                        "after: expected the next of an earlier answer, was '" + after + "'"));
    }

    /**
     * Shows one incident with its timeline.
     *
     * @param id the incident's id
     * @return the incident, its alerts and everything that was decided, refusals included; what is saved only with the next
     *     write is marked so
     */
    @Get("/{id}")
    IncidentView find(@PathVariable String id) {
        Incident incident = incident(id);
        List<HistoryEntry> history = archive.history(incident.id());
        return remediator
                .unsaved(incident)
                .map(known -> IncidentView.withTimeline(known.incident(), history, known.entries()))
                .orElseGet(() -> IncidentView.withTimeline(incident, history, List.of()));
    }

    /**
     * Drafts an incident's postmortem: what happened, what was done and refused and why, how long it took, and what users
     * felt of it, as far as that is known.
     *
     * @param id the incident's id
     * @return Markdown
     */
    @Get(value = "/{id}/postmortem", produces = "text/markdown; charset=utf-8")
    String postmortem(@PathVariable String id) {
        Incident incident = incident(id);
        Postmortem draft = new Postmortem(incident, archive.history(incident.id()));
        return draft.markdown(impact.read(incident.service(), draft.from(), draft.to(clock.instant())));
    }

    private Incident incident(String id) {
        return parse(id)
                .flatMap(archive::find)
                .orElseThrow(() -> RequestRefusedException.notFound("no incident has the id '" + id + "'"));
    }

    private static Optional<IncidentId> parse(String id) {
        try {
            return Optional.of(new IncidentId(id));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static Phase phase(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.name().equals(word))
                .findFirst()
                .orElseThrow(() -> RequestRefusedException.badRequest(
                        "state: expected one of " + Arrays.toString(Phase.values()) + ", was '" + text + "'"));
    }

    /**
     * Incidents, the newest first.
     *
     * @param next present where there may be more: ask again with it as after
     */
    @Serdeable
    record Incidents(List<IncidentView> incidents, @Nullable String next) {}
}
