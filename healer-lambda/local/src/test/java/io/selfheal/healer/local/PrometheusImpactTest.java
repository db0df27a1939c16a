package io.selfheal.healer.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.local.Incidents.ORDER;
import static io.selfheal.healer.local.Incidents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.report.Impact;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusImpactTest {
    private static final Instant END = T0.plusSeconds(120);
    private static final String ALL = ".*cluster=\"selfheal\",service_name=\"order\".*\\[120s].*";
    private static final String FAILED = ".*status=~\"5\\.\\.\".*\\[120s].*";
    private static final String MONTH = ".*service_name=\"order\".*\\[2592000s].*";

    private final WireMockServer prometheus = new WireMockServer(options().dynamicPort());
    private PrometheusImpact impact;

    @BeforeEach
    void start() {
        prometheus.start();
        impact = new PrometheusImpact(
                new PromQl(URI.create(prometheus.baseUrl()), Duration.ofSeconds(30), InstantSource.fixed(END)), 0.999);
        answer(ALL, "1200");
        answer(FAILED, "12");
        answer(MONTH, "100000");
    }

    @AfterEach
    void stop() {
        prometheus.stop();
    }

    /** The latest stub that fits is the one that answers. */
    private void answer(String query, String value) {
        String sample = value.isEmpty() ? "" : "{\"metric\":{},\"value\":[1767323045.678,\"" + value + "\"]}";
        prometheus.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .withQueryParam("query", matching(query))
                .willReturn(okJson(
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + sample + "]}}")));
    }

    private Fact<Impact> read() {
        return impact.read(ORDER, T0, END);
    }

    private Impact known() {
        Fact<Impact> fact = read();
        assertThat(fact).isInstanceOf(Fact.Known.class);
        return ((Fact.Known<Impact>) fact).value();
    }

    private void assertUnknown(String why) {
        assertThat(read()).isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                .contains(why));
    }

    @Test
    void givenCounters_thenRequestsFailuresAndTheBudgetAreKnown() {
        Impact felt = known();

        assertThat(felt.from()).isEqualTo(T0);
        assertThat(felt.to()).isEqualTo(END);
        assertThat(felt.requests()).isEqualTo(1200);
        assertThat(felt.failed()).isEqualTo(12);
        // 100 of 100,000 may fail.
        assertThat(felt.budget().orElseThrow().spent()).isEqualTo(0.12, within(1e-9));
        assertThat(felt.budget().orElseThrow().requests()).isEqualTo(100_000);
        assertThat(felt.budget().orElseThrow().objective()).isEqualTo(0.999);
    }

    @Test
    void givenNoFailureEver_thenNoneFailed_butWithoutAnyRequestNothingIsKnown() {
        answer(FAILED, "");
        assertThat(known().failed()).isZero();

        answer(ALL, "");
        assertUnknown("Prometheus has no requests of selfheal/order");
    }

    @Test
    void givenTooLittleForABudget_thenItAloneIsNotKnown() {
        answer(MONTH, "NaN");
        assertThat(known().budget()).isEmpty();
        answer(MONTH, "0");
        assertThat(known().budget()).isEmpty();
    }

    @Test
    void givenAPrometheusThatFails_thenItsReasonIsTold() {
        prometheus.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .withQueryParam("query", matching(FAILED))
                .willReturn(aResponse().withStatus(503)));
        assertUnknown("HTTP 503");
        prometheus.stop();
        assertUnknown("Prometheus: ");
    }

    @Test
    void givenNoTimeOrNoObjective_thenRefused() {
        assertThat(impact.read(ORDER, T0, T0)).isInstanceOf(Fact.Unknown.class);
        assertThatThrownBy(() -> new PrometheusImpact(URI.create("http://p"), 1, InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("objective");
    }
}
