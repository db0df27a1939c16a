package io.selfheal.embedded.trivial;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A task that says it is well until a file named {@code sick} lies in its folder. Starts in a fraction of a second. */
final class TrivialTask {

    private TrivialTask() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean sick = Files.exists(Path.of("sick"));
                byte[] body = (sick ? "{\"status\":\"DOWN\"}" : "{\"status\":\"UP\"}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(sick ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }
}
