package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.testkit.SilencesContract;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerSilencesTest extends SilencesContract {
    // as Alertmanager 0.25 answers
    private static final String ONE_SILENCE = """
            {"id":"0a78-1","status":{"state":"%s"},"updatedAt":"2026-01-02T02:59:00.000Z","comment":"known","createdBy":"eve",
             "startsAt":"2026-01-02T03:59:00.000+01:00","endsAt":"2026-01-02T04:04:05.678Z",
             "matchers":[{"isEqual":true,"isRegex":%s,"name":"service_name","value":"%s"}]}""";

    private final WireMockServer alertmanager = new WireMockServer(options().dynamicPort());
    private final ArrayNode documents = new JsonMapper().createArrayNode();
    private AlertmanagerSilences silences;

    @BeforeEach
    void start() {
        alertmanager.start();
        silences = new AlertmanagerSilences(
                URI.create(alertmanager.baseUrl()),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                InstantSource.fixed(T0));
    }

    @AfterEach
    void stop() {
        alertmanager.stop();
    }

    @Override
    protected Silences silences() {
        answer(documents.toString());
        silences.refresh();
        return silences;
    }

    @Override
    protected void silence(Silence silence) {
        ObjectNode document = SilenceDocument.of(silence);
        document.put("id", silence.id()).putObject("status").put("state", "active");
        documents.add(document);
    }

    @Test
    void whenNothingWasReadYet_thenUnknown() {
        assertUnknown(T0, "not read yet");
    }

    @Test
    void whenASilenceHasExpired_thenItDoesNotCount_andOneToComeBeginsByItself() {
        answer("[" + ONE_SILENCE.formatted("expired", "false", "order") + "]");
        silences.refresh();
        assertThat(known(T0)).isEmpty();

        answer("["
                + ONE_SILENCE
                        .formatted("pending", "false", "order")
                        .replace(
                                "2026-01-02T03:59:00.000+01:00",
                                T0.plusSeconds(2).toString())
                + "]");
        silences.refresh();
        assertThat(known(T0.plusSeconds(1))).isEmpty();
        assertThat(known(T0.plusSeconds(2))).hasSize(1);
    }

    @Test
    void whenAlertmanagerIsNotHeardOf_thenTheLastReadingHoldsForAWhile_andThenNothingIsKnown() {
        answer("[" + ONE_SILENCE.formatted("active", "true", "ord.*") + "]");
        silences.refresh();
        alertmanager.stubFor(
                get(urlPathEqualTo("/api/v2/silences")).willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(silences::refresh).hasMessageContaining("HTTP 503");

        assertThat(known(T0.plusSeconds(30)).getFirst().matches(Map.of("service_name", "order")))
                .isTrue();
        assertUnknown(T0.plusSeconds(31), "HTTP 503, last read at " + T0);
    }

    @Test
    void whenTheAnswerMakesNoSense_thenNoneCountsAsRead() {
        List<String> nonsense = List.of(
                "{\"code\":602}",
                "nonsense",
                "[".repeat(100_000),
                "[{}]",
                "[" + ONE_SILENCE.formatted("active", "true", "(") + "]",
                "[" + ONE_SILENCE.formatted("active", "\"yes\"", "order") + "]",
                "[" + ONE_SILENCE.formatted("active", "false", "order").replace("2026-01-02T04", "soon") + "]",
                "[{\"id\":\"x\",\"status\":{\"state\":\"active\"},\"matchers\":[]}]");
        for (String answer : nonsense) {
            answer(answer);
            assertThatThrownBy(silences::refresh).hasMessageContaining("silences cannot be read");
            assertUnknown(T0, "Alertmanager: ");
        }
        alertmanager.stubFor(get(urlPathEqualTo("/api/v2/silences"))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThatThrownBy(silences::refresh).hasMessageContaining("silences cannot be read");
    }

    private void answer(String body) {
        alertmanager.stubFor(get(urlPathEqualTo("/api/v2/silences")).willReturn(okJson(body)));
    }

    private void assertUnknown(Instant now, String why) {
        assertThat(silences.active(now)).isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                .contains(why));
    }

    private List<Silence> known(Instant now) {
        assertThat(silences.active(now)).isInstanceOf(Fact.Known.class);
        return ((Fact.Known<List<Silence>>) silences.active(now)).value();
    }
}
