package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fact.Fact;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks a Prometheus instant queries ({@code GET /api/v1/query}).
 */
final class PromQl {
    // A sample is about 300 bytes: this is more than 10,000 of them.
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final PromApi prometheus;
    private final Duration timeout;

    /** One line of an answer. */
    record Sample(SortedMap<String, String> labels, double value) {}

    /**
     * Asks nothing yet.
     *
     * @param prometheus base URL, for example {@code http://127.0.0.1:9090}, with a path when it has a route prefix
     * @param timeout bound of one query as a whole
     */
    PromQl(URI prometheus, Duration timeout, InstantSource clock) {
        this(new PromApi("Prometheus", prometheus, timeout, MAX_BYTES, clock), timeout);
    }

    PromQl(PromApi prometheus, Duration timeout) {
        this.prometheus = prometheus;
        this.timeout = timeout;
    }

    /** A text as PromQL writes it, quotes included: nothing in it can end the literal. */
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c < ' ' || c == '"' || c == '\\' || c == 127
                                ? "\\x%02x".formatted(c)
                                : String.valueOf((char) c)));
        return quoted.append('"').toString();
    }

    /**
     * What the expression comes to at the given time. A sample that is no number (0/0) says nothing and is left out, so an
     * empty list means that nothing is known of it, never zero.
     */
    Fact<List<Sample>> query(String expression, Instant at) {
        return prometheus.get(
                "api/v1/query",
                Map.of("query", expression, "time", at.toString(), "timeout", timeout.toMillis() + "ms"),
                PromQl::samples);
    }

    static List<Sample> samples(JsonNode data) throws IOException {
        JsonNode result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "vector" -> vector(result);
            case "scalar" -> known(List.of(new Sample(new TreeMap<>(), number(result))));
            case String other -> throw new IOException("expected a vector or a scalar, was '" + other + "'");
        };
    }

    private static List<Sample> vector(JsonNode result) throws IOException {
        if (!result.isArray()) {
            throw new IOException("its vector is not a list");
        }
        List<Sample> samples = new ArrayList<>();
        for (JsonNode one : result) {
            SortedMap<String, String> labels = new TreeMap<>();
            one.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            samples.add(new Sample(labels, number(one.path("value"))));
        }
        return known(samples);
    }

    private static List<Sample> known(List<Sample> samples) {
        return samples.stream().filter(sample -> !Double.isNaN(sample.value())).toList();
    }

    /** Of a pair of time and value; the value is a text, since JSON has no infinity. */
    private static double number(JsonNode pair) throws IOException {
        String text = pair.path(1).asText();
        try {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new IOException("a sample has no number: '" + text + "'", e);
        }
    }
}
