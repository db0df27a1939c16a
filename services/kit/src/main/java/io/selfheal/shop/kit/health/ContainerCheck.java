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
 * <p>It asks for liveness, not for readiness: a service that waits for its database is not mended by being replaced. Images of other
 * programs carry it as well: {@code PORT} and {@code HEALTH_PATH} say whom it asks for what.
 */
public final class ContainerCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String LIVENESS = "/health/liveness";
    private static final String ALIVE = "HTTP/1.1 200";

    private ContainerCheck() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        System.exit(alive(port, System.getenv().getOrDefault("HEALTH_PATH", LIVENESS)) ? 0 : 1);
    }

    /** Nobody there, no answer in time, and any other answer are all the same: not alive. */
    static boolean alive(int port) {
        return alive(port, LIVENESS);
    }

    private static boolean alive(int port, String path) {
        int millis = Math.toIntExact(PATIENCE.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(ALIVE.length());
            return new String(start, StandardCharsets.US_ASCII).equals(ALIVE);
        } catch (IOException e) {
            return false;
        }
    }
}
