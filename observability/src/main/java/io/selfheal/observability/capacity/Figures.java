package io.selfheal.observability.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Asks Prometheus for one figure per service. */
final class Figures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI prometheus;
    private final String time;

    /** @param time seconds of the epoch, or empty for now */
    Figures(URI prometheus, String time) {
        this.prometheus = prometheus;
        this.time = time;
    }

    /** Service to value; a service without a value is left out. */
    Map<String, Double> ask(String expression) throws IOException, InterruptedException {
        String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)
                + (time.isEmpty() ? "" : "&time=" + time);
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(prometheus.resolve(path)).build(), BodyHandlers.ofString());
        JsonNode body = JSON.readTree(answer.body());
        if (!"success".equals(body.path("status").asText())) {
            throw new IOException(prometheus + " refused the query " + expression + ": "
                    + body.path("error").asText());
        }
        Map<String, Double> values = new TreeMap<>();
        for (JsonNode series : body.path("data").path("result")) {
            double value =
                    Double.parseDouble(series.path("value").path(1).asText().replace("Inf", "Infinity"));
            if (Double.isFinite(value)) {
                values.put(series.path("metric").path("service_name").asText(), value);
            }
        }
        return values;
    }
}
