package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance that is told to do without product, or without anybody, for a while. */
class DegradedModeTest {

    private static final String TOKEN = "a-token-for-the-test";
    private static final int ORDERS = 120;

    private final Set<String> reserved = ConcurrentHashMap.newKeySet();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer others;
    private EmbeddedServer server;
    private Browser orders;

    @BeforeEach
    void start() throws IOException {
        others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        others.createContext("/users/", exchange -> answer(exchange, "{\"id\":1}"));
        others.createContext("/reservations/", exchange -> {
            reserved.add(exchange.getRequestURI().getPath());
            answer(exchange, "{}");
        });
        others.start();
        String url = "http://127.0.0.1:" + others.getAddress().getPort();
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "micronaut.server.port",
                        -1,
                        "datasources.default.url",
                        "jdbc:h2:mem:degraded" + System.nanoTime() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "micronaut.http.services.user.url",
                        url,
                        "micronaut.http.services.product.url",
                        url,
                        "modes.token",
                        TOKEN,
                        // Had somebody tried, these orders would have been given up at once.
                        "shop.order.give-up-after",
                        "1ms",
                        "shop.order.recovery-interval",
                        "20ms",
                        "shop.order.recovery-pause",
                        "20ms"));
        orders = new Browser(server.getURI());
    }

    @AfterEach
    void stop() {
        server.close();
        others.stop(0);
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer mode(String method, @Nullable String json) {
        return orders.send(method, "/modes/degraded", json, "Authorization", "Bearer " + TOKEN);
    }

    private Answer place(String key) {
        return orders.post("/orders", "{\"userId\":1,\"productId\":1,\"quantity\":1}", "Idempotency-Key", key);
    }

    private String status(long id) {
        return orders.get("/orders/" + id).text("status");
    }

    @Test
    void givenProductIsSwitchedOff_whenManyOrder_thenAllAreAcceptedAndSettledOnceAfterwards() {
        assertThat(mode("PUT", "{\"ttl\":\"PT10M\",\"reason\":\"product is sick\",\"dependency\":\"product\"}")
                        .status())
                .isEqualTo(200);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            Answer answer = place("key-" + i);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.json()).containsEntry("status", "PENDING").containsEntry("degraded", true);
            ids.add(answer.number("id"));
        }
        Answer repeated = place("key-0");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.number("id")).isEqualTo(ids.getFirst());
        assertThat(repeated.text("status")).isEqualTo("PENDING");
        assertThat(reserved).as("product was left alone").isEmpty();

        assertThat(mode("DELETE", null).status()).isEqualTo(204);

        Await.until(
                "all are settled", () -> ids.stream().allMatch(id -> status(id).equals("CONFIRMED")));
        assertThat(reserved).as("one reservation for each order").hasSize(ORDERS);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(orders.get("/orders?size=1").number("totalItems")).isEqualTo(ORDERS);
        assertThat(place("new").text("status")).isEqualTo("CONFIRMED");
    }

    @Test
    void givenUserIsSwitchedOff_whenSomebodyOrders_thenUserIsNotAskedAndTheOrderWaitsUnlessTheUserWasSeenLately() {
        mode("PUT", "{\"ttl\":\"PT10M\",\"reason\":\"user is sick\",\"dependency\":\"user\"}");
        Answer unseen = place("unseen");
        assertThat(unseen.status()).isEqualTo(201);
        assertThat(unseen.json()).containsEntry("status", "PENDING").containsEntry("degraded", true);
        assertThat(asked).noneMatch(path -> path.startsWith("/users"));

        mode("DELETE", null);
        Await.until("settled", () -> status(unseen.number("id")).equals("CONFIRMED"));
        mode("PUT", "{\"ttl\":\"PT10M\",\"reason\":\"user is sick\",\"dependency\":\"user\"}");

        assertThat(place("seen").json()).containsEntry("status", "CONFIRMED").containsEntry("degraded", true);
    }

    @Test
    void givenAllAreSwitchedOff_whenSomebodyOrders_thenNobodyIsAskedAndTheOrderIsSettledAfterwards() {
        mode("PUT", "{\"ttl\":\"PT10M\",\"reason\":\"alone\"}");
        Answer answer = place("alone");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(asked).isEmpty();

        mode("DELETE", null);

        Await.until("settled", () -> status(answer.number("id")).equals("CONFIRMED"));
    }
}
