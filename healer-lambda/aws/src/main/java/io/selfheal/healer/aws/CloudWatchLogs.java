package io.selfheal.healer.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;

/** Searches log streams. Speaks AWS JSON 1.1. */
final class CloudWatchLogs {
    /** FilterLogEvents answers 1 MB of events at most; JSON around and in them takes its place, too. */
    private static final int LONGEST_ANSWER = 4 << 20;

    private static final int LONGEST_ERROR = 300;

    private final SignedCalls aws;

    CloudWatchLogs(SignedCalls aws) {
        this.aws = aws;
    }

    /** Where a container logs to; the region is that of the healer where it is empty. */
    record Group(String name, Optional<String> region) {}

    /** What is looked for: both ends are part of it. */
    record Search(Group group, List<String> streams, String pattern, Instant from, Instant to) {}

    record Event(String stream, Instant at, String message) {}

    /** More may be there when there is a token, also when this page is empty. */
    record Page(List<Event> events, Optional<String> token) {}

    /** The oldest first. */
    Page filter(Search search, Optional<String> token, int limit) throws IOException {
        ObjectNode request = JsonTrees.object()
                .put("logGroupName", search.group().name())
                .put("filterPattern", search.pattern())
                .put("startTime", search.from().toEpochMilli())
                .put("endTime", search.to().toEpochMilli())
                .put("limit", limit);
        ArrayNode streams = request.putArray("logStreamNames");
        search.streams().forEach(streams::add);
        token.ifPresent(next -> request.put("nextToken", next));
        return page(call(search.group(), "FilterLogEvents", request));
    }

    private JsonNode call(Group group, String operation, ObjectNode request) throws IOException {
        SignedCalls.Answer answer = group.region()
                .map(Region::of)
                .map(aws::in)
                .orElse(aws)
                .post(
                        "logs",
                        Map.of(
                                "Content-Type",
                                "application/x-amz-json-1.1",
                                "X-Amz-Target",
                                "Logs_20140328." + operation),
                        JsonTrees.write(request),
                        LONGEST_ANSWER);
        if (!answer.successful()) {
            throw failed(operation + " of " + group.name(), answer);
        }
        return JsonTrees.read(answer.body());
    }

    private static Page page(JsonNode answer) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : answer.path("events")) {
            events.add(new Event(
                    event.path("logStreamName").asText(),
                    Instant.ofEpochMilli(event.path("timestamp").asLong()),
                    event.path("message").asText()));
        }
        return new Page(events, Optional.of(answer.path("nextToken").asText()).filter(token -> !token.isEmpty()));
    }

    /** As the SDK's own clients throw it, so that it is worded in one place. */
    private static AwsServiceException failed(String what, SignedCalls.Answer answer) {
        JsonNode error = json(answer.body());
        String type = error.path("__type").asText();
        String message = error.path("message").asText(error.path("Message").asText());
        return AwsServiceException.builder()
                .statusCode(answer.status())
                .awsErrorDetails(AwsErrorDetails.builder()
                        // Some services write a namespace and # before it.
                        .errorCode(type.isEmpty() ? "HTTP " + answer.status() : type.substring(type.indexOf('#') + 1))
                        .errorMessage(what + ": " + message.substring(0, Math.min(message.length(), LONGEST_ERROR)))
                        .build())
                .build();
    }

    private static JsonNode json(String body) {
        try {
            return JsonTrees.read(body);
        } catch (JsonProcessingException notJson) {
            return JsonTrees.object();
        }
    }
}
