package io.selfheal.healer.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A recorded history of signals as text: one JSON object a line. What it wrote it reads back equal. */
public final class SignalHistory {
    private static final int MAX_PROBLEMS = 20;
    private static final Set<String> KNOWN = Set.of(
            "at",
            "kind",
            "source",
            "service",
            "task",
            "name",
            "fingerprint",
            "startsAt",
            "endsAt",
            "labels",
            "event",
            "detail",
            "key");

    private static final String SOURCES =
            Stream.of(SignalSource.values()).map(SignalSource::word).collect(Collectors.joining(", "));

    private SignalHistory() {}

    /**
     * The signals of all lines in the order of their times; of the same time in that of the lines. Blank lines are passed over.
     *
     * @throws InvalidInputException with the first problems found, each as {@code file:line: field: what}
     */
    public static List<RecordedSignal> read(String fileName, Stream<String> lines) {
        List<RecordedSignal> signals = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int[] number = {0};
        lines.forEach(line -> {
            number[0]++;
            if (line.isBlank() || problems.size() == MAX_PROBLEMS) {
                return;
            }
            try {
                signals.add(read(line));
            } catch (IllegalArgumentException e) {
                problems.add(fileName + ":" + number[0] + ": " + e.getMessage());
            }
        });
        if (problems.isEmpty() && signals.isEmpty()) {
            problems.add(fileName + ":1: is empty; expected one recorded signal a line");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        signals.sort(Comparator.comparing(RecordedSignal::at));
        return List.copyOf(signals);
    }

    /** Throws {@link IllegalArgumentException} as {@code field: what}. */
    public static RecordedSignal read(String line) {
        Fields fields = Fields.parse(line, KNOWN);
        Instant at = fields.time("at");
        return new RecordedSignal(
                at,
                switch (fields.text("kind")) {
                    case "firing" -> new Signal.Firing(alert(fields, at));
                    case "resolved" ->
                        new Signal.Resolved(
                                alert(fields, at), fields.timeIfThere("endsAt").orElse(at));
                    case "event" -> event(fields, at);
                    default ->
                        throw new IllegalArgumentException(
                                "kind: expected firing, resolved or event, was '" + fields.text("kind") + "'");
                });
    }

    private static Alert alert(Fields fields, Instant at) {
        TreeMap<String, String> labels = new TreeMap<>();
        JsonNode json = fields.node("labels");
        if (!json.isObject()) {
            throw new IllegalArgumentException("labels: expected an object, for policies match them");
        }
        json.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        String name = fields.textIfThere("name")
                .or(() -> Optional.ofNullable(labels.get("alertname")))
                .orElseThrow(() -> new IllegalArgumentException("name: is missing, and labels have no alertname"));
        return new Alert(
                source(fields, SignalSource.ALERTMANAGER),
                name,
                fields.textIfThere("fingerprint").orElseGet(labels::toString),
                service(fields),
                fields.parsed("task", TaskId::new)
                        .or(() -> Optional.ofNullable(labels.get("task_arn")).map(TaskId::new)),
                fields.timeIfThere("startsAt").orElse(at),
                labels);
    }

    private static Signal event(Fields fields, Instant at) {
        return new Signal.FleetEvent(
                source(fields, SignalSource.ECS),
                service(fields),
                fields.parsed("task", TaskId::new),
                fields.text("event"),
                fields.textIfThere("detail").orElse(""),
                fields.textIfThere("key").orElse(""),
                fields.timeIfThere("startsAt").orElse(at));
    }

    private static ServiceId service(Fields fields) {
        return fields.parsed("service", ServiceId::parse)
                .orElseThrow(() -> new IllegalArgumentException("service: is missing; expected cluster/service"));
    }

    private static SignalSource source(Fields fields, SignalSource otherwise) {
        return fields.parsed("source", word -> Arrays.stream(SignalSource.values())
                        .filter(source -> source.word().equals(word.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("expected one of " + SOURCES + ", was '" + word + "'")))
                .orElse(otherwise);
    }

    /** What an entry of the healer's own history recorded; entries of an older healer recorded nothing. */
    public static List<RecordedSignal> of(HistoryEntry entry) {
        return entry.signals().stream()
                .map(signal -> new RecordedSignal(entry.at(), signal))
                .toList();
    }

    /** One line without its end. */
    public static String write(RecordedSignal recorded) {
        ObjectNode json = JsonTrees.object().put("at", recorded.at().toString());
        switch (recorded.signal()) {
            case Signal.Firing(Alert alert) -> write(json.put("kind", "firing"), alert);
            case Signal.Resolved(Alert alert, Instant endsAt) ->
                write(json.put("kind", "resolved"), alert).put("endsAt", endsAt.toString());
            case Signal.FleetEvent event -> {
                json.put("kind", "event").put("source", event.source().word());
                json.put("service", event.service().toString());
                event.task().ifPresent(task -> json.put("task", task.arn()));
                json.put("event", event.kind());
                putUnlessBlank(json, "detail", event.detail());
                putUnlessBlank(json, "key", event.dedupKey());
                if (!event.at().equals(recorded.at())) {
                    json.put("startsAt", event.at().toString());
                }
            }
        }
        return JsonTrees.write(json);
    }

    private static void putUnlessBlank(ObjectNode json, String field, String text) {
        if (!text.isBlank()) {
            json.put(field, text);
        }
    }

    private static ObjectNode write(ObjectNode json, Alert alert) {
        json.put("source", alert.source().word()).put("service", alert.service().toString());
        alert.task().ifPresent(task -> json.put("task", task.arn()));
        json.put("name", alert.name()).put("fingerprint", alert.fingerprint());
        json.put("startsAt", alert.startsAt().toString());
        ObjectNode labels = json.putObject("labels");
        alert.labels().forEach(labels::put);
        return json;
    }
}
