package io.selfheal.healer.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * HTTP to systems beside the healer, each exchange bounded as a whole: the JDK's own timeouts end one wait, not all of them.
 * By the client that the AWS SDK is given too; the JDK's newer one would stand in memory beside it, with threads of its own.
 */
public final class Outgoing {
    private static final int CHUNK = 8 * 1024;

    /** One exchange; a redirection is an answer like any other. */
    public record Answer(int status, String body) {}

    private interface Exchange {
        Answer with(HttpURLConnection connection, BooleanSupplier givenUp) throws IOException;
    }

    private final URI target;
    private final Duration timeout;

    public Outgoing(URI target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
    }

    /** An answer that is longer than this is a failure. */
    Answer get(int maxBytes) throws IOException {
        return bounded((connection, givenUp) -> {
            connection.setRequestProperty("Accept", "application/json");
            int status = connection.getResponseCode();
            return new Answer(status, read(connection, maxBytes, givenUp));
        });
    }

    /** The answer's body is not read. */
    Answer post(byte[] json) throws IOException {
        return bounded((connection, _) -> {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            // Otherwise the JDK sends it a second time by itself when a kept connection turns out to be dead.
            connection.setFixedLengthStreamingMode(json.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(json);
            }
            return new Answer(connection.getResponseCode(), "");
        });
    }

    /**
     * Any other method, with headers of its own; an answer that is longer than this is a failure.
     *
     * @param body empty: none is sent
     */
    public Answer send(String method, Map<String, String> headers, byte[] body, int maxBytes) throws IOException {
        return bounded((connection, givenUp) -> {
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", "application/json");
            headers.forEach(connection::setRequestProperty);
            if (body.length > 0) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            int status = connection.getResponseCode();
            return new Answer(status, read(connection, maxBytes, givenUp));
        });
    }

    private Answer bounded(Exchange exchange) throws IOException {
        HttpURLConnection connection = open();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("healer-http").start(() -> {
            try {
                answer.complete(exchange.with(connection, answer::isDone));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            } finally {
                connection.disconnect();
            }
        });
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + timeout.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            Throwable cause = Optional.ofNullable(failed.getCause()).orElse(failed);
            throw new IOException(cause.getClass().getSimpleName() + " " + cause.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            if (answer.cancel(true)) {
                // On a thread of its own: it may have to wait for a read that is under way.
                Thread.ofVirtual().name("healer-http-abort").start(connection::disconnect);
            }
        }
    }

    private HttpURLConnection open() throws IOException {
        if (!(target.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("not an address of HTTP: " + target.getScheme());
        }
        int millis = Math.toIntExact(timeout.toMillis());
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    private static String read(HttpURLConnection connection, int maxBytes, BooleanSupplier givenUp) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = body(connection)) {
            for (int count = in.read(chunk); count >= 0 && !givenUp.getAsBoolean(); count = in.read(chunk)) {
                body.write(chunk, 0, count);
                if (body.size() > maxBytes) {
                    throw new IOException("an answer of more than " + maxBytes + " bytes");
                }
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static InputStream body(HttpURLConnection connection) throws IOException {
        return connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : Optional.ofNullable(connection.getErrorStream()).orElseGet(InputStream::nullInputStream);
    }
}
