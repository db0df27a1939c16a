package io.selfheal.infra.observability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.config.BadConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One alarm of an objective, as {@code observability/slo/cloudwatch-alarms.json} has it: generated, never written by hand. */
public record SloAlarm(
        String name,
        String service,
        String severity,
        String summary,
        String promql,
        int evaluationSeconds,
        int pendingSeconds,
        int recoverySeconds,
        String runbook) {
    private static final String FILE = "observability/slo/cloudwatch-alarms.json";
    private static final int VERSION = 1;

    /**
     * The alarms of the file.
     *
     * @param json the file's text; empty: there are none
     */
    public static List<SloAlarm> read(Optional<String> json) {
        List<SloAlarm> alarms = new ArrayList<>();
        JsonNode file = tree(json.orElse("{\"version\": 1}"));
        if (file.path("version").asInt() != VERSION) {
            throw new BadConfigurationException(FILE, "expected version " + VERSION + ", was " + file.path("version"));
        }
        for (JsonNode one : file.path("alarms")) {
            alarms.add(new SloAlarm(
                    text(one, "name"),
                    text(one, "service"),
                    text(one, "severity"),
                    text(one, "summary"),
                    text(one, "promql"),
                    one.path("evaluationIntervalSeconds").asInt(60),
                    one.path("pendingPeriodSeconds").asInt(0),
                    one.path("recoveryPeriodSeconds").asInt(0),
                    text(one, "runbook")));
        }
        return List.copyOf(alarms);
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new BadConfigurationException(FILE, "is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode alarm, String field) {
        String text = alarm.path(field).asText("");
        if (text.isEmpty()) {
            throw new BadConfigurationException(FILE, "an alarm has no " + field + ": " + alarm.path("name"));
        }
        return text;
    }
}
