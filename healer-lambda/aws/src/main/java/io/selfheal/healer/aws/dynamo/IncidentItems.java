package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Recording;
import java.time.Instant;
import java.util.Optional;

/** Incidents, entries, openings and actions as items. */
final class IncidentItems {
    private IncidentItems() {}

    /** All that a save writes of an incident, but its key. */
    static Item saved(Recording recording) {
        return Item.of(beside(recording.incident()).map())
                .with("document", recording.document())
                .with("seal", recording.seal())
                .without(Keys.PK)
                .without(Keys.SK);
    }

    /** What stands beside the document and repeats it: what it is found by, and what a person wants to see. */
    static Item beside(Incident incident) {
        Item item = Item.at(Keys.incident(incident.id()))
                .with("version", incident.version())
                .with("service", incident.service().toString())
                .with("phase", incident.state().phase().name())
                .with("openedAt", incident.detectedAt())
                .with("updatedAt", incident.updatedAt());
        if (incident.dueAt().isPresent() && !incident.state().over()) {
            item.with(Keys.LINE, Keys.due(incident.service()))
                    .with(Keys.AT, incident.dueAt().get());
        }
        return item;
    }

    static Incident incident(Item item) {
        return IncidentCodec.readIncident(item.text("document"));
    }

    static Item entry(Recording.Line line) {
        return beside(line.entry(), line.position()).with("entry", line.text()).with("hash", line.hash());
    }

    /** What stands beside an entry's text and repeats it. */
    static Item beside(HistoryEntry entry, long position) {
        Item item = Item.at(Keys.entry(entry.incident(), position))
                .with("service", entry.service().toString())
                .with("time", entry.at())
                .with("event", entry.event().name())
                .with("reason", entry.reason().name());
        if (entry.event() == HistoryEntry.Event.SIGNAL) {
            item.with(Keys.LINE, Keys.signals(entry.service()))
                    .with(Keys.AT, Keys.time(entry.at()) + "#" + entry.incident() + "#" + Keys.number(position));
        }
        return item;
    }

    static Item opening(Incident incident) {
        boolean over = incident.state().over();
        Item item = Item.at(openingKey(incident, over ? Keys.ENDED : Keys.OPEN))
                .with("service", incident.service().toString())
                .with("incident", incident.id().value())
                .with("openedAt", incident.detectedAt())
                .with(Keys.LINE, Keys.opened(incident.service()))
                .with(Keys.AT, Keys.time(incident.detectedAt()) + "#" + incident.id());
        return over ? item.with("endedAt", incident.updatedAt()) : item;
    }

    static ItemKey openingKey(Incident incident, String state) {
        return Keys.opening(incident.service(), state, incident.detectedAt(), incident.id());
    }

    static Opening opening(Item item) {
        return new Opening(ServiceId.parse(item.text("service")), item.time("openedAt"), item.timeIfThere("endedAt"));
    }

    static Item action(ActionRecord action, long number) {
        Item item = Item.at(Keys.action(number))
                .with("incident", action.incident().value())
                .with("attempt", action.attempt())
                .with("service", action.service().toString())
                .with("kind", action.kind().word())
                .with("time", action.at());
        action.task().ifPresent(task -> item.with("task", task.arn()));
        return item;
    }

    static ActionRecord action(Item item) {
        String kind = item.text("kind");
        Optional<TaskId> task = item.textIfThere("task").map(TaskId::new);
        Instant at = item.time("time");
        return new ActionRecord(
                new IncidentId(item.text("incident")),
                Math.toIntExact(item.number("attempt")),
                ServiceId.parse(item.text("service")),
                task,
                ActionKind.ofWord(kind)
                        .orElseThrow(() -> new IllegalStateException("ledger: unknown kind of action '" + kind + "'")),
                at);
    }
}
