package io.selfheal.demo.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over plain sockets, one connection each, within one deadline, and never twice.
 *
 * <p>Why not the JDK's clients: HttpURLConnection silently repeats a GET whose connection broke, which hides just the failures
 * that are to be counted; HttpClient, told to close its connections, lost 2 of 600 answers of a healthy local server ("header
 * parser received no bytes"), and would count failures that no user had. HTTP/1.0 means: the answer ends with the connection.
 */
public final class Http {

    private Http() {}

    /** A GET. */
    public static Reply get(URI uri, Duration timeout) {
        return send("GET", uri, Map.of(), null, timeout);
    }

    /** Any request; {@code body} is JSON or null for none. Never throws for what the network does. */
    public static Reply send(
            String method, URI uri, Map<String, String> headers, @Nullable String body, Duration timeout) {
        long start = System.nanoTime();
        long deadline = start + timeout.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), millisUntil(deadline));
            socket.getOutputStream().write(request(method, uri, headers, body == null ? "" : body));
            RawAnswer answer = RawAnswer.read(socket, deadline);
            return new Reply.Answer(answer.status(), answer.body(), since(start));
        } catch (SocketTimeoutException e) {
            return new Reply.NoAnswer("no answer within " + timeout.toMillis() + " ms", since(start));
        } catch (ConnectException e) {
            return new Reply.NoAnswer("connection refused", since(start));
        } catch (IOException e) {
            return new Reply.NoAnswer("connection lost", since(start));
        }
    }

    /** What is left until then; a deadline that has passed is a timeout. */
    static int millisUntil(long deadline) throws SocketTimeoutException {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return Math.toIntExact(millis);
    }

    private static byte[] request(String method, URI uri, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", uri.getAuthority());
        all.put("Accept", "*/*");
        if (content.length > 0) {
            all.put("Content-Type", "application/json");
        }
        all.put("Content-Length", String.valueOf(content.length));
        all.putAll(headers);
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target(uri)).append(" HTTP/1.0\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        return request;
    }

    private static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
