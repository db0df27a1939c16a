package io.selfheal.healer.local.telemetry;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.setting.StartRefusedException;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.trace.IncidentSpans;
import io.selfheal.healer.trace.Span;
import io.selfheal.healer.trace.TraceIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentTracesTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final WireMockServer collector = new WireMockServer(options().dynamicPort());
    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();

    @BeforeEach
    void start() {
        collector.start();
        collector.stubFor(post(anyUrl()).willReturn(ok("{}")));
    }

    @AfterEach
    void stop() {
        collector.stop();
    }

    private IncidentTraces traces() {
        return new IncidentTraces(
                OtlpSettings.of(collector.baseUrl(), "healer", "deployment.environment.name=dev"),
                world.store,
                SHORT,
                LONG);
    }

    private HealerBench healer(ToldStore store) {
        return world.healer(world.parts().withStore(store));
    }

    private void fall(HealerBench healer) {
        healer.step();
        world.fleet.makeSick(first);
        healer.fires(world.alert("TaskStuck", order, first));
    }

    private List<JsonNode> sent() {
        List<JsonNode> spans = new ArrayList<>();
        collector.getAllServeEvents().reversed().forEach(event -> {
            assertThat(event.getRequest().getUrl()).isEqualTo("/v1/traces");
            read(event.getRequest().getBodyAsString())
                    .at("/resourceSpans/0/scopeSpans/0/spans")
                    .forEach(spans::add);
        });
        return spans;
    }

    private static JsonNode read(String json) {
        try {
            return JsonTrees.read(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private List<String> expected(Incident incident) {
        return IncidentSpans.of(incident, world.store.history(incident.id()), 0).stream()
                .map(Span::id)
                .toList();
    }

    @Test
    void givenAnIncidentHealed_thenItsTraceIsAtTheCollector() {
        try (IncidentTraces traces = traces()) {
            HealerBench healer = healer(new ToldStore(world.store, traces));
            fall(healer);
            healer.run(Duration.ofMinutes(1));
            assertThat(traces.flush(LONG)).isTrue();

            Incident incident = world.latest(order);
            assertThat(incident.state().phase()).isEqualTo(Phase.RESOLVED);
            assertThat(sent())
                    .extracting(span -> span.path("spanId").asText())
                    .containsExactlyElementsOf(expected(incident));
            assertThat(sent()).allSatisfy(span -> {
                assertThat(span.path("traceId").asText()).isEqualTo(TraceIds.trace(incident.id()));
                assertThat(span.path("startTimeUnixNano").asText()).matches("[0-9]{19}");
            });
            assertThat(sent().getLast().path("name").asText()).isEqualTo("incident");
            assertThat(sent().getLast().has("parentSpanId")).isFalse();
            assertThat(collector.getAllServeEvents().getFirst().getRequest().getBodyAsString())
                    .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"healer\"}}")
                    .contains("{\"key\":\"deployment.environment.name\",\"value\":{\"stringValue\":\"dev\"}}");
        }
    }

    @Test
    void givenARestartBetweenActionAndVerification_thenTheVerificationJoinsTheTraceAndNothingIsTwice() {
        try (IncidentTraces before = traces();
                IncidentTraces after = traces()) {
            ToldStore store = new ToldStore(world.store, before);
            HealerBench healer = healer(store);
            fall(healer);
            assertThat(world.latest(order).state().phase()).isNotEqualTo(Phase.RESOLVED);
            assertThat(before.flush(LONG)).isTrue();
            assertThat(sent())
                    .extracting(span -> span.path("name").asText())
                    .contains("decide")
                    .doesNotContain("verify");

            store.nowTell(after);
            healer.run(Duration.ofMinutes(1));
            assertThat(after.flush(LONG)).isTrue();

            assertThat(sent())
                    .extracting(span -> span.path("spanId").asText())
                    .containsExactlyElementsOf(expected(world.latest(order)));
            assertThat(sent())
                    .extracting(span -> span.path("name").asText())
                    .contains("act restart-task", "verify", "incident");
        }
    }

    @Test
    void givenTheCollectorFails_thenHealingGoesOn_andWhatIsLostIsCounted() {
        collector.stubFor(post(anyUrl()).willReturn(serverError()));
        try (IncidentTraces traces = traces()) {
            HealerBench healer = healer(new ToldStore(world.store, traces));
            fall(healer);
            healer.run(Duration.ofMinutes(1));
            assertThat(traces.flush(LONG)).isTrue();

            assertThat(world.latest(order).state().phase()).isEqualTo(Phase.RESOLVED);
            assertThat(traces.dropped()).isPositive();
            assertThat(healer.troubles()).isEmpty();
        }
    }

    @Test
    void givenACollectorThatFailsOnce_thenTheSpansComeWithTheNextAttempt() {
        collector.stubFor(post(anyUrl())
                .inScenario("once")
                .whenScenarioStateIs("Started")
                .willReturn(serverError())
                .willSetStateTo("well"));
        collector.stubFor(
                post(anyUrl()).inScenario("once").whenScenarioStateIs("well").willReturn(ok("{}")));
        try (IncidentTraces traces = traces()) {
            HealerBench healer = healer(new ToldStore(world.store, traces));
            fall(healer);
            healer.run(Duration.ofMinutes(1));
            assertThat(traces.flush(LONG)).isTrue();

            assertThat(traces.dropped()).isZero();
            assertThat(sent())
                    .extracting(span -> span.path("spanId").asText())
                    .containsAll(expected(world.latest(order)));
        }
    }

    @Test
    void givenResourceAttributesThatAreNone_thenTheStartIsRefusedWithTheirText() {
        assertThatThrownBy(() -> OtlpSettings.of("http://c:4318", "healer", "a=b,nothing"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("OTEL_RESOURCE_ATTRIBUTES: expected name=value pairs")
                .hasMessageContaining("'nothing'");
    }
}
