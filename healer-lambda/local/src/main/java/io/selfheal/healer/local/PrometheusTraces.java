package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Traces of requests that failed or were slow, from the exemplars on the services' histograms
 * ({@code GET /api/v1/query_exemplars}).
 */
final class PrometheusTraces {
    /** So far back an example still tells of the trouble that is on now, and Prometheus holds it: its store is a ring. */
    static final Duration LATELY = Duration.ofMinutes(2);

    private static final String SERIES = "http_server_requests_seconds_bucket";
    private static final String FAILED = "status=~\"5..\",uri!=\"SHED\"";
    /** An exemplar is kept by the one bucket that it falls into: those above what counts as quick for vitals. */
    private static final String SLOW = "status!~\"5..\",le!~\"(0[.]0.*|0[.]1|0[.]25)\"";

    private final PromApi prometheus;
    private final String notUsers;
    private final Executor threads;

    PrometheusTraces(PromApi prometheus, String notUsers, Executor threads) {
        this.prometheus = prometheus;
        this.notUsers = notUsers;
        this.threads = threads;
    }

    /** Asks at once; the answer is the worst request of each task that had one. */
    Supplier<Fact<Map<TaskId, Trace>>> ask(ServiceId service, Instant at) {
        String own = "{job=\"task\",cluster=" + PromQl.literal(service.cluster()) + ",service_name="
                + PromQl.literal(service.service()) + "," + notUsers + ",";
        var failed = start(() -> exemplars(SERIES + own + FAILED + "}", at, true));
        var slow = start(() -> exemplars(SERIES + own + SLOW + "}", at, false));
        var kept = start(this::keepsExemplars);
        return () -> switch (failed.join()) {
            case Fact.Unknown<Map<TaskId, Trace>> unknown -> unknown;
            case Fact.Known<Map<TaskId, Trace>>(Map<TaskId, Trace> ofFailed, Instant _) ->
                told(slow.join().map(ofSlow -> worst(ofFailed, ofSlow)), kept.join());
        };
    }

    private <T> CompletableFuture<T> start(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, threads);
    }

    /** A Prometheus that keeps no exemplars answers like one that has none. */
    private static Fact<Map<TaskId, Trace>> told(Fact<Map<TaskId, Trace>> traces, Fact<Boolean> kept) {
        boolean none = traces instanceof Fact.Known<Map<TaskId, Trace>>(Map<TaskId, Trace> found, Instant _)
                && found.isEmpty();
        return switch (kept) {
            case Fact.Known<Boolean>(Boolean on, Instant _)
            when none && !on ->
                new Fact.Unknown<>("Prometheus keeps no exemplars: it wants --enable-feature=exemplar-storage");
            case Fact.Unknown<Boolean>(String why)
            when none -> new Fact.Unknown<>("no exemplar came, and whether any are kept is not known: " + why);
            case Fact.Known<Boolean> _, Fact.Unknown<Boolean> _ -> traces;
        };
    }

    private Fact<Boolean> keepsExemplars() {
        return prometheus.get("api/v1/status/flags", Map.of(), flags -> flags.path("enable-feature")
                .asText()
                .contains("exemplar-storage"));
    }

    private static Map<TaskId, Trace> worst(Map<TaskId, Trace> some, Map<TaskId, Trace> others) {
        Map<TaskId, Trace> worst = new HashMap<>(some);
        others.forEach((task, trace) -> worst.merge(task, trace, PrometheusTraces::worse));
        return Map.copyOf(worst);
    }

    private static Trace worse(Trace one, Trace other) {
        return Trace.WORST_FIRST.compare(one, other) <= 0 ? one : other;
    }

    private Fact<Map<TaskId, Trace>> exemplars(String selector, Instant at, boolean failed) {
        return prometheus.get(
                "api/v1/query_exemplars",
                Map.of("query", selector, "start", at.minus(LATELY).toString(), "end", at.toString()),
                data -> traces(data, failed));
    }

    static Map<TaskId, Trace> traces(JsonNode data, boolean failed) throws IOException {
        if (!data.isArray()) {
            throw new IOException("its exemplars are not a list");
        }
        Map<TaskId, Trace> worst = new HashMap<>();
        for (JsonNode series : data) {
            String task = series.path("seriesLabels").path("task_arn").asText();
            for (JsonNode exemplar : series.path("exemplars")) {
                String id = exemplar.path("labels").path("trace_id").asText();
                // Others may have other exemplars on their histograms.
                if (!task.isBlank() && Trace.isId(id)) {
                    worst.merge(new TaskId(task), trace(id, failed, exemplar), PrometheusTraces::worse);
                }
            }
        }
        return worst;
    }

    /** The value is the time that the request took, in seconds; the timestamp is in seconds, too. */
    private static Trace trace(String id, boolean failed, JsonNode exemplar) throws IOException {
        String took = exemplar.path("value").asText();
        try {
            return new Trace(
                    id,
                    failed,
                    Duration.ofMillis(Math.round(Double.parseDouble(took) * 1000)),
                    Instant.ofEpochMilli(Math.round(exemplar.path("timestamp").asDouble() * 1000)),
                    Optional.of(exemplar.path("labels").path("span_id").asText()));
        } catch (NumberFormatException e) {
            throw new IOException("an exemplar has no number: '" + took + "'", e);
        }
    }
}
