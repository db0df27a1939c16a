package io.selfheal.healer.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the metrics behind an alarm have in common.
 *
 * @param facts {@code namespace}, {@code metric_name} and {@code dimension:NAME} that all metrics agree upon
 * @param disputed those in which they differ: an expression over two services names neither
 */
record Metrics(SortedMap<String, String> facts, Set<String> disputed) {
    static final String DIMENSION = "dimension:";

    Metrics {
        facts = new TreeMap<>(facts);
        disputed = new TreeSet<>(disputed);
    }

    static Metrics none() {
        return new Metrics(new TreeMap<>(), Set.of());
    }

    /** As EventBridge and the direct call write them: {@code configuration.metrics}. */
    static Metrics ofConfiguration(JsonNode metrics) {
        List<SortedMap<String, String>> each = new ArrayList<>();
        for (JsonNode entry : metrics) {
            JsonNode metric = entry.path("metricStat").path("metric");
            if (metric.isObject()) {
                each.add(facts(metric.path("namespace"), metric.path("name"), metric.path("dimensions")));
            }
        }
        return agreed(each);
    }

    /** As SNS writes them: {@code Trigger}, with one metric in it or a list of them. */
    static Metrics ofTrigger(JsonNode trigger) {
        List<SortedMap<String, String>> each = new ArrayList<>();
        if (trigger.has("MetricName")) {
            each.add(facts(trigger.path("Namespace"), trigger.path("MetricName"), trigger.path("Dimensions")));
        }
        for (JsonNode entry : trigger.path("Metrics")) {
            JsonNode metric = entry.path("MetricStat").path("Metric");
            if (metric.isObject()) {
                each.add(facts(metric.path("Namespace"), metric.path("MetricName"), metric.path("Dimensions")));
            }
        }
        return agreed(each);
    }

    String dimension(String name) {
        return facts.getOrDefault(DIMENSION + name, "");
    }

    private static SortedMap<String, String> facts(JsonNode namespace, JsonNode name, JsonNode dimensions) {
        SortedMap<String, String> facts = new TreeMap<>();
        put(facts, "namespace", namespace.asText(""));
        put(facts, "metric_name", name.asText(""));
        // A map in EventBridge and in the direct call, a list of {name, value} in SNS.
        for (Map.Entry<String, String> dimension : Pairs.of(dimensions).entrySet()) {
            put(facts, DIMENSION + dimension.getKey(), dimension.getValue());
        }
        return facts;
    }

    private static void put(Map<String, String> facts, String key, String value) {
        if (!value.isBlank()) {
            facts.put(key, value);
        }
    }

    private static Metrics agreed(List<SortedMap<String, String>> each) {
        SortedMap<String, String> facts = new TreeMap<>();
        Set<String> disputed = new TreeSet<>();
        for (SortedMap<String, String> metric : each) {
            metric.forEach((key, value) -> {
                if (!facts.computeIfAbsent(key, _ -> value).equals(value)) {
                    disputed.add(key);
                }
            });
        }
        facts.keySet().removeAll(disputed);
        return new Metrics(facts, disputed);
    }
}
