package io.selfheal.healer.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks a Prometheus instant queries ({@code GET /api/v1/query}). Bounded in time and size. It never throws for what the other
 * side does: away, refused, cut short or warned about is Unknown.
 */
final class PromQl {
    // A sample is about 300 bytes: this is more than 10,000 of them.
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int LONGEST_REASON = 300;

    private final URI endpoint;
    private final Duration timeout;
    private final InstantSource clock;

    /** One line of an answer. */
    record Sample(SortedMap<String, String> labels, double value) {}

    /**
     * Asks nothing yet.
     *
     * @param prometheus base URL, for example {@code http://127.0.0.1:9090}, with a path when it has a route prefix
     * @param timeout bound of one query as a whole
     */
    PromQl(URI prometheus, Duration timeout, InstantSource clock) {
        String base = prometheus.toString();
        this.endpoint = URI.create(base + (base.endsWith("/") ? "" : "/") + "api/v1/query");
        this.timeout = timeout;
        this.clock = clock;
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
        Instant readAt = clock.instant();
        try {
            Outgoing.Answer answer = new Outgoing(address(expression, at), timeout).get(MAX_BYTES);
            return new Fact.Known<>(samples(answer), readAt);
        } catch (IOException unreadable) {
            return new Fact.Unknown<>("Prometheus: " + brief(String.valueOf(unreadable.getMessage())));
        }
    }

    private URI address(String expression, Instant at) {
        return URI.create(endpoint + "?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&time=" + at
                + "&timeout=" + timeout.toMillis() + "ms");
    }

    private static List<Sample> samples(Outgoing.Answer answer) throws IOException {
        JsonNode json = document(answer);
        if (answer.status() != 200 || !json.path("status").asText().equals("success")) {
            throw new IOException("it answered HTTP " + answer.status() + " "
                    + json.path("errorType").asText() + " " + json.path("error").asText());
        }
        for (JsonNode warning : json.path("warnings")) {
            // Until 3.0 remarks about style came as warnings, too; a real one says that the result may be incomplete.
            if (!warning.asText().startsWith("PromQL info")) {
                throw new IOException("it warns of its own answer: " + warning.asText());
            }
        }
        JsonNode result = json.path("data").path("result");
        return switch (json.path("data").path("resultType").asText()) {
            case "vector" -> vector(result);
            case "scalar" -> known(List.of(new Sample(new TreeMap<>(), number(result))));
            case String other -> throw new IOException("expected a vector or a scalar, was '" + other + "'");
        };
    }

    private static JsonNode document(Outgoing.Answer answer) throws IOException {
        try {
            return JsonTrees.read(answer.body());
        } catch (JsonProcessingException notJson) {
            throw new IOException("it answered HTTP " + answer.status() + " and not in JSON", notJson);
        }
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

    private static String brief(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
