package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.logs.LogEvent;
import io.selfheal.embedded.logs.LogSearch;
import io.selfheal.embedded.logs.LogStream;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CloudWatch Logs' list of streams. Called without the engine's lock: to know their times it reads files. */
final class LogStreamOperations {
    private static final int MAX_STREAMS = 50;

    private final LogGroups groups;

    LogStreamOperations(LogGroups groups) {
        this.groups = groups;
    }

    Map<String, Operation> all() {
        return Map.of("DescribeLogStreams", this::describe);
    }

    ObjectNode describe(Fields request) {
        Optional<String> prefix = request.text("logStreamNamePrefix");
        boolean byTime = request.text("orderBy").equals(Optional.of("LastEventTime"));
        if (byTime && prefix.isPresent()) {
            throw AwsException.invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        int limit = request.integer("limit", MAX_STREAMS, 1, MAX_STREAMS);
        List<Described> streams = groups.group(request).stream()
                .filter(stream -> stream.name().startsWith(prefix.orElse("")))
                .map(Described::of)
                .sorted(order(byTime, request.flag("descending")))
                .dropWhile(stream -> request.text("nextToken")
                        .filter(token -> !stream.stream().name().equals(token))
                        .isPresent())
                .toList();
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("logStreams");
        streams.stream().limit(limit).forEach(stream -> list.add(stream.json()));
        if (streams.size() > limit) {
            answer.put("nextToken", streams.get(limit).stream().name());
        }
        return answer;
    }

    private record Described(LogStream stream, List<LogEvent> events) {
        static Described of(LogStream stream) {
            return new Described(stream, new LogSearch(Optional.empty(), Optional.empty(), "").in(List.of(stream)));
        }

        long last() {
            return events.isEmpty() ? 0 : events.getLast().at().toEpochMilli();
        }

        ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("logStreamName", stream.name())
                    .put("creationTime", stream.createdAt().toEpochMilli())
                    .put("arn", stream.arn())
                    .put("storedBytes", 0);
            if (!events.isEmpty()) {
                json.put("firstEventTimestamp", events.getFirst().at().toEpochMilli())
                        .put("lastEventTimestamp", last())
                        .put("lastIngestionTime", last());
            }
            return json;
        }
    }

    private static Comparator<Described> order(boolean byTime, boolean descending) {
        Comparator<Described> byName =
                Comparator.comparing(described -> described.stream().name());
        Comparator<Described> order =
                byTime ? Comparator.comparingLong(Described::last).thenComparing(byName) : byName;
        return descending ? order.reversed() : order;
    }
}
