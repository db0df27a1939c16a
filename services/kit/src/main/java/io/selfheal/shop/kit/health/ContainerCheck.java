package io.selfheal.shop.kit.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The container's health check where the image has a JDK and nothing else, no {@code curl}: asks the service in the same container
 * whether it is alive, and ends with 0 if so. It is a program of its own, and loads no class but the JDK's, to be over in a moment.
 *
 * <p>It asks for liveness, not for readiness: a service that waits for its database is not mended by being replaced.
 */
public final class ContainerCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String REQUEST =
            "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String ALIVE = "HTTP/1.1 200";

    private ContainerCheck() {}

    public static void main(String[] arguments) {
        System.exit(alive(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"))) ? 0 : 1);
    }

    /** Nobody there, no answer in time, and any other answer are all the same: not alive. */
    static boolean alive(int port) {
        int millis = Math.toIntExact(PATIENCE.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(ALIVE.length());
            return new String(start, StandardCharsets.US_ASCII).equals(ALIVE);
        } catch (IOException e) {
            return false;
        }
    }
}
