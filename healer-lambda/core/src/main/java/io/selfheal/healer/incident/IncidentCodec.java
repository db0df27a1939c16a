package io.selfheal.healer.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.json.JsonTrees;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Incidents and history entries as JSON, the form in which stores keep them. What it wrote it reads back equal; fields it
 * does not know, for example of a newer healer, are passed over.
 */
public final class IncidentCodec {

    private IncidentCodec() {}

    public static String write(Incident incident) {
        ObjectNode json = JsonTrees.object();
        json.put("id", incident.id().value());
        json.put("version", incident.version());
        if (incident.history().begun()) {
            json.putObject("history")
                    .put("length", incident.history().length())
                    .put("hash", incident.history().hash());
        }
        json.put("service", incident.service().toString());
        json.set("state", StateCodec.writeState(incident.state()));
        json.put("attempts", incident.attempts());
        json.put("strikes", incident.strikes());
        writeAll(json.putArray("tried"), incident.tried(), StateCodec::writeAction);
        writeAll(json.putArray("alerts"), incident.alerts(), IncidentCodec::writeTracked);
        writeAll(json.putArray("measures"), incident.measures(), IncidentCodec::writeMeasure);
        incident.held().ifPresent(held -> json.putObject("held")
                .put("reason", held.reason().name())
                .put("since", held.since().toString()));
        json.put("detectedAt", incident.detectedAt().toString());
        incident.actedAt().ifPresent(at -> json.put("actedAt", at.toString()));
        incident.healedAt().ifPresent(at -> json.put("healedAt", at.toString()));
        json.put("updatedAt", incident.updatedAt().toString());
        incident.dueAt().ifPresent(at -> json.put("dueAt", at.toString()));
        incident.asked().ifPresent(asked -> json.set("asked", writeAsked(asked)));
        return JsonTrees.write(json);
    }

    /** Throws {@link IllegalArgumentException} for text that no incident was written to. */
    public static Incident readIncident(String text) {
        return reading(
                "incident",
                text,
                json -> new Incident(
                        new IncidentId(StateCodec.text(json, "id")),
                        json.path("version").asLong(),
                        optional(json, "history", IncidentCodec::readHead).orElse(ChainHead.NONE),
                        ServiceId.parse(StateCodec.text(json, "service")),
                        StateCodec.readState(json.path("state")),
                        json.path("attempts").asInt(),
                        json.path("strikes").asInt(),
                        readAll(json.path("tried"), StateCodec::readAction),
                        readAll(json.path("alerts"), IncidentCodec::readTracked),
                        readAll(json.path("measures"), IncidentCodec::readMeasure),
                        optional(
                                json,
                                "held",
                                held -> new Held(StateCodec.readReason(held), StateCodec.time(held, "since"))),
                        StateCodec.time(json, "detectedAt"),
                        StateCodec.timeIfThere(json, "actedAt"),
                        StateCodec.timeIfThere(json, "healedAt"),
                        StateCodec.time(json, "updatedAt"),
                        StateCodec.timeIfThere(json, "dueAt"),
                        optional(json, "asked", IncidentCodec::readAsked)));
    }

    public static String write(HistoryEntry entry) {
        ObjectNode json = JsonTrees.object();
        json.put("incident", entry.incident().value());
        json.put("service", entry.service().toString());
        json.put("at", entry.at().toString());
        json.put("event", entry.event().name());
        json.put("reason", entry.reason().name());
        json.put("detail", entry.detail());
        entry.action().ifPresent(action -> json.set("action", StateCodec.writeAction(action)));
        json.put("policy", entry.policy());
        if (!entry.signals().isEmpty()) {
            writeAll(json.putArray("signals"), entry.signals(), SignalCodec::write);
        }
        return JsonTrees.write(json);
    }

    /** Throws {@link IllegalArgumentException} for text that no history entry was written to. */
    public static HistoryEntry readEntry(String text) {
        return reading(
                "history entry",
                text,
                json -> new HistoryEntry(
                        new IncidentId(StateCodec.text(json, "incident")),
                        ServiceId.parse(StateCodec.text(json, "service")),
                        StateCodec.time(json, "at"),
                        HistoryEntry.Event.valueOf(StateCodec.text(json, "event")),
                        StateCodec.readReason(json),
                        StateCodec.text(json, "detail"),
                        optional(json, "action", StateCodec::readAction),
                        StateCodec.text(json, "policy"),
                        readAll(json.path("signals"), SignalCodec::read)));
    }

    private static <T> T reading(String what, String text, Function<JsonNode, T> read) {
        try {
            return read.apply(JsonTrees.read(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
        }
    }

    private static ChainHead readHead(JsonNode json) {
        return new ChainHead(json.path("length").asLong(), StateCodec.text(json, "hash"));
    }

    private static ObjectNode writeTracked(TrackedAlert tracked) {
        ObjectNode json = SignalCodec.writeAlert(JsonTrees.object(), tracked.alert());
        json.put("receivedAt", tracked.receivedAt().toString());
        tracked.resolvedAt().ifPresent(at -> json.put("resolvedAt", at.toString()));
        return json;
    }

    private static TrackedAlert readTracked(JsonNode json) {
        return new TrackedAlert(
                SignalCodec.readAlert(json),
                StateCodec.time(json, "receivedAt"),
                StateCodec.timeIfThere(json, "resolvedAt"));
    }

    /** Equal actions are written equally: a link's signature covers this text. */
    public static String write(Action action) {
        return JsonTrees.write(StateCodec.writeAction(action));
    }

    private static ObjectNode writeAsked(Asked asked) {
        ObjectNode json = JsonTrees.object();
        json.set("action", StateCodec.writeAction(asked.action()));
        json.put("attempt", asked.attempt())
                .put("at", asked.at().toString())
                .put("expiresAt", asked.expiresAt().toString());
        asked.grantedAt().ifPresent(at -> json.put("grantedAt", at.toString()));
        return json;
    }

    private static Asked readAsked(JsonNode json) {
        return new Asked(
                StateCodec.readAction(json.path("action")),
                json.path("attempt").asInt(),
                StateCodec.time(json, "at"),
                StateCodec.time(json, "expiresAt"),
                StateCodec.timeIfThere(json, "grantedAt"));
    }

    private static ObjectNode writeMeasure(Measure measure) {
        ObjectNode json = JsonTrees.object();
        json.set("undo", StateCodec.writeAction(measure.undo()));
        return json.put("dueAt", measure.dueAt().toString());
    }

    private static Measure readMeasure(JsonNode json) {
        return new Measure(StateCodec.readAction(json.path("undo")), StateCodec.time(json, "dueAt"));
    }

    private static <T> void writeAll(ArrayNode to, List<T> values, Function<T, ObjectNode> write) {
        Consumer<T> add = value -> to.add(write.apply(value));
        values.forEach(add);
    }

    private static <T> List<T> readAll(JsonNode array, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        array.forEach(element -> values.add(read.apply(element)));
        return values;
    }

    private static <T> Optional<T> optional(JsonNode json, String field, Function<JsonNode, T> read) {
        return json.hasNonNull(field) ? Optional.of(read.apply(json.path(field))) : Optional.empty();
    }
}
