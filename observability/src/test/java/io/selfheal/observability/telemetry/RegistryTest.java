package io.selfheal.observability.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final Registry REGISTRY = RegistryFile.ours();

    @Test
    void givenAScrapeOfKnownMetrics_thenThereIsNothingToSay() {
        assertThat(REGISTRY.problems("order", """
                        # HELP http_server_requests_seconds Business requests
                        # TYPE http_server_requests_seconds histogram
                        http_server_requests_seconds_bucket{method="GET",status="200",uri="/a{b}\\"",le="0.5"} 3
                        http_server_requests_seconds_count{method="GET",status="200",uri="/a"} 3
                        http_server_requests_seconds_max{method="GET",status="200",uri="/a"} 0.5
                        app_ready 1
                        """)).isEmpty();
    }

    @Test
    void givenAnUnknownMetricOrLabelOrType_thenASentenceNamesIt() {
        assertThat(REGISTRY.problems("order", """
                        # TYPE app_ready counter
                        app_ready{pod="a"} 1
                        orders_today 3
                        healer_troubles_total 0
                        """))
                .containsExactlyInAnyOrder(
                        "app_ready: metrics.yaml says gauge, it is a counter",
                        "app_ready: metrics.yaml does not know the label pod",
                        "orders_today is not in observability/telemetry/metrics.yaml",
                        "healer_troubles_total: metrics.yaml does not name order among its services");
    }

    @Test
    void givenMoreSeriesThanTheBudget_thenThatIsAProblem() {
        String many = IntStream.range(0, REGISTRY.budget() + 1)
                .mapToObj(number -> "http_server_requests_seconds_count{uri=\"/" + number + "\"} 1\n")
                .collect(Collectors.joining());

        assertThat(REGISTRY.problems("user", many)).containsExactly("user shows 1501 series, the budget is 1500");
    }

    @Test
    void givenAnEntryThatCannotBe_thenTheFileIsRefusedWithItsName() {
        String metric = "version: 1\nbudget: 10\nattributes: []\nmetrics:\n  - {name: a, type: %s, unit: s, labels: [],"
                + " services: [order], %s}\n";
        assertThatThrownBy(() -> RegistryFile.parse(metric.formatted("dial", "meaning: m")))
                .hasMessageContaining("a.type: expected counter, gauge, histogram or summary, was 'dial'");
        assertThatThrownBy(() -> RegistryFile.parse(metric.formatted("gauge", "sense: m")))
                .hasMessageContaining("a.meaning is missing");
    }
}
