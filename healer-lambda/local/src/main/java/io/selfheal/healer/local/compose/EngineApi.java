package io.selfheal.healer.local.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engine's HTTP API with JSON trees in and out: a sibling is made of what the engine says of a container, and whatever a
 * typed client does not know of would be lost on the way.
 */
final class EngineApi implements AutoCloseable {
    /** The newest version that this code was written for; older ones differ in nothing that it uses. */
    private static final int NEWEST_MINOR = 44;
    /** An inspected container is some 10 KB; a list of hundreds stays far below. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    /** Nobody waits so long; but as long as an exchange lasts, it is known that the engine is still at it. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

    private final DockerHttpClient http;
    private volatile String version = "";

    EngineApi(ComposeSettings settings) {
        this.http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(settings.engine())
                .connectionTimeout(settings.readTimeout())
                .responseTimeout(LONGEST_WORK)
                .build();
    }

    JsonNode get(String path, Map<String, String> query) throws IOException {
        return send(Request.Method.GET, path, query, null);
    }

    JsonNode post(String path, Map<String, String> query, JsonNode body) throws IOException {
        return send(Request.Method.POST, path, query, JsonTrees.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Without a body. */
    void post(String path) throws IOException {
        send(Request.Method.POST, path, Map.of(), null);
    }

    void delete(String path, Map<String, String> query) throws IOException {
        send(Request.Method.DELETE, path, query, null);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private JsonNode send(Request.Method method, String path, Map<String, String> query, byte @Nullable [] body)
            throws IOException {
        return exchange(method, "/v" + version() + path, query, body);
    }

    /** Between what the engine still speaks and what it speaks already, as near as can be to what this code knows. */
    private String version() throws IOException {
        String known = version;
        if (known.isEmpty()) {
            JsonNode engine = exchange(Request.Method.GET, "/version", Map.of(), null);
            int newest = minor(engine.path("ApiVersion").asText());
            int oldest = minor(engine.path("MinAPIVersion").asText("1.12"));
            known = "1." + Math.max(oldest, Math.min(NEWEST_MINOR, newest));
            version = known;
        }
        return known;
    }

    private static int minor(String version) throws IOException {
        if (!version.matches("1\\.[0-9]{1,3}")) {
            throw new IOException("not an engine of docker: it says its API version is '" + version + "'");
        }
        return Integer.parseInt(version.substring(2));
    }

    private JsonNode exchange(Request.Method method, String path, Map<String, String> query, byte @Nullable [] body)
            throws IOException {
        Request.Builder request = Request.builder().method(method).path(path + text(query));
        if (body != null) {
            request.putHeader("Content-Type", "application/json");
            request.bodyBytes(body);
        }
        try (Response response = http.execute(request.build())) {
            String answer = new String(response.getBody().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            if (response.getStatusCode() >= 400) {
                throw new EngineException(response.getStatusCode(), reason(response.getStatusCode(), answer));
            }
            return JsonTrees.read(answer);
        } catch (RuntimeException unreachable) {
            // The client wraps what the socket throws.
            throw unreachable.getCause() instanceof IOException cause ? cause : new IOException(unreachable);
        }
    }

    private static String text(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String reason(int status, String answer) {
        try {
            String message = JsonTrees.read(answer).path("message").asText();
            return message.isEmpty() ? "HTTP " + status : message;
        } catch (JsonProcessingException notJson) {
            // A proxy in front of the engine says what it likes.
            return "HTTP " + status;
        }
    }
}
