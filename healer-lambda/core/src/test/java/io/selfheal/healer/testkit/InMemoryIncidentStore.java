package io.selfheal.healer.testkit;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.audit.StoredIncident;
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
import io.selfheal.healer.incident.Recording;
import io.selfheal.healer.incident.Recording.Line;
import io.selfheal.healer.incident.Recording.Place;
import io.selfheal.healer.incident.SaveResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the contract of a store, in memory. Everything passes through the codec, as it does in a real store. */
public final class InMemoryIncidentStore implements IncidentStore, IncidentArchive, StoredHistory {
    private final Map<IncidentId, Kept> incidents = new LinkedHashMap<>();
    private final Map<ServiceId, IncidentId> open = new HashMap<>();
    private final List<Line> history = new ArrayList<>();
    private final Map<ServiceId, Kept> latest = new HashMap<>();
    private final List<ActionRecord> actions = new ArrayList<>();
    private final Map<IncidentId, Opening> openings = new HashMap<>();
    private long ledgerVersion;
    private int writes;

    private record Kept(Place place, Recording recording) {}

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
        return incidents.values().stream().map(InMemoryIncidentStore::read).toList();
    }

    private static Incident read(Kept kept) {
        return IncidentCodec.readIncident(kept.recording().document());
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
    public synchronized List<Opening> openingsOf(ServiceId service, int limit) {
        return openings.values().stream()
                .filter(opening -> opening.service().equals(service))
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
        Kept kept = kept(change);
        Incident saved = kept.recording().incident();
        incidents.put(saved.id(), kept);
        latest.put(saved.service(), kept);
        openings.put(
                saved.id(),
                new Opening(
                        saved.service(),
                        saved.detectedAt(),
                        saved.state().over() ? Optional.of(saved.updatedAt()) : Optional.empty()));
        if (saved.state().over()) {
            open.remove(saved.service());
        } else {
            open.put(saved.service(), saved.id());
        }
        history.addAll(kept.recording().lines());
        change.claim().ifPresent(claim -> {
            actions.add(claim.record());
            ledgerVersion++;
        });
        writes++;
        return new SaveResult.Saved(saved);
    }

    @Override
    public synchronized Optional<Incident> find(IncidentId id) {
        return Optional.ofNullable(incidents.get(id)).map(InMemoryIncidentStore::read);
    }

    @Override
    public synchronized List<Incident> list(Query query) {
        return all().reversed().stream()
                .filter(incident ->
                        query.service().map(incident.service()::equals).orElse(true))
                .filter(incident -> query.over()
                        .map(over -> over == incident.state().over())
                        .orElse(true))
                .filter(incident ->
                        query.after().map(spot -> spot.isBefore(incident)).orElse(true))
                .sorted(Comparator.comparing(Incident::detectedAt)
                        .thenComparing(incident -> incident.id().value())
                        .reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<HistoryEntry> history(IncidentId id) {
        return lines(id).map(line -> IncidentCodec.readEntry(line.text())).toList();
    }

    private Stream<Line> lines(IncidentId id) {
        return history.stream().filter(line -> line.entry().incident().equals(id));
    }

    private Kept kept(Change change) {
        Kept before = incidents.get(change.incident().id());
        if (before != null) {
            return new Kept(before.place(), Recording.next(change));
        }
        Place place = Optional.ofNullable(latest.get(change.incident().service()))
                .map(last ->
                        new Place(last.place().ordinal() + 1, last.recording().seal()))
                .orElse(new Place(1, ""));
        return new Kept(place, Recording.first(change, place));
    }

    @Override
    public synchronized Page signals(Window window) {
        List<HistoryEntry> all = history.stream()
                .map(line -> IncidentCodec.readEntry(line.text()))
                .filter(entry -> entry.event() == HistoryEntry.Event.SIGNAL)
                .filter(entry -> window.service().map(entry.service()::equals).orElse(true))
                .filter(entry ->
                        !entry.at().isBefore(window.since()) && entry.at().isBefore(window.until()))
                .sorted(Comparator.comparing(HistoryEntry::at))
                .toList();
        int from = window.after().map(InMemoryIncidentStore::number).orElse(0);
        int to = Math.min(all.size(), from + window.limit());
        return new Page(all.subList(from, to), to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    private static int number(String cursor) {
        if (!cursor.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("after: not the end of a page: '" + cursor + "'");
        }
        return Integer.parseInt(cursor);
    }

    @Override
    public synchronized void tell(Reader reader) {
        reader.unchainedUpTo(0);
        latest.forEach((service, kept) ->
                reader.service(service.toString(), kept.place().ordinal()));
        incidents.values().stream()
                .sorted(Comparator.comparing((Kept kept) ->
                                kept.recording().incident().service().toString())
                        .thenComparing(kept -> kept.place().ordinal()))
                .map(this::stored)
                .forEach(reader::incident);
    }

    private StoredIncident stored(Kept kept) {
        Incident incident = kept.recording().incident();
        List<StoredIncident.StoredEntry> entries = lines(incident.id())
                .map(line -> new StoredIncident.StoredEntry(
                        history.indexOf(line) + 1L, line.position(), line.hash(), line.text(), List.of()))
                .toList();
        return new StoredIncident(
                incident.id().value(),
                incident.service().toString(),
                kept.place().ordinal(),
                kept.place().previousSeal(),
                kept.recording().seal(),
                kept.recording().document(),
                List.of(),
                entries);
    }
}
