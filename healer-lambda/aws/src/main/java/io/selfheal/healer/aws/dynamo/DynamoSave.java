package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Recording;
import io.selfheal.healer.incident.Recording.Place;
import io.selfheal.healer.incident.SaveResult;
import java.util.List;
import java.util.UUID;

/**
 * One save as one transaction: incident and entries; where one is opened or over, its service and its opening; with a claim the
 * ledger. Whoever writes leaves a token in the incident: by it a save is recognised as stored whose answer was lost.
 */
final class DynamoSave {
    static final String WRITER = "writer";

    private final DynamoTable table;
    private final Change change;
    private final Incident old;
    private final ServiceId service;
    private final String token = UUID.randomUUID().toString();

    DynamoSave(DynamoTable table, Change change) {
        this.table = table;
        this.change = change;
        this.old = change.incident();
        this.service = old.service();
    }

    SaveResult store() {
        Writes writes = new Writes(table.name());
        Recording recording;
        if (old.version() == 0) {
            ServiceItem before = ServiceItem.of(service, table.get("save", Keys.service(service)));
            if (before.open().isPresent()) {
                return new SaveResult.Conflict(
                        service + " has another open incident, " + before.open().get());
            }
            Place place = place(before);
            recording = Recording.first(change, place);
            open(writes, recording, place, before);
        } else {
            recording = Recording.next(change);
            update(writes, recording);
        }
        recording.lines().forEach(line -> writes.put(IncidentItems.entry(line), changed()));
        change.claim().ifPresent(claim -> claim(writes, claim));
        return new Transaction(table, Keys.incident(old.id()), token)
                .run(writes)
                .<SaveResult>map(SaveResult.Conflict::new)
                .orElseGet(() -> new SaveResult.Saved(recording.incident()));
    }

    /** The incident before is over, and what is over is never saved again: its seal is final. Blank when it was taken away. */
    private Place place(ServiceItem before) {
        if (before.incidents() == 0) {
            return new Place(1, "");
        }
        String seal = before.last()
                .map(Keys::incident)
                .flatMap(key -> table.get("save", key))
                .flatMap(item -> item.textIfThere("seal"))
                .orElse("");
        return new Place(before.incidents() + 1, seal);
    }

    private void open(Writes writes, Recording recording, Place place, ServiceItem before) {
        Incident incident = recording.incident();
        ItemKey key = Keys.incident(incident.id());
        Item item = IncidentItems.saved(recording)
                .with(Keys.PK, key.pk())
                .with(Keys.SK, key.sk())
                .with("ordinal", place.ordinal())
                .with("previousSeal", place.previousSeal())
                .with(WRITER, token);
        writes.put(item, "incident " + incident.id() + " is there already");
        String another = service + " has another incident " + place.ordinal();
        if (before.incidents() == 0) {
            writes.put(before.after(incident), another);
        } else {
            writes.put(
                    before.after(incident),
                    "incidents = :count AND attribute_not_exists(openId)",
                    Item.empty().with(":count", before.incidents()).map(),
                    another);
        }
        writes.put(IncidentItems.opening(incident), another);
    }

    private void update(Writes writes, Recording recording) {
        Incident incident = recording.incident();
        Item set = IncidentItems.saved(recording).with(WRITER, token);
        List<String> remove = set.has(Keys.LINE) ? List.of() : List.of(Keys.LINE, Keys.AT);
        writes.update(
                Keys.incident(incident.id()),
                set,
                remove,
                "version = :expected",
                Item.empty().with(":expected", old.version()),
                changed());
        if (incident.state().over()) {
            end(writes, incident);
        }
    }

    private void end(Writes writes, Incident incident) {
        String id = incident.id().value();
        writes.update(
                Keys.service(service),
                Item.empty().with("recent." + id + ".endedAt", incident.updatedAt()),
                List.of("openId"),
                "openId = :id",
                Item.empty().with(":id", id),
                "incident " + id + " is not the open one of " + service);
        writes.delete(IncidentItems.openingKey(incident, Keys.OPEN));
        writes.put(IncidentItems.opening(incident), changed());
    }

    private void claim(Writes writes, Change.Claim claim) {
        long expected = claim.ledgerVersion();
        String otherwise = "the ledger is no longer at version " + expected;
        Item set = Item.empty()
                .with("version", expected + 1)
                .with("claimedAt", claim.record().at());
        boolean first = expected == 0;
        writes.update(
                Keys.LEDGER_HEAD,
                set,
                List.of(),
                first ? "attribute_not_exists(version)" : "version = :expected",
                first ? Item.empty() : Item.empty().with(":expected", expected),
                otherwise);
        writes.put(IncidentItems.action(claim.record(), expected + 1), otherwise);
    }

    private String changed() {
        return service + " is no longer at version " + old.version();
    }
}
