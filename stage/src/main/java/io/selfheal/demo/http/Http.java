package io.selfheal.demo.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each over its own connection, so that a connection balancer in front sees every one of them.
 * The JDK's newer client cannot be told to close a connection, and keeps talking to the same task.
 */
public final class Http {

    private static final String JSON = "application/json";

    static {
        System.setProperty("http.keepAlive", "false");
        // A user who presses the button once wants one order: no silent second POST.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private Http() {}

    /** A GET. */
    public static Reply get(URI uri, Duration timeout) {
        return send("GET", uri, Map.of(), null, timeout);
    }

    /** Any request; {@code body} is JSON or null for none. Never throws for what the network does. */
    public static Reply send(
            String method, URI uri, Map<String, String> headers, @Nullable String body, Duration timeout) {
        long start = System.nanoTime();
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setUseCaches(false);
            connection.setInstanceFollowRedirects(false);
            headers.forEach(connection::setRequestProperty);
            write(connection, headers, body);
            int status = connection.getResponseCode();
            String answer = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
            return new Reply.Answer(status, answer, since(start));
        } catch (SocketTimeoutException e) {
            return new Reply.NoAnswer("no answer within " + timeout.toMillis() + " ms", since(start));
        } catch (IOException e) {
            return new Reply.NoAnswer(String.valueOf(e.getMessage()), since(start));
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private static void write(HttpURLConnection connection, Map<String, String> headers, @Nullable String body)
            throws IOException {
        if (body == null) {
            return;
        }
        connection.setDoOutput(true);
        if (!headers.containsKey("Content-Type")) {
            connection.setRequestProperty("Content-Type", JSON);
        }
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String read(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
