package io.selfheal.healer.testkit;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the contract of a store, in memory. Everything passes through the codec, as it does in a real store. */
public final class InMemoryIncidentStore implements IncidentStore, IncidentArchive {
    private final Map<IncidentId, String> incidents = new LinkedHashMap<>();
    private final Map<ServiceId, IncidentId> open = new HashMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private final List<ActionRecord> actions = new ArrayList<>();
    private final Map<IncidentId, Opening> openings = new HashMap<>();
    private long ledgerVersion;
    private int writes;

    /** How many saves were stored, conflicts not counted. */
    public synchronized int writes() {
        return writes;
    }

    public synchronized List<ActionRecord> actions() {
        return List.copyOf(actions);
    }

    private List<Incident> allOpen() {
        return open.values().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    private List<Incident> all() {
        return incidents.values().stream().map(IncidentCodec::readIncident).toList();
    }

    @Override
    public synchronized Optional<Incident> findOpen(ServiceId service) {
        return Optional.ofNullable(open.get(service)).flatMap(this::find);
    }

    @Override
    public synchronized List<Incident> due(Instant now, int limit) {
        return allOpen().stream()
                .filter(incident ->
                        incident.dueAt().filter(at -> !at.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(incident -> incident.dueAt().orElseThrow()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Ledger ledger(Instant since) {
        return new Ledger(
                ledgerVersion,
                actions.stream().filter(done -> !done.at().isBefore(since)).toList());
    }

    @Override
    public synchronized List<Opening> openings(Instant since, int limit) {
        return openings.values().stream()
                .filter(opening ->
                        !opening.at().isBefore(since) || opening.overAt().isEmpty())
                .sorted(Comparator.comparing(Opening::at).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized SaveResult save(Change change) {
        Incident incident = change.incident();
        long stored = find(incident.id()).map(Incident::version).orElse(0L);
        if (stored != incident.version()) {
            return new SaveResult.Conflict("version " + stored + ", not " + incident.version());
        }
        if (!incident.id().equals(open.getOrDefault(incident.service(), incident.id()))) {
            return new SaveResult.Conflict(incident.service() + " has another open incident");
        }
        if (change.claim()
                .filter(claim -> claim.ledgerVersion() != ledgerVersion)
                .isPresent()) {
            return new SaveResult.Conflict("ledger version " + ledgerVersion);
        }
        Incident saved = incident.withVersion(stored + 1);
        openings.put(
                saved.id(),
                new Opening(
                        saved.service(),
                        saved.detectedAt(),
                        saved.state().over() ? Optional.of(saved.updatedAt()) : Optional.empty()));
        incidents.put(saved.id(), IncidentCodec.write(saved));
        if (saved.state().over()) {
            open.remove(saved.service());
        } else {
            open.put(saved.service(), saved.id());
        }
        change.entries().forEach(entry -> history.add(IncidentCodec.readEntry(IncidentCodec.write(entry))));
        change.claim().ifPresent(claim -> {
            actions.add(claim.record());
            ledgerVersion++;
        });
        writes++;
        return new SaveResult.Saved(saved);
    }

    @Override
    public synchronized Optional<Incident> find(IncidentId id) {
        return Optional.ofNullable(incidents.get(id)).map(IncidentCodec::readIncident);
    }

    @Override
    public synchronized List<Incident> list(Query query) {
        return all().reversed().stream()
                .filter(incident ->
                        query.service().map(incident.service()::equals).orElse(true))
                .filter(incident -> query.over()
                        .map(over -> over == incident.state().over())
                        .orElse(true))
                .sorted(Comparator.comparing(Incident::detectedAt).reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<HistoryEntry> history(IncidentId id) {
        return history.stream().filter(entry -> entry.incident().equals(id)).toList();
    }
}
