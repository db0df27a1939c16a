package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads ECS events in EventBridge's envelope: task, deployment and service changes. */
final class EcsEventReader {
    private static final int MAX_DETAIL = 300;

    private final String defaultCluster;
    private final InstantSource clock;

    EcsEventReader(String defaultCluster, InstantSource clock) {
        this.defaultCluster = defaultCluster;
        this.clock = clock;
    }

    Parsed read(JsonNode event) {
        String type = event.path("detail-type").asText();
        JsonNode detail = event.path("detail");
        try {
            return switch (type) {
                case "ECS Task State Change" -> task(event, detail);
                case "ECS Deployment State Change", "ECS Service Action" -> service(event, detail);
                default -> ignored("an event '" + Brief.of(type) + "' says nothing about a service");
            };
        } catch (IllegalArgumentException e) {
            return new Parsed.Refused("an event '" + Brief.of(type) + "': " + e.getMessage());
        }
    }

    private Parsed task(JsonNode event, JsonNode detail) {
        String group = text(detail, "group");
        if (!group.startsWith("service:")) {
            return ignored("a task of group '" + Brief.of(group) + "' belongs to no service");
        }
        TaskId task = new TaskId(text(detail, "taskArn"));
        ServiceId service = new ServiceId(cluster(detail), group.substring("service:".length()));
        String status = detail.path("lastStatus").asText("UNKNOWN").toUpperCase(Locale.ROOT);
        return accepted(new Signal.FleetEvent(
                SignalSource.ECS,
                service,
                Optional.of(task),
                "TASK_" + Brief.of(status),
                stopped(detail),
                task.arn() + ":" + detail.path("version").asLong(),
                time(event, detail)));
    }

    private static String stopped(JsonNode detail) {
        StringJoiner text = new StringJoiner(", ");
        for (String field : List.of("stopCode", "stoppedReason")) {
            if (detail.hasNonNull(field)) {
                text.add(detail.path(field).asText());
            }
        }
        detail.path("containers").forEach(container -> {
            if (container.hasNonNull("exitCode")) {
                text.add(container.path("name").asText() + " exit code "
                        + container.path("exitCode").asInt());
            }
        });
        String joined = text.toString();
        return joined.length() <= MAX_DETAIL ? joined : joined.substring(0, MAX_DETAIL) + "…";
    }

    private Parsed service(JsonNode event, JsonNode detail) {
        // arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME; the older form lacks the cluster.
        String[] path = event.path("resources").path(0).asText().split("/", -1);
        if (!path[0].endsWith(":service") || path.length < 2) {
            throw new IllegalArgumentException("resources: expected the ARN of a service");
        }
        // A deployment's event does not say the cluster elsewhere.
        String cluster = path.length > 2 ? path[1] : detail.has("clusterArn") ? cluster(detail) : defaultCluster;
        return accepted(new Signal.FleetEvent(
                SignalSource.ECS,
                new ServiceId(cluster, path[path.length - 1]),
                Optional.empty(),
                Brief.of(detail.path("eventName").asText("UNKNOWN")),
                Brief.of(detail.path("reason").asText("")),
                event.path("id").asText(),
                time(event, detail)));
    }

    private static String cluster(JsonNode detail) {
        String arn = text(detail, "clusterArn");
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw new IllegalArgumentException(field + ": expected a text");
        }
        return json.path(field).asText();
    }

    private Instant time(JsonNode event, JsonNode detail) {
        return time(event.path("time"))
                .or(() -> time(detail.path("updatedAt")))
                .or(() -> time(detail.path("createdAt")))
                .orElseGet(clock::instant);
    }

    private static Optional<Instant> time(JsonNode json) {
        try {
            return Optional.of(OffsetDateTime.parse(json.asText("")).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Parsed accepted(Signal signal) {
        return new Parsed.Accepted(List.of(signal), 0, List.of());
    }

    private static Parsed ignored(String why) {
        return new Parsed.Accepted(List.of(), 1, List.of(why));
    }
}
