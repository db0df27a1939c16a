package io.selfheal.shop.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContainerCheckTest {

    /** Answers one request, and then is gone. */
    private static boolean judged(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOnce(server, answer));
            return ContainerCheck.alive(server.getLocalPort());
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket client = server.accept()) {
            InputStream asked = client.getInputStream();
            StringBuilder request = new StringBuilder();
            while (!request.toString().endsWith("\r\n\r\n")) {
                request.append((char) asked.read());
            }
            String right = request.toString().startsWith("GET /health/liveness ") ? answer : "HTTP/1.1 404 Not Found";
            client.getOutputStream().write(right.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givenItSaysThatItIsAlive_thenAlive() throws IOException {
        assertThat(judged("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"UP\"}")).isTrue();
    }

    @Test
    void givenItSaysThatItIsDown_orSomethingElse_orHangsUp_thenNot() throws IOException {
        assertThat(judged("HTTP/1.1 503 Service Unavailable\r\n\r\n")).isFalse();
        assertThat(judged("SSH-2.0-OpenSSH\r\n")).isFalse();
        assertThat(judged("")).isFalse();
    }

    @Test
    void givenNobodyListens_thenNot() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThat(ContainerCheck.alive(port)).isFalse();
    }
}
