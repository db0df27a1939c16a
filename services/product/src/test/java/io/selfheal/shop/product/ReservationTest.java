package io.selfheal.shop.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What product promises to whoever reserves. */
class ReservationTest {

    private static EmbeddedServer server;
    private static Browser browser;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(EmbeddedServer.class, Map.of("micronaut.server.port", -1));
        browser = new Browser(server.getURI());
    }

    @AfterAll
    static void stop() {
        server.getApplicationContext().stop();
    }

    private static Answer reserve(String id, long productId, long quantity) {
        return browser.put("/reservations/" + id, "{\"productId\":%d,\"quantity\":%d}".formatted(productId, quantity));
    }

    private static long offer(long stock) {
        Answer answer = browser.post("/products", "{\"name\":\"Nail\",\"priceCents\":1,\"stock\":" + stock + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.number("id");
    }

    private static long stock(long productId) {
        return browser.get("/products/" + productId).number("stock");
    }

    private static List<Answer> atOnce(int times, IntFunction<Answer> call) throws Exception {
        CyclicBarrier together = new CyclicBarrier(times);
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Future<Answer>> futures = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> {
                        together.await();
                        return call.apply(i);
                    }))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void whenRepeatedAtOnce_thenTakenOnce() throws Exception {
        long product = offer(10);

        List<Answer> answers = atOnce(12, i -> reserve("same-" + product, product, 3));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(stock(product)).isEqualTo(7);
    }

    @Test
    void whenManyWantTheLast_thenAsManyGetItAsThereAre() throws Exception {
        long product = offer(5);

        List<Answer> answers = atOnce(16, i -> reserve("last-" + product + "-" + i, product, 1));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(5);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(11);
        assertThat(stock(product)).isZero();
    }

    @Test
    void whenReleased_thenGivenBackOnceAndNeverTakenAgain() throws Exception {
        long product = offer(10);
        reserve("r-" + product, product, 4);

        atOnce(8, i -> browser.delete("/reservations/r-" + product));

        assertThat(stock(product)).isEqualTo(10);
        assertThat(reserve("r-" + product, product, 4).text("type")).endsWith("reservation-released");
        assertThat(stock(product)).isEqualTo(10);
    }

    @Test
    void givenItWasReleasedBeforeItCame_whenItComes_thenItIsRefused() {
        long product = offer(10);
        assertThat(browser.delete("/reservations/early-" + product).status()).isEqualTo(204);

        assertThat(reserve("early-" + product, product, 1).status()).isEqualTo(409);
        assertThat(stock(product)).isEqualTo(10);
    }

    @Test
    void givenItWasRefused_whenThereIsStockLater_thenTheAnswerIsTheSame() {
        long product = offer(1);
        assertThat(reserve("no-" + product, product, 2).text("type")).endsWith("out-of-stock");
        browser.put("/products/" + product + "/stock", "{\"stock\":9}");

        assertThat(reserve("no-" + product, product, 2).text("type")).endsWith("out-of-stock");
        assertThat(stock(product)).isEqualTo(9);
        assertThat(browser.delete("/reservations/no-" + product).status()).isEqualTo(204);
        assertThat(stock(product)).isEqualTo(9);
    }

    @Test
    void givenBadInput_whenReserved_thenRefused() {
        long product = offer(10);
        reserve("mine-" + product, product, 1);

        assertThat(reserve("mine-" + product, product, 2).status()).isEqualTo(422);
        assertThat(reserve("neg-" + product, product, -2).status()).isEqualTo(400);
        assertThat(reserve("zero-" + product, product, 0).status()).isEqualTo(400);
        assertThat(reserve("nowhere-" + product, 9_999, 1).status()).isEqualTo(404);
        assertThat(reserve("l".repeat(65), product, 1).status()).isEqualTo(400);
        assertThat(browser.put("/products/9999/stock", "{\"stock\":1}").status())
                .isEqualTo(404);
        assertThat(browser.put("/products/1/stock", "{\"stock\":-1}").status()).isEqualTo(400);
        assertThat(stock(product)).isEqualTo(9);
    }
}
