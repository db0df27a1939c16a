package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskControl.Order;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HttpTaskControlTest {
    private static final String TOKEN = "0123456789-the-token";
    // Generous, since the machine may be busy.
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Order SHED = new Order.Shed(30, Duration.ofMinutes(1));
    private static final Order END = new Order.End(Mode.SHEDDING);

    private final WireMockServer first = new WireMockServer(options().dynamicPort());
    private final WireMockServer second = new WireMockServer(options().dynamicPort());
    private final HttpTaskControl control = new HttpTaskControl(TOKEN, PATIENCE);

    @BeforeEach
    void start() {
        for (WireMockServer task : List.of(first, second)) {
            task.start();
            task.stubFor(any(anyUrl()).willReturn(ok("{}")));
        }
    }

    @AfterEach
    void stop() {
        first.stop();
        second.stop();
    }

    private static Task task(String name, Optional<String> address) {
        return new Task(
                new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/" + name),
                "order:1",
                TaskStatus.RUNNING,
                Task.FleetHealth.UNKNOWN,
                address.map(URI::create),
                Optional.empty());
    }

    private List<Task> both() {
        return List.of(task("a1", Optional.of(first.baseUrl())), task("a2", Optional.of(second.baseUrl())));
    }

    private Outcome tell(Order order) {
        Outcome outcome = control.tell(both(), order, "selfheal i1-1");
        assertThat(outcome.toString()).doesNotContain(TOKEN);
        return outcome;
    }

    private void firstAnswers(ResponseDefinitionBuilder answer) {
        first.stubFor(any(anyUrl()).willReturn(answer));
    }

    @Test
    void whenDegraded_thenEachTaskIsToldToDoWithoutTheCallee() {
        assertThat(tell(new Order.Degrade("product", Duration.ofMinutes(5))))
                .isEqualTo(new Outcome.Accepted("2 tasks told: degraded"));

        for (WireMockServer task : List.of(first, second)) {
            task.verify(
                    1,
                    putRequestedFor(urlEqualTo("/modes/degraded"))
                            .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                            .withHeader("Content-Type", equalTo("application/json"))
                            .withRequestBody(equalToJson(
                                    "{\"reason\":\"selfheal i1-1\",\"ttl\":\"PT5M\",\"dependency\":\"product\"}")));
        }
    }

    @Test
    void whenShedding_thenTheShareIsAFraction_andExact() {
        assertThat(tell(SHED)).isEqualTo(new Outcome.Accepted("2 tasks told: shedding"));

        second.verify(
                1,
                putRequestedFor(urlEqualTo("/modes/shedding"))
                        .withRequestBody(equalTo("{\"reason\":\"selfheal i1-1\",\"ttl\":\"PT1M\",\"admit\":0.30}")));
    }

    @Test
    void whenEnded_thenTheModeIsDeletedWithoutABody() {
        assertThat(tell(END)).isEqualTo(new Outcome.Accepted("2 tasks told: shedding"));

        first.verify(
                1,
                deleteRequestedFor(urlEqualTo("/modes/shedding"))
                        .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                        .withRequestBody(absent()));
    }

    @TestFactory
    Stream<DynamicTest> whenOneOfTheTasksSaysNo_thenRefusedWithItsWords() {
        return Stream.of(SHED, END).flatMap(order -> IntStream.of(400, 401, 403, 404, 409, 422)
                .mapToObj(status -> DynamicTest.dynamicTest(order + " " + status, () -> {
                    firstAnswers(aResponse()
                            .withStatus(status)
                            .withHeader("WWW-Authenticate", "Bearer")
                            .withBody("{\n  \"detail\": \"not so\" }"));

                    assertThat(tell(order))
                            .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.why())
                                    .startsWith("task a1 answered HTTP " + status));
                })));
    }

    @Test
    void whenATaskExplainsItsNo_thenTheOutcomeSaysItInOneLine() {
        firstAnswers(aResponse().withStatus(422).withBody("{\n  \"detail\": \"ttl is too long\" }"));

        assertThat(tell(SHED))
                .isEqualTo(new Outcome.Refused("task a1 answered HTTP 422 { \"detail\": \"ttl is too long\" }"));
    }

    @TestFactory
    Stream<DynamicTest> whenOfOneOfTheTasksItIsNotKnown_thenFailed() {
        return Stream.of(
                        aResponse().withStatus(500),
                        aResponse().withStatus(503).withBody("overloaded"),
                        aResponse().withStatus(429),
                        aResponse().withStatus(302).withHeader("Location", "/elsewhere"),
                        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                        aResponse().withFault(Fault.EMPTY_RESPONSE),
                        aResponse().withBody("x".repeat(70_000)))
                .map(answer ->
                        DynamicTest.dynamicTest(String.valueOf(answer.build().getStatus()), () -> {
                            firstAnswers(answer);

                            assertThat(tell(SHED))
                                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.why())
                                            .startsWith("task a1"));
                        }));
    }

    @Test
    void whenOneRefusesAndOneFails_thenFailed_sinceItMayHaveBeenDone() {
        firstAnswers(aResponse().withStatus(409));
        second.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));

        assertThat(tell(SHED)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void whenATaskDoesNotAnswer_thenFailedAtTheBound() {
        firstAnswers(ok().withFixedDelay(60_000));
        HttpTaskControl hasty = new HttpTaskControl(TOKEN, Duration.ofMillis(100));

        assertThat(hasty.tell(both().subList(0, 1), SHED, "selfheal i1-1"))
                // The socket's own timeout and the bound of the whole are as long: either may be first.
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, failed -> assertThat(failed.why()).startsWith("task a1: "));
    }

    @Test
    void whenNothingListens_orTheFleetGivesNoAddress_thenFailed() {
        List<Task> away = List.of(both().getFirst(), task("a2", Optional.of("http://127.0.0.1:1")));
        List<Task> nowhere = List.of(both().getFirst(), task("a2", Optional.empty()));

        assertThat(control.tell(away, SHED, "selfheal i1-1"))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.why())
                        .startsWith("task a2: ConnectException"));
        assertThat(control.tell(nowhere, SHED, "selfheal i1-1"))
                .isEqualTo(new Outcome.Failed("the fleet gives no address of task a2"));
    }

    @Test
    void whenATaskRepeatsTheToken_thenTheOutcomeDoesNot() {
        firstAnswers(aResponse().withStatus(403).withBody("unknown token: Bearer " + TOKEN));

        assertThat(tell(SHED))
                .isEqualTo(new Outcome.Refused("task a1 answered HTTP 403 unknown token: Bearer [token]"));
    }

    @Test
    void whenTheTokenCannotBeSent_thenItIsRefusedAtTheStart_andNotShown() {
        assertThatThrownBy(() -> new HttpTaskControl(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MODES_TOKEN");
        assertThatThrownBy(() -> new HttpTaskControl("secret\nsecret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MODES_TOKEN")
                .hasMessageNotContaining("secret");
    }
}
