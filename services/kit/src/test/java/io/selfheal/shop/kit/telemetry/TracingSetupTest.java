package io.selfheal.shop.kit.telemetry;

import com.sun.net.httpserver.HttpServer;
import io.selfheal.shop.kit.sample.Sample;
import io.selfheal.shop.kit.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where the traces go. */
class TracingSetupTest {

    @Test
    void givenAnEndpoint_whenARequestIsServed_thenItsTraceArrivesThere() throws IOException {
        AtomicInteger received = new AtomicInteger();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        try (Sample sample =
                Sample.start(Map.of("otel.exporter.otlp.endpoint", endpoint, "otel.bsp.schedule.delay", "20"))) {
            sample.browser().get("/things/1");

            Await.until("the trace", () -> received.get() > 0);
        } finally {
            collector.stop(0);
        }
    }
}
