package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentHistory;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One healer's way to the store, and the oracle beside it. */
final class StoreLink implements IncidentStore, IncidentHistory {
    private final World world;
    private final Hazards hazards;
    private final Oracle.Witness witness;

    StoreLink(World world, Hazards hazards, Oracle.Witness witness) {
        this.world = world;
        this.hazards = hazards;
        this.witness = witness;
    }

    @Override
    public Optional<Incident> findOpen(ServiceId service) {
        hazards.reachStore("findOpen");
        Optional<Incident> found = world.store.findOpen(service);
        hazards.answerFromStore("findOpen");
        return found;
    }

    @Override
    public List<Incident> due(Instant now, int limit) {
        hazards.reachStore("due");
        List<Incident> due = world.store.due(now, limit);
        hazards.answerFromStore("due");
        return due;
    }

    @Override
    public Ledger ledger(Instant since) {
        hazards.reachStore("ledger");
        Ledger ledger = world.store.ledger(since);
        hazards.answerFromStore("ledger");
        return ledger;
    }

    @Override
    public List<Opening> openings(Instant since, int limit) {
        hazards.reachStore("openings");
        List<Opening> openings = world.store.openings(since, limit);
        witness.told().openings(openings);
        hazards.answerFromStore("openings");
        return openings;
    }

    @Override
    public List<Opening> openingsOf(ServiceId service, int limit) {
        hazards.reachStore("openings of one");
        return world.store.openingsOf(service, limit);
    }

    @Override
    public SaveResult save(Change change) {
        hazards.reachStore(change.claim().isPresent() ? "claim" : "save");
        if (world.snaps(Trap.STORE_CONFLICT) || world.chance.hits(world.weather.storeTrouble())) {
            return new SaveResult.Conflict("simulated");
        }
        SaveResult result = world.store.save(change);
        switch (result) {
            case SaveResult.Saved(Incident saved) -> {
                world.story.tell(witness.healer(), () -> "saves " + text(saved, change));
                world.oracle.saved(witness, change, saved);
            }
            case SaveResult.Conflict(String what) ->
                world.story.tell(
                        witness.healer(),
                        () -> "conflicts on " + change.incident().service().service() + ": " + what);
        }
        hazards.answerFromStore("save");
        return result;
    }

    @Override
    public List<HistoryEntry> history(IncidentId id) {
        hazards.reachStore("history");
        return world.store.history(id);
    }

    private static String text(Incident saved, Change change) {
        StringBuilder text = new StringBuilder(saved.service().service() + " " + saved.id() + " v" + saved.version()
                + " " + saved.state().phase());
        for (HistoryEntry entry : change.entries()) {
            text.append("\n                         ").append(entry.event());
            text.append(' ').append(entry.reason()).append(": ").append(entry.detail());
        }
        return text.toString();
    }
}
