package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something answers where user ought to be, but it is not user: that says nothing about who exists. */
class UserGivesNoSenseTest {

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 404, 409})
    void givenAnAnswerThatNamesNoProblemOfUser_whenPlaced_thenTheOrderWaitsAndIsNotRefused(int status)
            throws IOException {
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        stranger.start();
        Map<String, Object> settings = Map.of(
                "micronaut.server.port", -1,
                "datasources.default.url", "jdbc:h2:mem:stranger" + status + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "micronaut.http.services.user.url",
                        "http://127.0.0.1:" + stranger.getAddress().getPort());
        try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, settings)) {
            Answer answer = new Browser(server.getURI())
                    .post("/orders", "{\"userId\":1,\"productId\":1,\"quantity\":1}", "Idempotency-Key", "key");

            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.json()).containsEntry("status", "PENDING").containsEntry("degraded", true);
        } finally {
            stranger.stop(0);
        }
    }
}
