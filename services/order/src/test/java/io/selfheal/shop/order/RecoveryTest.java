package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** Orders that wait for a product service which does not answer, or takes its time. */
class RecoveryTest {

    private static final Duration SWEEP = Duration.ofMillis(250);

    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private volatile int productStatus = 503;
    private volatile Duration productTakes = Duration.ZERO;
    private volatile Instant now = Instant.now();

    @Test
    void givenProductDoesNotAnswer_whenOrdersAreSwept_thenItIsAskedForOneOfThemAndForAnotherTheNextTime()
            throws IOException {
        withUnsettledOrders(3, recovery -> {
            for (int sweep = 1; sweep <= 3; sweep++) {
                recovery.sweep();

                assertThat(asked).as("orders asked for after sweep " + sweep).hasSize(sweep);
            }

            recovery.sweep();
            assertThat(asked).as("all are put off").hasSize(3);
        });
    }

    @Test
    void givenProductIsSlow_whenOrdersAreSwept_thenASweepSettlesOnlyAsManyAsItsTimeAllows() throws IOException {
        withUnsettledOrders(7, recovery -> {
            productStatus = 200;
            productTakes = SWEEP.dividedBy(3).plusMillis(1);

            recovery.sweep();
            assertThat(asked).as("begun within its time").hasSize(3);

            productTakes = SWEEP.multipliedBy(4);
            recovery.sweep();
            assertThat(asked).as("however slow, one is tried").hasSize(4);

            productTakes = Duration.ZERO;
            recovery.sweep();
            assertThat(asked)
                    .as("nobody has to wait for an answer that is quick")
                    .hasSize(7);
        });
    }

    private interface Sweeps {
        void with(Recovery recovery);
    }

    /** Sweeps go by a clock of their own, which stands still but for the time that the product service takes. */
    private void withUnsettledOrders(int count, Sweeps sweeps) throws IOException {
        try (Others others = new Others(this::answer)) {
            Map<String, Object> settings = Map.of(
                    "micronaut.server.port",
                    -1,
                    "datasources.default.url",
                    "jdbc:h2:mem:recovery" + count + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                    "micronaut.http.services.user.url",
                    others.url(),
                    "micronaut.http.services.product.url",
                    others.url(),
                    // The breaker would hide whom the sweep asks.
                    "shop.dependencies.failures-to-open",
                    1000,
                    // By hand only.
                    "shop.order.recovery-interval",
                    "1h");
            try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, settings)) {
                Browser browser = new Browser(server.getURI());
                for (int i = 1; i <= count; i++) {
                    String body = "{\"userId\":1,\"productId\":1,\"quantity\":1}";
                    assertThat(browser.post("/orders", body, "Idempotency-Key", "k" + i)
                                    .status())
                            .isEqualTo(503);
                }
                assertThat(asked).hasSize(count);
                asked.clear();
                now = Instant.now();

                sweeps.with(recovery(server.getApplicationContext()));
            }
        }
    }

    private Recovery recovery(ApplicationContext context) {
        InstantSource time = () -> now;
        OrderSettings settings = new OrderSettings(Duration.ofHours(1), Duration.ofHours(1), SWEEP, Duration.ofDays(1));
        return new Recovery(
                context.getBean(OrderRepository.class),
                context.getBean(Settlement.class),
                settings,
                time.withZone(ZoneOffset.UTC));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        now = now.plus(productTakes);
        exchange.sendResponseHeaders(productStatus, -1);
        exchange.close();
    }
}
