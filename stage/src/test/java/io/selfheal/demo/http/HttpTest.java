package io.selfheal.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ServerSocket server = listen();
    private final URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/path?query=1");

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "with its length        | HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok  | HTTP 200",
                "without a length       | HTTP/1.0 201 Created\\r\\n\\r\\nok                     | HTTP 201",
                "without a body         | HTTP/1.1 204 No Content\\r\\n\\r\\n                    | HTTP 204",
                "an error               | HTTP/1.1 500 Oops\\r\\nContent-Length: 0\\r\\n\\r\\n   | HTTP 500",
                "cut off in its body    | HTTP/1.1 200 OK\\r\\ncontent-length: 9\\r\\n\\r\\nok   | connection lost",
                "cut off in its head    | HTTP/1.1 200 OK\\r\\nContent-                          | connection lost",
                "nothing at all         | ''                                                     | connection lost",
                "not HTTP               | SSH-2.0-OpenSSH\\r\\n\\r\\n                            | connection lost",
            })
    void answersAndTheirMeaning(String name, String answer, String brief) {
        CompletableFuture<String> request = answerOnce(answer.replace("\\r\\n", "\r\n"));

        Reply reply = Http.get(uri, LONG);

        assertThat(reply.brief()).as(name).isEqualTo(brief);
        assertThat(request.join()).startsWith("GET /path?query=1 HTTP/1.0\r\nHost: 127.0.0.1:");
    }

    @Test
    void givenABody_whenSent_thenItsBytesAndHeadersArrive() {
        CompletableFuture<String> request = answerOnce("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\u00e9\u00e9");

        Reply reply = Http.send("POST", uri, Map.of("X-Key", "k"), "{\"a\":\"\u00e9\"}", LONG);

        assertThat(reply).isInstanceOfSatisfying(Reply.Answer.class, answer -> assertThat(answer.body())
                .isEqualTo("\u00e9\u00e9"));
        assertThat(request.join())
                .contains("X-Key: k\r\n", "Content-Type: application/json\r\n", "Content-Length: 10\r\n");
    }

    @Test
    void givenNobodyListens_whenSent_thenRefused() throws IOException {
        server.close();

        assertThat(Http.get(uri, LONG).brief()).isEqualTo("connection refused");
    }

    @Test
    void givenNoAnswer_whenSent_thenTheDeadlineEndsIt() {
        assertThat(Http.get(uri, Duration.ofMillis(50)).brief()).isEqualTo("no answer within 50 ms");
    }

    /** Reads one request's head, answers, closes. */
    private CompletableFuture<String> answerOnce(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                StringBuilder head = new StringBuilder();
                while (!head.toString().contains("\r\n\r\n")) {
                    head.append((char) socket.getInputStream().read());
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                return head.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
