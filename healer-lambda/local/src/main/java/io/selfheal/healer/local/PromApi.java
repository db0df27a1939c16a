package io.selfheal.healer.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The HTTP API that Prometheus has and Loki shares: {@code {"status": "success", "data": ...}}. Bounded in time and size. It
 * never throws for what the other side does: away, refused, cut short or warned about is Unknown.
 */
final class PromApi {
    private static final int LONGEST_REASON = 300;

    private final String name;
    private final URI base;
    private final Duration timeout;
    private final int maxBytes;
    private final InstantSource clock;

    /** Makes something of the answer's data; throws saying what is wrong with them. */
    @FunctionalInterface
    interface Reading<T> {
        T of(JsonNode data) throws IOException;
    }

    /**
     * Asks nothing yet.
     *
     * @param name for reasons
     * @param address base URL, with a path when it has a route prefix
     * @param timeout bound of one request as a whole
     */
    PromApi(String name, URI address, Duration timeout, int maxBytes, InstantSource clock) {
        String text = address.toString();
        this.name = name;
        this.base = URI.create(text + (text.endsWith("/") ? "" : "/"));
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    <T> Fact<T> get(String path, Map<String, String> parameters, Reading<T> reading) {
        var readAt = clock.instant();
        try {
            String query = parameters.entrySet().stream()
                    .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            URI address = URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
            return new Fact.Known<>(understood(new Outgoing(address, timeout).get(maxBytes), reading), readAt);
        } catch (IOException unreadable) {
            return new Fact.Unknown<>(name + ": " + brief(String.valueOf(unreadable.getMessage())));
        }
    }

    /** Throws IOException, whatever is wrong with the answer, and nothing else. */
    static <T> T understood(Outgoing.Answer answer, Reading<T> reading) throws IOException {
        JsonNode data = data(answer);
        try {
            return reading.of(data);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException odd) {
            throw new IOException("it answered what cannot be: " + odd.getMessage(), odd);
        }
    }

    private static JsonNode data(Outgoing.Answer answer) throws IOException {
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
        return json.path("data");
    }

    private static JsonNode document(Outgoing.Answer answer) throws IOException {
        try {
            return JsonTrees.read(answer.body());
        } catch (JsonProcessingException notJson) {
            throw new IOException("it answered HTTP " + answer.status() + " and not in JSON", notJson);
        }
    }

    private static String brief(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
