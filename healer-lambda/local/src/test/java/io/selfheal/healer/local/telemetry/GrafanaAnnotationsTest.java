package io.selfheal.healer.local.telemetry;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.setting.StartRefusedException;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrafanaAnnotationsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ANNOTATIONS = "/api/annotations";

    private final WireMockServer grafana = new WireMockServer(options().dynamicPort());
    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();

    @BeforeEach
    void start() {
        grafana.start();
        grafana.stubFor(post(ANNOTATIONS).willReturn(okJson("{\"message\":\"Annotation added\",\"id\":7}")));
        grafana.stubFor(put(anyUrl()).willReturn(okJson("{\"message\":\"Annotation updated\"}")));
    }

    @AfterEach
    void stop() {
        grafana.stop();
    }

    private GrafanaAnnotations annotations() {
        GrafanaSettings settings = new GrafanaSettings(URI.create(grafana.baseUrl() + "/"), "glsa_token");
        return new GrafanaAnnotations(settings, Duration.ofMillis(1), LONG);
    }

    private record Fallen(HealerBench healer, ToldStore store) {}

    private Fallen fall(GrafanaAnnotations annotations) {
        ToldStore store = new ToldStore(world.store, annotations);
        HealerBench healer = world.healer(world.parts().withStore(store));
        healer.step();
        world.fleet.makeSick(first);
        healer.fires(world.alert("TaskStuck", order, first));
        assertThat(annotations.flush(LONG)).isTrue();
        return new Fallen(healer, store);
    }

    private void goOn(HealerBench healer) {
        healer.run(Duration.ofMinutes(2));
        assertThat(world.latest(order).state().phase()).isEqualTo(Phase.RESOLVED);
    }

    @Test
    void givenAnAction_thenItsBeginIsDrawn_andItsEndMakesARegionOfItWithTheOutcome() {
        try (GrafanaAnnotations annotations = annotations()) {
            Fallen fallen = fall(annotations);
            grafana.verify(
                    1,
                    postRequestedFor(urlEqualTo(ANNOTATIONS))
                            .withHeader("Authorization", equalTo("Bearer glsa_token"))
                            .withRequestBody(equalToJson(
                                    "{\"tags\":[\"selfheal\",\"service:order\",\"action:restart-task\",\"outcome:begun\"]}",
                                    false,
                                    true)));

            goOn(fallen.healer());
            assertThat(annotations.flush(LONG)).isTrue();

            grafana.verify(
                    1,
                    putRequestedFor(urlEqualTo(ANNOTATIONS + "/7"))
                            .withRequestBody(equalToJson(
                                    "{\"timeEnd\":\"${json-unit.any-number}\",\"tags\":[\"selfheal\",\"service:order\","
                                            + "\"action:restart-task\",\"outcome:accepted\"]}",
                                    false,
                                    true)));
            grafana.verify(1, postRequestedFor(urlEqualTo(ANNOTATIONS)));
        }
    }

    @Test
    void givenTheBeginWasDrawnBeforeARestart_thenTheEndIsAnAnnotationOfItsOwn() {
        try (GrafanaAnnotations before = annotations();
                GrafanaAnnotations after = annotations()) {
            Fallen fallen = fall(before);
            fallen.store().nowTell(after);
            // Another healer: it does not know how the action ended, and says so when the lease has run out.
            goOn(world.healer(world.parts().withStore(fallen.store())));
            assertThat(after.flush(LONG)).isTrue();

            grafana.verify(
                    1,
                    postRequestedFor(urlEqualTo(ANNOTATIONS))
                            .withRequestBody(equalToJson(
                                    "{\"tags\":[\"selfheal\",\"service:order\",\"action:restart-task\",\"outcome:unknown\"]}",
                                    false,
                                    true)));
            grafana.verify(0, putRequestedFor(anyUrl()));
        }
    }

    @Test
    void givenGrafanaFails_thenHealingGoesOn_andWhatIsLostIsCounted() {
        grafana.stubFor(post(ANNOTATIONS).willReturn(serverError()));
        try (GrafanaAnnotations annotations = annotations()) {
            goOn(fall(annotations).healer());
            assertThat(annotations.flush(LONG)).isTrue();

            assertThat(annotations.dropped()).isPositive();
        }
    }

    @Test
    void givenATokenInAFile_thenItIsRead_andNeverShown(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "glsa_of_file\n");

        GrafanaSettings settings = GrafanaSettings.of("https://grafana.example", "", file.toString());

        assertThat(settings.token()).isEqualTo("glsa_of_file");
        assertThat(settings.toString()).doesNotContain("glsa_of_file");
        assertThatThrownBy(() -> GrafanaSettings.of("https://grafana.example", "glsa_x", file.toString()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("are both set");
    }
}
