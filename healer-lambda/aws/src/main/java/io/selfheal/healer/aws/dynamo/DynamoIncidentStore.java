package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.fleet.ServiceId;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Incidents, their history and the ledger of actions in one DynamoDB table. A save is one transaction. What is decided on is
 * read as it is now; only what is due, and what a person lists, is found along the index, which may be a second late: what it
 * tells is read again by its key before it is handed out, and what it does not tell yet is found the next time.
 */
public final class DynamoIncidentStore implements IncidentStore, IncidentArchive {
    /** Between two reads an incident may end and the next begin; that many in a row do not. */
    private static final int MOST_READINGS = 3;

    private static final Comparator<Incident> LONGEST_WAITING = Comparator.<Incident, Instant>comparing(
                    incident -> incident.dueAt().orElse(Instant.MAX))
            .thenComparing(incident -> incident.id().value());

    private final DynamoTable table;

    public DynamoIncidentStore(DynamoTable table) {
        this.table = table;
    }

    @Override
    public Optional<Incident> findOpen(ServiceId service) {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            Optional<IncidentId> open = ServiceItem.of(service, table.get("find open", Keys.service(service)))
                    .open();
            Optional<Incident> incident = open.flatMap(id -> read("find open", id));
            if (open.isEmpty() || incident.filter(one -> !one.state().over()).isPresent()) {
                return incident;
            }
        }
        throw DynamoFailure.unavailable(
                "find open",
                "the open incident of " + service + " is not there",
                new IllegalStateException("the service's item names an incident that is over or gone"));
    }

    @Override
    public List<Incident> due(Instant now, int limit) {
        List<ItemKey> keys = table
                .queryAll(
                        "due",
                        Keys.all("due#"),
                        line -> Ranges.limited(Ranges.ofIndex(line, "0", Keys.time(now)), limit),
                        limit)
                .stream()
                .map(item -> new ItemKey(item.text(Keys.PK), item.text(Keys.SK)))
                .toList();
        return incidents("due", keys).stream()
                .filter(incident -> !incident.state().over())
                .filter(incident ->
                        incident.dueAt().filter(at -> !at.isAfter(now)).isPresent())
                .sorted(LONGEST_WAITING)
                .limit(limit)
                .toList();
    }

    @Override
    public Ledger ledger(Instant since) {
        return new DynamoLedger(table).since(since);
    }

    @Override
    public List<Opening> openings(Instant since, int limit) {
        return new DynamoOpenings(table).since(since, limit);
    }

    @Override
    public List<Opening> openingsOf(ServiceId service, int limit) {
        return new DynamoOpenings(table).of(service, limit);
    }

    @Override
    public SaveResult save(Change change) {
        return new DynamoSave(table, change).store();
    }

    @Override
    public Optional<Incident> find(IncidentId id) {
        return read("find", id);
    }

    @Override
    public List<Incident> list(Query query) {
        List<ItemKey> keys = new DynamoOpenings(table)
                .ids(query).stream().map(Keys::incident).toList();
        return incidents("list", keys).stream()
                .filter(incident -> query.over()
                        .map(over -> over == incident.state().over())
                        .orElse(true))
                .toList();
    }

    @Override
    public List<HistoryEntry> history(IncidentId id) {
        return table
                .query(
                        "history",
                        Ranges.ofTable(Keys.incident(id).pk(), Keys.ENTRY, Keys.ENTRY + Keys.END),
                        Integer.MAX_VALUE)
                .stream()
                .map(item -> IncidentCodec.readEntry(item.text("entry")))
                .toList();
    }

    @Override
    public Page signals(Window window) {
        return new DynamoSignals(table).read(window);
    }

    private Optional<Incident> read(String operation, IncidentId id) {
        return table.get(operation, Keys.incident(id)).map(IncidentItems::incident);
    }

    /** In the order of the keys. */
    private List<Incident> incidents(String operation, Collection<ItemKey> keys) {
        Map<ItemKey, Item> items = table.getAll(operation, keys);
        return keys.stream()
                .map(items::get)
                .filter(Objects::nonNull)
                .map(IncidentItems::incident)
                .toList();
    }
}
