package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a real Alertmanager: page over ticket, cause over symptom, and never over what the healer has to hear. */
class InhibitionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What fires, and what stays visible of it (+). Each line has a cluster of its own, so that none sees another. */
    private static final List<String> CASES = List.of(
            "+SloBurnPage slo=latency / SloBurnTicket slo=latency",
            "+SloBurnPage slo=latency / +SloBurnTicket slo=availability",
            "+SloBurnPage slo=latency / Anomaly anomaly_name=latency / AnomalyColdStart anomaly_name=errors",
            "+Anomaly anomaly_name=errors / AnomalyColdStart anomaly_name=errors",
            "+Anomaly anomaly_name=errors / +AnomalyColdStart anomaly_name=requests",
            "+ErrorBurst heal=auto task_arn=t1 / SloBurnPage slo=availability / SloBurnTicket slo=latency",
            "+ErrorBurst heal=auto task_arn=t1 service_name=user / +SloBurnPage slo=availability service_name=product",
            "SloBurnPage slo=latency / +ServiceLatency heal=auto",
            "+SloBurnPage slo=latency / +DependencySlow heal=auto / +TaskUnready heal=auto task_arn=t1 service_name=product",
            "+TaskDown heal=auto task_arn=t1 / ErrorBurst heal=auto task_arn=t1 / +ErrorBurst heal=auto task_arn=t2",
            "+LatencyHigh heal=auto task_arn=t1 / ServiceLatency heal=auto / Anomaly anomaly_name=latency");

    @Test
    void givenAlertsTogether_whenAlertmanagerHasThem_thenOnlyWhatSaysTheMostStaysVisible(@TempDir Path dir)
            throws IOException, InterruptedException {
        String config = new Rendered(Profile.FAST).alertmanager().toString();
        List<String> arguments =
                List.of("--config.file=" + config, "--storage.path=" + dir, "--cluster.listen-address=");
        try (Program alertmanager = Program.start(Tool.ALERTMANAGER, dir.resolve("log"), arguments)) {
            alertmanager.post("/api/v2/alerts", "application/json", JSON.writeValueAsString(alerts()));
            assertThat(visible(alertmanager)).containsExactlyInAnyOrderElementsOf(expected());
        }
    }

    private static List<Map<String, Object>> alerts() {
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            for (String alert : CASES.get(i).split(" / ", -1)) {
                alerts.add(Map.of("labels", labels(i, alert)));
            }
        }
        return alerts;
    }

    private static List<Map<String, String>> expected() {
        List<Map<String, String>> expected = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            for (String alert : CASES.get(i).split(" / ", -1)) {
                if (alert.startsWith("+")) {
                    expected.add(labels(i, alert));
                }
            }
        }
        return expected;
    }

    private static Map<String, String> labels(int number, String alert) {
        String[] words = alert.replace("+", "").split(" ", -1);
        Map<String, String> labels = new TreeMap<>(Map.of("service_name", "user"));
        labels.put("alertname", words[0]);
        labels.put("cluster", "case-" + number);
        for (int i = 1; i < words.length; i++) {
            String[] label = words[i].split("=", 2);
            labels.put(label[0], label[1]);
        }
        return labels;
    }

    private static List<Map<String, String>> visible(Program alertmanager) throws IOException, InterruptedException {
        List<Map<String, String>> visible = new ArrayList<>();
        for (JsonNode alert : JSON.readTree(alertmanager.get("/api/v2/alerts?inhibited=false"))) {
            Map<String, String> labels = new TreeMap<>();
            alert.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            visible.add(labels);
        }
        return visible;
    }
}
