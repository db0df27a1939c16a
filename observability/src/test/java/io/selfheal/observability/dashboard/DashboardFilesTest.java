package io.selfheal.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The structure that Grafana expects; there is no Grafana here to ask. */
class DashboardFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void givenTheDashboards_thenTheirUidsAreTheOnesThatLinksHold() throws IOException {
        for (Map.Entry<String, String> file : DashboardFiles.files().entrySet()) {
            JsonNode dashboard = JSON.readTree(file.getValue());
            assertThat(dashboard.path("uid").asText() + ".json").isEqualTo("selfheal-" + file.getKey());
            assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(42);
            assertThat(dashboard.has("id"))
                    .as("an id belongs to one Grafana only")
                    .isFalse();
        }
        assertThat(DashboardFiles.files().keySet())
                .containsExactly(
                        "anomalies.json",
                        "capacity.json",
                        "cost.json",
                        "healer.json",
                        "overview.json",
                        "service.json",
                        "slo.json",
                        "stack.json");
    }

    @Test
    void givenAPanel_thenItHasATitleOfItsOwnAMeaningAKnownSourceAndAQueryForEachLine() throws IOException {
        for (JsonNode dashboard : dashboards()) {
            Set<String> titles = new HashSet<>();
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(ids.add(panel.path("id").asInt())).isTrue();
                assertThat(titles.add(panel.path("title").asText()))
                        .as(panel.path("title").asText())
                        .isTrue();
                if (!"row".equals(panel.path("type").asText())) {
                    assertThat(panel.path("description").asText()).isNotBlank();
                    assertThat(panel.path("datasource").path("uid").asText()).isIn("prometheus", "loki");
                    assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> assertThat(
                                    target.path("expr").asText())
                            .isNotBlank());
                }
            }
        }
    }

    @Test
    void givenThePanels_thenNoneLiesOnAnother() throws IOException {
        for (JsonNode dashboard : dashboards()) {
            Set<List<Integer>> taken = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode place = panel.path("gridPos");
                int right = place.path("x").asInt() + place.path("w").asInt();
                int bottom = place.path("y").asInt() + place.path("h").asInt();
                assertThat(right).isLessThanOrEqualTo(24);
                for (int x = place.path("x").asInt(); x < right; x++) {
                    for (int y = place.path("y").asInt(); y < bottom; y++) {
                        assertThat(taken.add(List.of(x, y)))
                                .as(panel.path("title").asText())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void givenDurations_thenTheirPanelsAskForExemplars() throws IOException {
        for (String file : List.of("service.json", "overview.json")) {
            assertThat(JSON.readTree(DashboardFiles.files().get(file)).findValuesAsText("exemplar"))
                    .contains("true");
        }
    }

    private static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new java.util.ArrayList<>();
        for (String json : DashboardFiles.files().values()) {
            dashboards.add(JSON.readTree(json));
        }
        return dashboards;
    }
}
