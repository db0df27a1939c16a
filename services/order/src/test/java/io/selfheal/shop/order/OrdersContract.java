package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Await;
import io.selfheal.shop.kit.testkit.Browser;
import io.selfheal.shop.kit.testkit.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * No order is lost or doubled and nothing is oversold: two instances of order and of product on one database, customers
 * who repeat themselves, a network that cuts connections, and a process of each kind killed in the middle.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OrdersContract {

    private static final int ORDERS = 250;
    private static final int STOCK = 300;
    private static final int PRODUCT = 5;
    private static final double CUT = 0.03;

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<ServiceProcess> products = new ArrayList<>();
    private final List<ServiceProcess> orders = new ArrayList<>();
    private Database database;
    private BadNetwork productFront;
    private BadNetwork orderFront;

    abstract Database open();

    OrdersContract() {
        database = open();
        resources.add(database);
        // All at once on an empty database: the migrations race, too.
        Map<String, String> env = database.env();
        ServiceProcess user = keep(ServiceProcess.jar("user", env));
        products.add(keep(ServiceProcess.jar("product", env)));
        products.add(keep(ServiceProcess.jar("product", env)));
        productFront = new BadNetwork(ports(products), CUT, 1);
        resources.add(productFront);
        Map<String, String> orderEnv = new HashMap<>(env);
        orderEnv.put("USER_URL", user.uri().toString());
        orderEnv.put("PRODUCT_URL", productFront.uri().toString());
        orderEnv.put("SHOP_ORDER_LEASE", "5s");
        orders.add(keep(ServiceProcess.program("order", Application.class, orderEnv)));
        orders.add(keep(ServiceProcess.program("order", Application.class, orderEnv)));
        orderFront = new BadNetwork(ports(orders), CUT, 2);
        resources.add(orderFront);
    }

    private ServiceProcess keep(ServiceProcess process) {
        resources.add(process);
        return process;
    }

    private static List<Integer> ports(List<ServiceProcess> processes) {
        return processes.stream().map(ServiceProcess::port).toList();
    }

    @BeforeAll
    void awaitReady() {
        resources.forEach(resource -> {
            if (resource instanceof ServiceProcess process) {
                process.awaitReady();
            }
        });
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable resource : resources.reversed()) {
            resource.close();
        }
    }

    @Test
    void givenTwoInstancesAndABadNetwork_whenManyOrderTheLastPieces_thenEachOrderCountsOnceAndNothingIsOversold()
            throws Exception {
        products.getFirst().browser().put("/products/" + PRODUCT + "/stock", "{\"stock\":" + STOCK + "}");
        Map<String, Set<String>> answers = new ConcurrentHashMap<>();
        try (ExecutorService customers = Executors.newFixedThreadPool(24)) {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, ORDERS).forEach(i -> {
                // Each order is sent by two customers at about the same time, who both repeat it until they know.
                all.add(customers.submit(() -> orderUntilAnswered(i, answers)));
                all.add(customers.submit(() -> orderUntilAnswered(i, answers)));
            });
            Await.until("a third of the orders", () -> answers.size() > ORDERS / 3);
            orders.getFirst().kill();
            Await.until("half of the orders", () -> answers.size() > ORDERS / 2);
            products.getFirst().kill();
            for (Future<?> customer : all) {
                customer.get();
            }
        }

        Await.until(
                "no order is left in the air",
                () -> database.number(
                                "select count(*) from order_service.orders where status in ('PENDING', 'RELEASING')")
                        == 0);
        long confirmed = database.number("select sum(quantity) from order_service.orders where status = 'CONFIRMED'");
        long held = database.number("select sum(quantity) from product_service.reservations where state = 'HELD'");
        long stock = database.number("select stock from product_service.products where id = " + PRODUCT);
        assertThat(orderFront.cuts()).as("connections cut before order").isPositive();
        assertThat(productFront.cuts()).as("connections cut before product").isPositive();
        assertThat(stock).as("stock left").isNotNegative();
        assertThat(confirmed).as("sold").isEqualTo(STOCK - stock).isEqualTo(held);
        assertThat(database.number("select count(*) from order_service.orders")).isEqualTo(ORDERS);
        assertThat(database.number("select count(distinct idempotency_key) from order_service.orders"))
                .isEqualTo(ORDERS);
        assertThat(database.number("select count(*) from order_service.orders where status = 'REJECTED'"))
                .as("the demand was greater than the stock")
                .isPositive();
        assertThat(answers).hasSize(ORDERS);
        assertThat(answers).allSatisfy((key, outcomes) -> assertThat(outcomes).hasSize(1));
        assertThat(answers.values().stream()
                        .filter(outcome -> outcome.toString().contains("CONFIRMED"))
                        .count())
                .isEqualTo(database.number("select count(*) from order_service.orders where status = 'CONFIRMED'"));
    }

    private void orderUntilAnswered(int number, Map<String, Set<String>> answers) {
        String key = "key-" + number;
        int quantity = 1 + number % 3;
        String body = "{\"userId\":%d,\"productId\":%d,\"quantity\":%d}".formatted(1 + number % 10, PRODUCT, quantity);
        Browser browser = new Browser(orderFront.uri(), Duration.ofSeconds(5));
        Random random = new Random(number);
        while (true) {
            try {
                Answer answer = send(browser, body, key);
                if (answer != null && answer.status() < 500 && !"PENDING".equals(answer.text("status"))) {
                    answers.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                            .add(outcome(answer));
                    return;
                }
                Thread.sleep(Duration.ofMillis(random.nextInt(100)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Null when the line was cut, before or after the order arrived: only a repeat can tell. */
    private static @Nullable Answer send(Browser browser, String body, String key) {
        try {
            return browser.post("/orders", body, "Idempotency-Key", key);
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static String outcome(Answer answer) {
        return switch (answer.status()) {
            case 200, 201 -> "order " + answer.number("id") + " " + answer.text("status");
            case 409 -> answer.text("detail");
            default -> throw new AssertionError("Unexpected: " + answer);
        };
    }
}
