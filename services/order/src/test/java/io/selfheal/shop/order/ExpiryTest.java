package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** An order whose product service answers nonsense for too long, and then comes back to its senses. */
class ExpiryTest {

    private final Queue<String> released = new ConcurrentLinkedQueue<>();
    private volatile int productStatus = 404;

    @Test
    void givenProductMakesNoSense_whenTheOrderGetsTooOld_thenItIsReleasedAndRejectedAndNeverConfirmed()
            throws IOException {
        HttpHandler reservations = exchange -> {
            if (exchange.getRequestMethod().equals("DELETE") && productStatus == 204) {
                released.add(exchange.getRequestURI().getPath());
            }
            exchange.sendResponseHeaders(productStatus, -1);
            exchange.close();
        };
        try (Others others = new Others(reservations)) {
            Map<String, Object> settings = Map.of(
                    "micronaut.server.port", -1,
                    "datasources.default.url", "jdbc:h2:mem:expiry;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                    "micronaut.http.services.user.url", others.url(),
                    "micronaut.http.services.product.url", others.url(),
                    "shop.dependencies.open-for", "50ms",
                    "shop.order.recovery-interval", "100ms",
                    "shop.order.recovery-pause", "100ms",
                    "shop.order.give-up-after", "500ms");
            try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, settings)) {
                Browser browser = new Browser(server.getURI());
                String body = "{\"userId\":1,\"productId\":1,\"quantity\":1}";

                Answer first = browser.post("/orders", body, "Idempotency-Key", "old");

                assertThat(first.status())
                        .as("a 404 without a known problem is no answer")
                        .isEqualTo(503);
                Await.until(
                        "given up",
                        () -> browser.get("/orders/1").text("status").equals("RELEASING"));
                assertThat(browser.post("/orders", body, "Idempotency-Key", "old")
                                .status())
                        .isIn(409, 503);

                productStatus = 204;

                Await.until(
                        "rejected",
                        () -> browser.get("/orders/1").text("status").equals("REJECTED"));
                assertThat(released).isNotEmpty();
                Answer last = browser.post("/orders", body, "Idempotency-Key", "old");
                assertThat(last.status()).isEqualTo(409);
                assertThat(last.text("type")).endsWith("order-expired");
            }
        }
    }
}
