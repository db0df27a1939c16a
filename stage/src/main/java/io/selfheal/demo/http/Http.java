package io.selfheal.demo.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each over its own connection, so that a connection balancer in front sees every one of them, and none is
 * sent twice behind the caller's back: a user who presses the button once wants one order.
 */
public final class Http {

    static {
        // Read once, when the client's classes are loaded; without it "Connection: close" may not be set.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
    }

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private Http() {}

    /** A GET. */
    public static Reply get(URI uri, Duration timeout) {
        return send("GET", uri, Map.of(), null, timeout);
    }

    /** Any request; {@code body} is JSON or null for none. Never throws for what the network does. */
    public static Reply send(
            String method, URI uri, Map<String, String> headers, @Nullable String body, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Connection", "close")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return send(request.build(), timeout);
    }

    private static Reply send(HttpRequest request, Duration timeout) {
        long start = System.nanoTime();
        try {
            var response = CLIENT.send(request, BodyHandlers.ofString());
            return new Reply.Answer(response.statusCode(), response.body(), since(start));
        } catch (HttpTimeoutException e) {
            return new Reply.NoAnswer("no answer within " + timeout.toMillis() + " ms", since(start));
        } catch (ConnectException e) {
            return new Reply.NoAnswer("connection refused", since(start));
        } catch (IOException e) {
            return new Reply.NoAnswer("connection lost", since(start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.NoAnswer("interrupted", since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
