package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** Orders that wait for a product service which does not answer. */
class RecoveryTest {

    private static final int ORDERS = 3;

    private final Set<String> asked = new ConcurrentSkipListSet<>();

    @Test
    void givenProductDoesNotAnswer_whenOrdersAreSwept_thenItIsAskedForOneOfThemAndForAnotherTheNextTime()
            throws IOException {
        HttpHandler reservations = exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        };
        try (Others others = new Others(reservations)) {
            Map<String, Object> settings = Map.of(
                    "micronaut.server.port",
                    -1,
                    "datasources.default.url",
                    "jdbc:h2:mem:recovery;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                    "micronaut.http.services.user.url",
                    others.url(),
                    "micronaut.http.services.product.url",
                    others.url(),
                    // The breaker would hide whom the sweep asks.
                    "shop.dependencies.failures-to-open",
                    1000,
                    // By hand only.
                    "shop.order.recovery-interval",
                    "1h",
                    "shop.order.recovery-pause",
                    "1h");
            try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, settings)) {
                Browser browser = new Browser(server.getURI());
                for (int i = 1; i <= ORDERS; i++) {
                    String body = "{\"userId\":1,\"productId\":1,\"quantity\":1}";
                    assertThat(browser.post("/orders", body, "Idempotency-Key", "k" + i)
                                    .status())
                            .isEqualTo(503);
                }
                assertThat(asked).hasSize(ORDERS);
                asked.clear();
                Recovery recovery = server.getApplicationContext().getBean(Recovery.class);

                for (int sweep = 1; sweep <= ORDERS; sweep++) {
                    recovery.sweep();

                    assertThat(asked)
                            .as("orders asked for after sweep " + sweep)
                            .hasSize(sweep);
                }

                recovery.sweep();
                assertThat(asked).as("all are put off").hasSize(ORDERS);
            }
        }
    }
}
