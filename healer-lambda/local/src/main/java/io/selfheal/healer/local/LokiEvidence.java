package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Errors that the services logged, from Loki ({@code GET /loki/api/v1/query_range}): lines of the stream label
 * {@code service_name} whose {@code level} in JSON, or whose {@code severity_text} as OpenTelemetry gives it, is ERROR.
 */
public final class LokiEvidence implements EvidenceSource {
    private static final Duration TIMEOUT = Duration.ofMillis(2500);
    private static final Duration LATELY = Duration.ofMinutes(2);
    /** A line may hold a stack trace. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    /** Of several tasks together: enough that the one in trouble is among them. */
    private static final int NEWEST = 50;
    /** Where a line says which task wrote it: our own label, and the attribute that a collector on ECS finds out. */
    private static final List<String> TASK = List.of("task_arn", "aws_ecs_task_arn");

    private static final long NANOS = 1_000_000_000L;

    private final PromApi loki;
    private final InstantSource clock;

    /**
     * Asks nothing yet.
     *
     * @param loki base URL, for example {@code http://127.0.0.1:3100}
     */
    public LokiEvidence(URI loki, InstantSource clock) {
        this.loki = new PromApi("Loki", loki, TIMEOUT, MAX_BYTES, clock);
        this.clock = clock;
    }

    @Override
    public Evidence gather(ServiceId service) {
        Instant at = clock.instant();
        String errors = "{service_name=" + PromQl.literal(service.service())
                + "} | json level=\"level\" | level=~\"(?i)error|fatal\" or severity_text=~\"(?i)error|fatal\"";
        return Evidence.ofLogs(loki.get(
                "loki/api/v1/query_range",
                Map.of(
                        "query", errors,
                        "start", nanos(at.minus(LATELY)),
                        // What came in this very moment is not before the end.
                        "end", nanos(at.plusSeconds(1)),
                        "direction", "backward",
                        "limit", String.valueOf(NEWEST)),
                LokiEvidence::lines));
    }

    private static String nanos(Instant time) {
        return String.valueOf(time.getEpochSecond() * NANOS + time.getNano());
    }

    static List<LogLine> lines(JsonNode data) throws IOException {
        if (!data.path("resultType").asText().equals("streams")) {
            throw new IOException(
                    "expected streams, was '" + data.path("resultType").asText() + "'");
        }
        List<LogLine> lines = new ArrayList<>();
        for (JsonNode stream : data.path("result")) {
            Optional<TaskId> task = task(stream.path("stream"));
            for (JsonNode value : stream.path("values")) {
                LogLine.of(task, time(value.path(0).asText()), value.path(1).asText())
                        .ifPresent(lines::add);
            }
        }
        return lines.stream()
                .sorted(Comparator.comparing(LogLine::at).reversed())
                .toList();
    }

    private static Optional<TaskId> task(JsonNode labels) {
        return TASK.stream()
                .flatMap(name -> Stream.of(labels.path(name).asText()))
                .filter(arn -> !arn.isBlank())
                .findFirst()
                .map(TaskId::new);
    }

    private static Instant time(String nanos) throws IOException {
        try {
            return Instant.ofEpochSecond(0, Long.parseLong(nanos));
        } catch (NumberFormatException e) {
            throw new IOException("a line has no time: '" + nanos + "'", e);
        }
    }
}
