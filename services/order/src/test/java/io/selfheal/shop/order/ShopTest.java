package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.selfheal.observability.telemetry.Registry;
import io.selfheal.observability.telemetry.RegistryFile;
import io.selfheal.observability.testkit.LogSchema;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import io.selfheal.shop.kit.testkit.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three services together, one of each, with their defaults: an in-memory database each. */
class ShopTest {

    private static final Queue<String> EXPORTED = new ConcurrentLinkedQueue<>();

    private static HttpServer collector;
    private static ServiceProcess user;
    private static ServiceProcess product;
    private static ServiceProcess order;
    private static Browser orders;

    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            EXPORTED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Map<String, String> env = Map.of(
                "FAULTS_ENABLED", "true",
                "OTEL_BSP_SCHEDULE_DELAY", "50",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort());
        user = ServiceProcess.jar("user", env);
        product = ServiceProcess.jar("product", env);
        Map<String, String> orderEnv = new HashMap<>(env);
        orderEnv.put("USER_URL", user.uri().toString());
        orderEnv.put("PRODUCT_URL", product.uri().toString());
        order = ServiceProcess.program("order", Application.class, orderEnv);
        List.of(user, product, order).forEach(ServiceProcess::awaitReady);
        orders = order.browser();
    }

    @AfterAll
    static void stop() {
        List.of(order, product, user).forEach(ServiceProcess::close);
        collector.stop(0);
    }

    @AfterEach
    void mend() {
        orders.delete("/faults/dependency-failure");
        Await.until("the breakers are closed", ShopTest::everybodyIsAsked);
    }

    /** An order is confirmed also where user is not asked, but then it says so. */
    private static boolean everybodyIsAsked() {
        Answer answer = placed(1, 1, 1);
        return answer.status() == 201 && Boolean.FALSE.equals(answer.json().get("degraded"));
    }

    private static Answer place(String key, long userId, long productId, Object quantity, String... headers) {
        String body = "{\"userId\":%d,\"productId\":%d,\"quantity\":%s}".formatted(userId, productId, quantity);
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Idempotency-Key";
        all[headers.length + 1] = key;
        return orders.post("/orders", body, all);
    }

    private static Answer placed(long userId, long productId, Object quantity) {
        return place(UUID.randomUUID().toString(), userId, productId, quantity);
    }

    private static long stock(long productId) {
        return product.browser().get("/products/" + productId).number("stock");
    }

    @Test
    void whenPlaced_thenConfirmedAndTheStockIsLess() {
        long before = stock(2);

        Answer answer = placed(1, 2, 3);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json()).containsEntry("status", "CONFIRMED").containsEntry("degraded", false);
        assertThat(answer.headers().firstValue("Location")).contains("/orders/" + answer.number("id"));
        assertThat(stock(2)).isEqualTo(before - 3);
        assertThat(orders.get("/orders/" + answer.number("id")).json()).isEqualTo(answer.json());
        assertThat(orders.get("/orders?size=1").json()).containsEntry("size", 1).containsKey("totalItems");
    }

    @Test
    void givenAKeyWasUsed_whenRepeated_thenTheSameOrderAndForAnotherBody422() {
        long before = stock(3);
        Answer first = place("again", 1, 3, 2);
        Answer second = place("again", 1, 3, 2);
        Answer other = place("again", 1, 3, 1);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.number("id")).isEqualTo(first.number("id"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("type")).endsWith("idempotency-key-reused");
        assertThat(stock(3)).isEqualTo(before - 2);
    }

    @Test
    void givenTooLittleStock_whenPlaced_then409NowAndWhenRepeatedAfterRestocking() {
        product.browser().put("/products/4/stock", "{\"stock\":1}");
        assertThat(place("greedy", 1, 4, 2).status()).isEqualTo(409);
        product.browser().put("/products/4/stock", "{\"stock\":10}");

        assertThat(place("greedy", 1, 4, 2).status())
                .as("the answer to a key is final")
                .isEqualTo(409);
        assertThat(stock(4)).isEqualTo(10);
        assertThat(placed(1, 4, 2).status()).isEqualTo(201);
    }

    @Test
    void givenUnknownUserOrProduct_whenPlaced_then422() {
        assertThat(placed(99, 1, 1).text("type")).endsWith("unknown-user");
        assertThat(placed(1, 99, 1).text("type")).endsWith("unknown-product");
        assertThat(placed(1, 99, 1).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1.5", "\"2\"", "null", "1001", "1e99", "[]", ""})
    void givenABadQuantity_whenPlaced_then400(String quantity) {
        Answer answer = placed(1, 1, quantity);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void givenNoKeyOrABadOne_whenPlaced_then400() {
        String body = "{\"userId\":1,\"productId\":1,\"quantity\":1}";
        assertThat(orders.post("/orders", body).status()).isEqualTo(400);
        assertThat(orders.post("/orders", body, "Idempotency-Key", " ").status())
                .isEqualTo(400);
        assertThat(orders.post("/orders", body, "Idempotency-Key", "k".repeat(101))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void givenUserIsDown_whenAUserSeenBeforeOrders_thenConfirmedAndDegraded() {
        placed(7, 1, 1);
        orders.put("/faults/dependency-failure", "{\"dependency\":\"user\"}");

        Answer answer = placed(7, 1, 1);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json()).containsEntry("status", "CONFIRMED").containsEntry("degraded", true);
    }

    @Test
    void givenUserIsDown_whenAnUnseenUserOrders_thenPendingAndSettledAfterwards() {
        orders.put("/faults/dependency-failure", "{\"dependency\":\"user\"}");
        Answer known = place("unseen", 8, 1, 1);
        Answer unknown = place("nobody", 98, 1, 1);

        assertThat(known.status()).isEqualTo(201);
        assertThat(known.json()).containsEntry("status", "PENDING").containsEntry("degraded", true);
        orders.delete("/faults/dependency-failure");
        Await.until("the order is confirmed", () -> "CONFIRMED"
                .equals(orders.get("/orders/" + known.number("id")).text("status")));
        Await.until("the other is rejected", () -> "REJECTED"
                .equals(orders.get("/orders/" + unknown.number("id")).text("status")));
        assertThat(place("unseen", 8, 1, 1).status()).isEqualTo(200);
        assertThat(place("nobody", 98, 1, 1).status()).isEqualTo(422);
    }

    @Test
    void givenProductIsDown_whenPlaced_then503AndTheOrderIsSettledAfterwards() {
        long before = stock(6);
        orders.put("/faults/dependency-failure", "{\"dependency\":\"product\"}");

        Answer answer = place("later", 1, 6, 4);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        orders.delete("/faults/dependency-failure");
        Await.until("the order is confirmed", () -> place("later", 1, 6, 4).status() == 200);
        assertThat(stock(6)).isEqualTo(before - 4);
    }

    @Test
    void whenPlaced_thenOneTraceGoesThroughAllThreeAndTheirLogs() {
        String traceId = "0af7651916cd43dd8448eb211c80319c";
        String bytes = new String(HexFormat.of().parseHex(traceId), StandardCharsets.ISO_8859_1);

        place("traced", 1, 1, 1, "traceparent", "00-" + traceId + "-b7ad6b7169203331-01");

        for (String service : List.of("order", "user", "product")) {
            Await.until("the part of " + service, () -> EXPORTED.stream()
                    .anyMatch(batch ->
                            batch.contains(bytes) && batch.contains("service.name") && batch.contains(service)));
        }
        for (ServiceProcess process : List.of(order, product)) {
            assertThat(process.log().lines())
                    .allMatch(line -> line.startsWith("{"))
                    .anyMatch(line -> traceId.equals(Answer.parse(line).get("trace_id")));
        }
    }

    @Test
    void whenTheApiDocumentIsAskedFor_thenItIsServedWithAViewerThatNeedsNoInternet() {
        for (ServiceProcess process : List.of(user, product, order)) {
            Answer document = process.browser().get("/openapi");
            Answer viewer = process.browser().get("/swagger-ui/index.html");

            assertThat(document.contentType()).startsWith("application/yaml");
            assertThat(document.body()).startsWith("openapi: 3").doesNotContain("/faults");
            assertThat(process.browser().get("/swagger-ui").status()).isEqualTo(307);
            assertThat(viewer.status()).isEqualTo(200);
            assertThat(viewer.body()).contains("/swagger-ui/res/").doesNotContain("https://");
            assertThat(process.browser()
                            .get("/swagger-ui/res/swagger-ui-bundle.js")
                            .status())
                    .isEqualTo(200);
            assertThat(process.browser().get("/swagger/openapi.yml").status()).isEqualTo(200);
        }
    }

    @Test
    void whenAServiceFloodsItsLog_thenTheCapBites_theCountIsTold_andEveryLineOfEveryServiceFitsTheSchema() {
        Browser flooded = product.browser();
        assertThat(flooded.put("/faults/log-flood", "{\"lines\":5000}").status())
                .isEqualTo(200);
        Await.until(
                "the log says what it left out",
                () -> product.log().contains("lines of ") && product.log().contains("were left out"));
        flooded.delete("/faults/log-flood");

        Map<String, Long> written = product.log()
                .lines()
                .filter(line -> line.contains("LogFloodFault") && line.contains("Log flood"))
                .map(line -> String.valueOf(Answer.parse(line).get("timestamp")).substring(0, 19))
                .collect(Collectors.groupingBy(second -> second, Collectors.counting()));
        assertThat(written).isNotEmpty();
        assertThat(written.values()).allSatisfy(lines -> assertThat(lines).isLessThanOrEqualTo(50));
        assertThat(flooded.metric("log_dropped_lines_total{reason=\"flood\"}")).isPositive();
        LogSchema schema = new LogSchema();
        for (ServiceProcess service : List.of(user, product, order)) {
            assertThat(service.log()).isNotBlank();
            assertThat(schema.problems(service.log())).isEmpty();
        }
    }

    @Test
    void whenTheServicesAreScraped_thenTheyShowNothingThatTheRegistryDoesNotKnow() {
        Registry registry = RegistryFile.ours();
        Map.of("user", user, "product", product, "order", order)
                .forEach((name, service) -> assertThat(registry.problems(
                                name, service.browser().get("/prometheus").body()))
                        .as(name)
                        .isEmpty());
    }
}
