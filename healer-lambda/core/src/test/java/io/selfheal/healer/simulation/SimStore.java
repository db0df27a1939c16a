package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the store's port promises, kept in memory without the codec: incidents are immutable, and the codec has tests of its
 * own. Only what is open is kept, of the history how actions ended, and of the ledger what any policy may ask for. It can be
 * made to break its promises.
 */
final class SimStore {
    /** A promise that the store does not keep. */
    enum Flaw {
        IGNORES_THE_VERSION,
        IGNORES_THE_VERSION_OF_THE_LEDGER,
        OPENS_A_SECOND_STORY,
        FORGETS_CLAIMS_IN_THE_LEDGER,
        SAYS_SAVED_AND_SAVES_NO_CLAIM
    }

    private static final Duration KEPT = Duration.ofMinutes(20);
    /** The storm breaker of these worlds looks back for 26 s, the flap breaker for 2 min. */
    private static final Duration OPENINGS_KEPT = Duration.ofMinutes(4);

    private static final Comparator<Opening> NEWEST_FIRST =
            (one, other) -> other.at().compareTo(one.at());

    private final Set<Flaw> flaws;
    private final Map<ServiceId, Incident> open = new LinkedHashMap<>();
    private List<ActionRecord> actions = new ArrayList<>();
    private final Map<IncidentId, Opening> openings = new LinkedHashMap<>();
    private final Map<IncidentId, List<HistoryEntry>> endings = new HashMap<>();
    private long ledgerVersion;
    private long opened;

    SimStore(Set<Flaw> flaws) {
        this.flaws = flaws.isEmpty() ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(flaws);
    }

    long opened() {
        return opened;
    }

    boolean allOver() {
        return open.isEmpty();
    }

    List<Incident> allOpen() {
        return List.copyOf(open.values());
    }

    Optional<Incident> findOpen(ServiceId service) {
        return Optional.ofNullable(open.get(service));
    }

    List<Incident> due(Instant now, int limit) {
        if (open.isEmpty()) {
            return List.of();
        }
        return open.values().stream()
                .filter(incident ->
                        incident.dueAt().filter(at -> !at.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(incident -> incident.dueAt().orElseThrow()))
                .limit(limit)
                .toList();
    }

    Ledger ledger(Instant since) {
        return new Ledger(
                ledgerVersion,
                actions.stream().filter(done -> !done.at().isBefore(since)).toList());
    }

    List<Opening> openings(Instant since, int limit) {
        List<Opening> found = new ArrayList<>();
        for (Opening opening : openings.values()) {
            if (opening.overAt().isEmpty() || !opening.at().isBefore(since)) {
                found.add(opening);
            }
        }
        return newest(found, limit);
    }

    List<Opening> openingsOf(ServiceId service, int limit) {
        List<Opening> found = new ArrayList<>();
        for (Opening opening : openings.values()) {
            if (opening.service().equals(service)) {
                found.add(opening);
            }
        }
        return newest(found, limit);
    }

    private static List<Opening> newest(List<Opening> found, int limit) {
        found.sort(NEWEST_FIRST);
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /** Of an incident how its actions ended, and nothing else. */
    List<HistoryEntry> history(IncidentId id) {
        return List.copyOf(endings.getOrDefault(id, List.of()));
    }

    SaveResult save(Change change) {
        Incident incident = change.incident();
        Optional<Incident> stored = findOpen(incident.service());
        Optional<String> conflict = conflict(change, stored);
        if (conflict.isPresent()) {
            return new SaveResult.Conflict(conflict.get());
        }
        Incident saved = incident.withVersion(stored.map(Incident::version).orElse(0L) + 1);
        if (incident.version() == 0) {
            opened++;
        }
        openings.put(
                saved.id(),
                new Opening(
                        saved.service(),
                        saved.detectedAt(),
                        saved.state().over() ? Optional.of(saved.updatedAt()) : Optional.empty()));
        if (saved.state().over()) {
            open.remove(saved.service());
        } else if (change.claim().isEmpty() || !flaws.contains(Flaw.SAYS_SAVED_AND_SAVES_NO_CLAIM)) {
            open.put(saved.service(), saved);
        }
        for (HistoryEntry entry : change.entries()) {
            if (entry.event() == HistoryEntry.Event.ACTED || entry.event() == HistoryEntry.Event.FAILED) {
                endings.computeIfAbsent(saved.id(), _ -> new ArrayList<>()).add(entry);
            }
        }
        change.claim().ifPresent(this::enter);
        forget(saved.updatedAt());
        return new SaveResult.Saved(saved);
    }

    private Optional<String> conflict(Change change, Optional<Incident> stored) {
        Incident incident = change.incident();
        // Of an incident that is over nothing is kept: whoever still holds an older version of it comes too late.
        boolean current = stored.map(there ->
                        there.id().equals(incident.id()) && (there.version() == incident.version() || unfenced()))
                .orElse(incident.version() == 0 || unfenced());
        boolean second = incident.version() == 0 && flaws.contains(Flaw.OPENS_A_SECOND_STORY);
        if (!current && !second) {
            return Optional.of("version " + stored.map(Incident::version) + ", not " + incident.version());
        }
        boolean overtaken = change.claim().isPresent() && change.claim().get().ledgerVersion() != ledgerVersion;
        boolean tolerated = unfenced() || flaws.contains(Flaw.IGNORES_THE_VERSION_OF_THE_LEDGER);
        return overtaken && !tolerated ? Optional.of("ledger version " + ledgerVersion) : Optional.empty();
    }

    private boolean unfenced() {
        return flaws.contains(Flaw.IGNORES_THE_VERSION);
    }

    private void enter(Change.Claim claim) {
        ledgerVersion++;
        if (!flaws.contains(Flaw.FORGETS_CLAIMS_IN_THE_LEDGER)) {
            actions.add(claim.record());
        }
    }

    private void forget(Instant now) {
        Instant before = now.minus(KEPT);
        if (!actions.isEmpty() && actions.getFirst().at().isBefore(before)) {
            actions = new ArrayList<>(
                    actions.stream().filter(done -> !done.at().isBefore(before)).toList());
        }
        Instant oldest = now.minus(OPENINGS_KEPT);
        openings.values().removeIf(one -> one.overAt().isPresent() && one.at().isBefore(oldest));
    }
}
