package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.logs.LogEvent;
import io.selfheal.embedded.logs.LogSearch;
import io.selfheal.embedded.logs.LogStream;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CloudWatch Logs knows of the tasks' output. Called without the engine's lock: the files that it reads may be long. */
final class LogOperations {
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_NAMED = 100;
    private static final int MAX_BYTES = 1 << 20;

    private final LogGroups groups;

    LogOperations(LogGroups groups) {
        this.groups = groups;
    }

    Map<String, Operation> all() {
        return Map.of("FilterLogEvents", this::filter, "GetLogEvents", this::get);
    }

    private ObjectNode filter(Fields request) {
        List<LogStream> streams = chosen(request, groups.group(request));
        int limit = request.integer("limit", MAX_EVENTS, 1, MAX_EVENTS);
        String after = request.text("nextToken").orElse("");
        List<LogEvent> found = new LogSearch(
                        request.millis("startTime"),
                        request.millis("endTime"),
                        request.text("filterPattern").orElse(""))
                .in(streams).stream()
                        .filter(event -> event.id().compareTo(after) > 0)
                        .toList();
        List<LogEvent> page = found.subList(0, fitting(found, limit));
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        page.forEach(event -> json(events.addObject().put("logStreamName", event.stream()), event)
                .put("eventId", event.id()));
        answer.putArray("searchedLogStreams");
        if (page.size() < found.size()) {
            answer.put("nextToken", page.getLast().id());
        }
        return answer;
    }

    /** By their names, or all whose names begin so. */
    private static List<LogStream> chosen(Fields request, List<LogStream> streams) {
        List<String> names = request.texts("logStreamNames");
        Optional<String> prefix = request.text("logStreamNamePrefix");
        if (!names.isEmpty() && prefix.isPresent()) {
            throw AwsException.invalidParameter("Only one of logStreamNames and logStreamNamePrefix may be given.");
        }
        if (names.size() > MAX_NAMED) {
            throw AwsException.invalidParameter("logStreamNames must have at most " + MAX_NAMED + " elements.");
        }
        return names.isEmpty()
                ? streams.stream()
                        .filter(stream -> stream.name().startsWith(prefix.orElse("")))
                        .toList()
                : names.stream().map(name -> LogGroups.stream(name, streams)).toList();
    }

    private ObjectNode get(Fields request) {
        LogStream stream = LogGroups.stream(LogGroups.required(request, "logStreamName"), groups.group(request));
        // Of this operation the end is exclusive.
        LogSearch search = new LogSearch(
                request.millis("startTime"), request.millis("endTime").map(end -> end.minusMillis(1)), "");
        List<LogEvent> found = search.in(List.of(stream));
        List<LogEvent> page = page(request, found);
        String token =
                request.text("nextToken").map(given -> given.substring(2)).orElse("0".repeat(56));
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        page.forEach(event -> json(events.addObject(), event));
        // At an end it is the token that was given: so callers know that they are there.
        return answer.put(
                        "nextForwardToken",
                        "f/" + (page.isEmpty() ? token : page.getLast().id()))
                .put(
                        "nextBackwardToken",
                        "b/" + (page.isEmpty() ? token : page.getFirst().id()));
    }

    private static List<LogEvent> page(Fields request, List<LogEvent> found) {
        int limit = request.integer("limit", MAX_EVENTS, 1, MAX_EVENTS);
        String token = request.text("nextToken").orElse("");
        if (!token.isEmpty() && !token.matches("[fb]/\\d{56}")) {
            throw AwsException.invalidParameter("The specified nextToken is invalid.");
        }
        List<LogEvent> left = token.isEmpty()
                ? found
                : found.stream()
                        .filter(event -> token.startsWith("f/")
                                ? event.id().compareTo(token.substring(2)) > 0
                                : event.id().compareTo(token.substring(2)) < 0)
                        .toList();
        boolean forward = token.isEmpty() ? request.flag("startFromHead") : token.startsWith("f/");
        return forward
                ? left.subList(0, fitting(left, limit))
                : left.subList(left.size() - fitting(left.reversed(), limit), left.size());
    }

    private static ObjectNode json(ObjectNode json, LogEvent event) {
        return json.put("timestamp", event.at().toEpochMilli())
                .put("message", event.message())
                .put("ingestionTime", event.at().toEpochMilli());
    }

    /** As many as an answer may hold, one at least. */
    private static int fitting(List<LogEvent> events, int limit) {
        int bytes = 0;
        int count = 0;
        while (count < Math.min(limit, events.size())
                && (count == 0 || bytes + events.get(count).size() <= MAX_BYTES)) {
            bytes += events.get(count).size();
            count++;
        }
        return count;
    }
}
