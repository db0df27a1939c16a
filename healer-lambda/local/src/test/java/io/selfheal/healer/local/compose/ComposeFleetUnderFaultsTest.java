package io.selfheal.healer.local.compose;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task.FleetHealth;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine on paper that does what a real one does only now and then. */
class ComposeFleetUnderFaultsTest {
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ID = "3f2a1b4c5d6e" + "0".repeat(52);
    private static final TaskId TASK = new TaskId("compose/shop/order-1.3f2a1b4c5d6e.20260102T030000123");

    private final WireMockServer engine =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private final ComposeFleet fleet;

    ComposeFleetUnderFaultsTest() {
        engine.start();
        version("1.41");
        engine.stubFor(get(urlPathMatching("/v1\\.[0-9]+/containers/json"))
                .willReturn(okJson("[{\"Id\":\"" + ID + "\",\"Labels\":{\"" + Labels.SERVICE + "\":\"order\"}}]")));
        inspected("running", "\"8080/tcp\":{}");
        fleet = ComposeFleet.open(settings(), InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        fleet.close();
        engine.stop();
    }

    private ComposeSettings settings() {
        return within(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private ComposeSettings within(Duration reading, Duration acting) {
        return new ComposeSettings("selfheal", "shop", URI.create("tcp://127.0.0.1:" + engine.port()), reading, acting);
    }

    private void version(String newest) {
        engine.stubFor(
                get("/version").willReturn(okJson("{\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"1.24\"}")));
    }

    private void inspected(String status, String ports) {
        engine.stubFor(get(urlPathMatching("/v1\\.[0-9]+/containers/" + ID + "/json"))
                .willReturn(okJson("""
                {"Id":"%s","Name":"/shop-order-1","Image":"sha256:0123456789","RestartCount":3,
                 "State":{"Status":"%s","StartedAt":"2026-01-02T03:00:00.123456789Z","Health":{"Status":"unhealthy"},
                   "FinishedAt":"2026-01-02T02:59:59Z","ExitCode":0},
                 "Config":{"Hostname":"3f2a1b4c5d6e","ExposedPorts":{%s},"Labels":{
                   "com.docker.compose.project":"shop","com.docker.compose.service":"order",
                   "com.docker.compose.container-number":"1","com.docker.compose.config-hash":"c0ffee0123",
                   "selfheal.heal":"true"}},
                 "HostConfig":{"Ulimits":[{"Name":"nofile","Soft":9,"Hard":9}],"Annotations":{"a":"b"}},
                 "NetworkSettings":{"Networks":{
                   "shop_default":{"IPAddress":"172.20.0.3","Aliases":["shop-order-1","order","3f2a1b4c5d6e"]},
                   "shop_telemetry":{"IPAddress":"172.21.0.3","Aliases":["order"]}}}}
                """.formatted(ID, status, ports))));
    }

    private void onRestart(ResponseDefinitionBuilder answer) {
        engine.stubFor(post(urlPathMatching("/v1\\.[0-9]+/containers/" + ID + "/restart"))
                .willReturn(answer));
    }

    private Outcome restart() {
        return fleet.apply(new Action.RestartTask(ORDER, TASK), "i1-1");
    }

    @Test
    void whenDescribed_thenATaskSaysItsRunItsHealthAndItsAddress() {
        assertThat(fleet.describe(ORDER)).isInstanceOfSatisfying(Fact.Known.class, known -> {
            assertThat(known.readAt()).isEqualTo(NOW);
            assertThat(((ServiceState) known.value()).tasks()).singleElement().satisfies(task -> {
                assertThat(task.id()).isEqualTo(TASK);
                assertThat(task.id().shortName()).isEqualTo("order-1.3f2a1b4c5d6e.20260102T030000123");
                assertThat(task.revision()).isEqualTo("order:c0ffee01-01234567");
                assertThat(task.health()).isEqualTo(FleetHealth.UNHEALTHY);
                assertThat(task.address()).contains(URI.create("http://172.20.0.3:8080"));
            });
        });
    }

    @Test
    void whenSeveralPortsAreExposedAndNoLabelChooses_thenThereIsNoAddress() {
        inspected("running", "\"8080/tcp\":{},\"9090/tcp\":{}");

        assertThat(fleet.describe(ORDER)).isInstanceOfSatisfying(Fact.Known.class, known -> assertThat(
                        ((ServiceState) known.value()).tasks().getFirst().address())
                .isEmpty());
    }

    @Test
    void whenItRanBefore_thenItsRestartsAreEvidence_withoutAnExitCodeThatIsForgotten() {
        assertThat(fleet.evidence().gather(ORDER).stops().map(stops -> stops.getFirst()))
                .isInstanceOfSatisfying(
                        Fact.Known.class, known -> assertThat(known.value().toString())
                                .contains("ContainerRestarted", "restarted it by itself 3 times", "Optional.empty")
                                .contains("order-1.3f2a1b4c5d6e.earlier"));
    }

    @Test
    void whenTheEngineSaysNo_thenTheActionIsRefused_withItsWords() {
        onRestart(aResponse().withStatus(409).withBody("{\"message\":\"container is marked for removal\"}"));

        assertThat(restart())
                .isEqualTo(new Outcome.Refused("restart-task on selfheal/order: container is marked for removal"));
    }

    @Test
    void whenTheEngineBreaks_thenItIsNotKnownWhetherItActed() {
        onRestart(aResponse().withStatus(500).withBody("not JSON"));

        assertThat(restart()).isEqualTo(new Outcome.Failed("restart-task on selfheal/order: HTTP 500"));
    }

    @Test
    void whenTheConnectionBreaks_thenItIsNotKnownWhetherItActed_andItIsNotAskedAgain() {
        onRestart(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(restart()).isInstanceOf(Outcome.Failed.class);
        engine.verify(1, postRequestedFor(urlMatching(".*/restart")));
    }

    @Test
    void whenTheEngineHangs_thenTheBoundsHold() {
        onRestart(aResponse().withStatus(204).withFixedDelay(60_000));
        ComposeSettings hasty = within(Duration.ofSeconds(2), Duration.ofSeconds(3));
        try (ComposeFleet bounded = ComposeFleet.open(hasty, InstantSource.fixed(NOW))) {
            assertThat(bounded.apply(new Action.RestartTask(ORDER, TASK), "i1-1"))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.why())
                            .startsWith("restart-task on selfheal/order: "));

            assertThat(bounded.apply(new Action.RestartTask(ORDER, TASK), "i1-1"))
                    .isEqualTo(new Outcome.Accepted("container shop-order-1 is being restarted already"));
            engine.verify(1, postRequestedFor(urlMatching(".*/restart")));

            engine.stubFor(get(anyUrl()).willReturn(okJson("[]").withFixedDelay(60_000)));
            assertThat(bounded.describe(ORDER)).isInstanceOf(Fact.Unknown.class);
        }
    }

    @Test
    void whenAContainerGoesWhileItIsRead_thenTheOthersAreReadAllTheSame() {
        engine.stubFor(get(urlPathMatching("/v1\\.[0-9]+/containers/" + ID + "/json"))
                .willReturn(aResponse().withStatus(404).withBody("{\"message\":\"No such container\"}")));

        assertThat(fleet.describe(ORDER)).isInstanceOf(Fact.Unknown.class);
        assertThat(restart()).isInstanceOf(Outcome.Refused.class);
        engine.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void whenTheEngineListsAStranger_thenItsLabelsAreBelievedAndNotTheList() {
        engine.stubFor(get(urlPathMatching("/v1\\.[0-9]+/containers/" + ID + "/json"))
                .willReturn(okJson("{\"Id\":\"" + ID + "\",\"Name\":\"/x-order-1\",\"State\":{\"Status\":\"running\"},"
                        + "\"Config\":{\"Labels\":{\"" + Labels.PROJECT + "\":\"other\",\"" + Labels.SERVICE
                        + "\":\"order\",\"" + Labels.OPT_IN + "\":\"true\"}}}")));

        assertThat(restart()).isInstanceOf(Outcome.Refused.class);
        engine.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void whenASiblingCannotStart_thenItIsRemoved_andWhatTheEngineSaidIsTold() {
        engine.stubFor(post(urlPathEqualTo("/v1.41/containers/create"))
                .willReturn(okJson("{\"Id\":\"new\"}").withStatus(201)));
        engine.stubFor(post(urlPathMatching("/v1.41/networks/.*"))
                .willReturn(aResponse().withStatus(200)));
        engine.stubFor(post(urlPathEqualTo("/v1.41/containers/new/start"))
                .willReturn(aResponse().withStatus(500).withBody("{\"message\":\"no space left\"}")));
        engine.stubFor(delete(urlPathEqualTo("/v1.41/containers/new"))
                .willReturn(aResponse().withStatus(204)));

        Outcome outcome = fleet.apply(new Action.ScaleOut(ORDER, 1, 2, Duration.ofMinutes(1)), "i1-1");

        assertThat(outcome).isEqualTo(new Outcome.Failed("scale-out on selfheal/order: no space left"));
        engine.verify(1, deleteRequestedFor(urlPathEqualTo("/v1.41/containers/new")));
    }

    @Test
    void whenASiblingIsMade_thenWhatTheEngineSaidOfItsModelIsSaidAgain_butWhatIsTheModelsAlone() {
        engine.stubFor(post(urlPathEqualTo("/v1.41/containers/create"))
                .willReturn(okJson("{\"Id\":\"new\"}").withStatus(201)));
        engine.stubFor(post(urlPathMatching("/v1.41/networks/.*"))
                .willReturn(aResponse().withStatus(200)));
        engine.stubFor(post(urlPathEqualTo("/v1.41/containers/new/start"))
                .willReturn(aResponse().withStatus(204)));

        fleet.apply(new Action.ScaleOut(ORDER, 1, 2, Duration.ofMinutes(1)), "i1-1");

        String body = engine.findAll(postRequestedFor(urlPathEqualTo("/v1.41/containers/create")))
                .getFirst()
                .getBodyAsString();
        assertThat(body)
                .contains("\"Annotations\":{\"a\":\"b\"}", "\"Soft\":9", "\"Image\":\"sha256:0123456789\"")
                .contains("\"com.docker.compose.container-number\":\"2\"", "\"selfheal.made-by\":\"i1-1\"")
                .contains("\"shop_default\":{\"Aliases\":[\"shop-order-2\",\"order\"]")
                .doesNotContain("3f2a1b4c5d6e", "172.20.0.3", "shop_telemetry");
        engine.verify(1, postRequestedFor(urlPathEqualTo("/v1.41/networks/shop_telemetry/connect")));
    }

    @Test
    void whenTheEngineIsOlderOrNewerThanThisCode_thenItIsSpokenToInAVersionThatBothKnow() {
        version("1.52");
        try (ComposeFleet newer = ComposeFleet.open(settings(), InstantSource.fixed(NOW))) {
            assertThat(newer.describe(ORDER)).isInstanceOf(Fact.Known.class);
        }
        engine.verify(getRequestedFor(urlMatching("/v1\\.44/containers/" + ID + "/json")));
    }

    @Test
    void whenItIsNoEngine_thenOpeningSaysSo() {
        engine.stubFor(get("/version").willReturn(okJson("{\"version\":\"8.1\"}")));

        assertThatThrownBy(() -> ComposeFleet.open(settings(), InstantSource.fixed(NOW)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not an engine of docker: it says its API version is ''");
    }
}
