package io.selfheal.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.observability.Program;
import io.selfheal.observability.Recording;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every panel, as Grafana would send it, to a real Prometheus that holds a recorded demo. */
class NoDeadPanelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTOR = "no collector runs in the recorded demo";
    private static final String SELF = "the demo's Prometheus scrapes neither itself nor Alertmanager";
    private static final String NO_GOAL_ALERT =
            "the goals' rules were applied to the recording afterwards, and alerts are not made then";

    /** What cannot have data in the recording, and why. A query that has data must not stand here. */
    private static final Map<String, String> WITHOUT_DATA = Map.of(
            "stack / Time of a rule group / A", SELF,
            "stack / Notifications that failed / A", SELF,
            "stack / Spans and points received and refused / A", COLLECTOR,
            "stack / Spans and points received and refused / B", COLLECTOR,
            "stack / Not delivered / A", COLLECTOR,
            "stack / Queue / A", COLLECTOR,
            "slo / Budget alerts in the time shown / A", NO_GOAL_ALERT);

    @Test
    void givenARecordedDemo_whenEachPanelAsks_thenEachHasDataOrAReasonToHaveNone(@TempDir Path dir)
            throws IOException, InterruptedException {
        List<String> empty = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (Program prometheus = Recording.prometheus(dir)) {
            for (Target target : targets()) {
                JsonNode answer = ask(prometheus, target);
                if (!"success".equals(answer.path("status").asText())) {
                    refused.add(target.place() + ": " + answer.path("error").asText());
                } else if (!hasData(answer.path("data").path("result"))) {
                    empty.add(target.place());
                }
            }
        }
        assertThat(refused).as("queries that Prometheus refuses").isEmpty();
        assertThat(empty).as("queries without data").containsExactlyInAnyOrderElementsOf(WITHOUT_DATA.keySet());
    }

    /** One query, and where it stands. */
    private record Target(String place, String expression, boolean instant) {}

    private static List<Target> targets() throws IOException {
        List<Target> targets = new ArrayList<>();
        for (Map.Entry<String, String> file : DashboardFiles.files().entrySet()) {
            JsonNode dashboard = JSON.readTree(file.getValue());
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    if ("prometheus"
                            .equals(target.path("datasource").path("uid").asText())) {
                        String place = file.getKey().replace(".json", "") + " / "
                                + panel.path("title").asText() + " / "
                                + target.path("refId").asText();
                        String expression =
                                filled(dashboard, target.path("expr").asText());
                        targets.add(new Target(
                                place, expression, target.path("instant").asBoolean()));
                    }
                }
            }
        }
        return targets;
    }

    /** As Grafana fills it in: the time shown, and what is chosen above. */
    private static String filled(JsonNode dashboard, String expression) {
        String text = expression
                .replace("$__rate_interval", "1m")
                .replace("$__range", "5m")
                .replace("$service", "order|product|user");
        List<JsonNode> constants = new ArrayList<>();
        dashboard.path("templating").path("list").forEach(constants::add);
        // The longest name first: $vcpu_hour begins with $vcpu.
        constants.sort((a, b) ->
                b.path("name").asText().length() - a.path("name").asText().length());
        for (JsonNode constant : constants) {
            if ("textbox".equals(constant.path("type").asText())) {
                text = text.replace(
                        "$" + constant.path("name").asText(),
                        constant.path("query").asText());
            }
        }
        assertThat(text).as("a variable that nobody defines").doesNotContain("$");
        return text;
    }

    private static JsonNode ask(Program prometheus, Target target) throws IOException, InterruptedException {
        String query = "query=" + URLEncoder.encode(target.expression(), StandardCharsets.UTF_8);
        String path = target.instant()
                ? "/api/v1/query?time=" + Recording.END + "&" + query
                : "/api/v1/query_range?start=" + Recording.START + "&end=" + Recording.END + "&step=15&" + query;
        return JSON.readTree(prometheus.get(path));
    }

    private static boolean hasData(JsonNode series) {
        for (JsonNode one : series) {
            if (isNumber(one.path("value"))) {
                return true;
            }
            for (JsonNode sample : one.path("values")) {
                if (isNumber(sample)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNumber(JsonNode sample) {
        String text = sample.path(1).asText();
        return !text.isEmpty() && Double.isFinite(Double.parseDouble(text.replace("Inf", "Infinity")));
    }
}
