package io.selfheal.shop.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Answer;
import io.selfheal.shop.kit.testkit.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserApiTest {

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

    @Test
    void givenTheFirstTen_whenListed_thenInPagesWithoutOverlap() {
        Answer first = browser.get("/users?size=4");
        Answer third = browser.get("/users?size=4&page=2");

        assertThat(first.number("totalPages")).isGreaterThanOrEqualTo(3);
        assertThat(first.body()).contains("\"id\":1,", "\"id\":4,").doesNotContain("\"id\":5,");
        assertThat(third.body()).contains("\"id\":9,", "\"id\":10,").doesNotContain("\"id\":8,");
        assertThat(browser.get("/users?page=1000").json()).containsEntry("items", List.of());
    }

    @Test
    void whenRegistered_thenFoundAndTheAddressIsTaken() {
        String body = "{\"name\":\"Katherine\",\"email\":\"katherine@example.org\"}";
        Answer created = browser.post("/users", body);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.number("id")).isGreaterThan(10);
        assertThat(browser.get("/users/" + created.number("id")).text("name")).isEqualTo("Katherine");
        assertThat(browser.post("/users", body).status()).isEqualTo(409);
    }

    @Test
    void givenBadInput_whenRegistered_then400AndTheFieldIsNamed() {
        assertThat(browser.post("/users", "{\"name\":\"\",\"email\":\"nobody\"}")
                        .text("violations"))
                .contains("field=name", "field=email");
        assertThat(browser.post("/users", "{\"name\":\"" + "x".repeat(101) + "\",\"email\":\"a@b.org\"}")
                        .status())
                .isEqualTo(400);
        assertThat(browser.get("/users/-1").status()).isEqualTo(404);
        assertThat(browser.get("/users/-1").text("type")).endsWith(":unknown-user");
        assertThat(browser.get("/users/99999999999999999999").status()).isEqualTo(400);
    }
}
