package io.selfheal.healer.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON of signals and alerts. */
final class SignalCodec {

    private SignalCodec() {}

    static ObjectNode write(Signal signal) {
        ObjectNode json = JsonTrees.object();
        switch (signal) {
            case Signal.Firing(Alert alert) -> writeAlert(json.put("kind", "firing"), alert);
            case Signal.Resolved(Alert alert, var endsAt) ->
                writeAlert(json.put("kind", "resolved"), alert).put("endsAt", endsAt.toString());
            case Signal.FleetEvent event -> {
                json.put("kind", "event").put("source", event.source().name());
                json.put("service", event.service().toString());
                event.task().ifPresent(task -> json.put("task", task.arn()));
                json.put("event", event.kind()).put("detail", event.detail());
                json.put("key", event.dedupKey()).put("at", event.at().toString());
            }
        }
        return json;
    }

    static Signal read(JsonNode json) {
        String kind = StateCodec.text(json, "kind");
        return switch (kind) {
            case "firing" -> new Signal.Firing(readAlert(json));
            case "resolved" -> new Signal.Resolved(readAlert(json), StateCodec.time(json, "endsAt"));
            case "event" ->
                new Signal.FleetEvent(
                        source(json),
                        ServiceId.parse(StateCodec.text(json, "service")),
                        task(json),
                        StateCodec.text(json, "event"),
                        StateCodec.text(json, "detail"),
                        StateCodec.text(json, "key"),
                        StateCodec.time(json, "at"));
            default -> throw new IllegalArgumentException("kind: unknown signal '" + kind + "'");
        };
    }

    static ObjectNode writeAlert(ObjectNode json, Alert alert) {
        json.put("source", alert.source().name());
        json.put("name", alert.name());
        json.put("fingerprint", alert.fingerprint());
        json.put("service", alert.service().toString());
        alert.task().ifPresent(task -> json.put("task", task.arn()));
        json.put("startsAt", alert.startsAt().toString());
        ObjectNode labels = json.putObject("labels");
        alert.labels().forEach(labels::put);
        return json;
    }

    static Alert readAlert(JsonNode json) {
        TreeMap<String, String> labels = new TreeMap<>();
        json.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new Alert(
                source(json),
                StateCodec.text(json, "name"),
                StateCodec.text(json, "fingerprint"),
                ServiceId.parse(StateCodec.text(json, "service")),
                task(json),
                StateCodec.time(json, "startsAt"),
                labels);
    }

    private static SignalSource source(JsonNode json) {
        return SignalSource.valueOf(StateCodec.text(json, "source"));
    }

    private static Optional<TaskId> task(JsonNode json) {
        return json.hasNonNull("task") ? Optional.of(new TaskId(StateCodec.text(json, "task"))) : Optional.empty();
    }
}
