package io.selfheal.healer.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.json.JsonTrees;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line that a task logged, cut short and without what looks like a secret: it goes into the history and to people.
 *
 * @param task that wrote it; empty where the logs do not tell
 * @param trace id of the request that it is about, where the line tells
 */
public record LogLine(Optional<TaskId> task, Instant at, String text, Optional<String> trace) {
    /** One line tells the kind of error; more belongs into the log. */
    public static final int LONGEST = 200;

    private static final List<String> MESSAGES = List.of("message", "msg", "log");
    private static final List<String> EXCEPTIONS = List.of("exception", "stack_trace", "error");
    private static final List<String> TRACES = List.of("trace_id", "traceId", "traceid");

    public LogLine {
        if (text.isBlank() || text.length() > LONGEST + 1) {
            throw new IllegalArgumentException("text: expected 1 to " + LONGEST + " characters, were " + text.length());
        }
    }

    /**
     * As it was written: of a JSON object what happened and the first line of the exception, else the whole line.
     *
     * @return empty when nothing is in it
     */
    public static Optional<LogLine> of(Optional<TaskId> task, Instant at, String written) {
        JsonNode json = object(written);
        Optional<String> message = text(json, MESSAGES);
        String said = message.map(what -> text(json, EXCEPTIONS)
                        .flatMap(exception -> exception.lines().findFirst())
                        .filter(exception -> !what.contains(exception))
                        .map(exception -> what + " (" + exception + ")")
                        .orElse(what))
                .orElse(written);
        String excerpt = Redaction.of(said, LONGEST);
        return excerpt.isBlank()
                ? Optional.empty()
                : Optional.of(new LogLine(task, at, excerpt, text(json, TRACES).filter(Trace::isId)));
    }

    private static JsonNode object(String written) {
        if (!written.stripLeading().startsWith("{")) {
            return JsonTrees.object();
        }
        try {
            return JsonTrees.read(written);
        } catch (JsonProcessingException cutOff) {
            // Log drivers split long lines: then it is a text like any other.
            return JsonTrees.object();
        }
    }

    private static Optional<String> text(JsonNode json, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(json.path(name)))
                .filter(value -> value.isTextual() && !value.asText().isBlank())
                .map(JsonNode::asText)
                .findFirst();
    }
}
