package io.selfheal.observability.slo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudWatchAlarmsTest {
    @Test
    void givenTheSlos_thenEachHasAnAlarmForEachRungAndOneForAbsentSeries() throws JsonProcessingException {
        JsonNode file = new ObjectMapper().readTree(SloFiles.cloudWatchAlarms());
        Set<String> names = new HashSet<>();
        for (JsonNode alarm : file.path("alarms")) {
            assertThat(names.add(alarm.path("name").asText())).isTrue();
            assertThat(alarm.path("severity").asText()).isIn("page", "ticket");
            assertThat(alarm.path("service").asText()).isIn(SloFiles.services());
        }
        assertThat(names).hasSize(3 * 2 * 5).contains("slo-order-availability-page-1h", "slo-user-latency-absent");
    }

    /** What Prometheus has and CloudWatch has not: such a query is valid there, and never returns anything. */
    @Test
    void givenTheQueries_thenNoneReadsWhatOnlyPrometheusHas() throws JsonProcessingException {
        JsonNode file = new ObjectMapper().readTree(SloFiles.cloudWatchAlarms());
        for (JsonNode alarm : file.path("alarms")) {
            assertThat(alarm.path("promql").asText())
                    .contains("{\"http_server_requests_seconds\"", "\"@resource.service.name\"=\"")
                    .doesNotContain("_count{", "_bucket", "le=", "job=", "service_name", "slo:");
        }
    }

    @Test
    void givenALatencyGoal_thenItsBoundIsThatOfTheBucket() {
        Slo latency = SloFiles.of("order").getLast();
        assertThat(CloudWatchQuery.errorRatio(latency.indicator(), "5m"))
                .isEqualTo("1 - histogram_fraction(0, 0.25, sum(rate({\"http_server_requests_seconds\","
                        + "\"@resource.service.name\"=\"order\",uri!~\"/(health|prometheus|faults).*|SHED\"}[5m])))");
    }
}
