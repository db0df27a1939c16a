package io.selfheal.healer.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names with values, which AWS writes as an object in one place and as a list in another. */
final class Pairs {
    private static final List<String> NAME = List.of("name", "Name", "key", "Key");
    private static final List<String> VALUE = List.of("value", "Value");

    private Pairs() {}

    /** Empty for what is neither; parts that are no text are left out. */
    static SortedMap<String, String> of(JsonNode json) {
        SortedMap<String, String> pairs = new TreeMap<>();
        if (json.isObject()) {
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                put(pairs, entry.getKey(), entry.getValue());
            }
        } else if (json.isArray()) {
            for (JsonNode entry : json) {
                put(pairs, first(entry, NAME).asText(""), first(entry, VALUE));
            }
        }
        return pairs;
    }

    private static void put(Map<String, String> pairs, String name, JsonNode value) {
        if (!name.isBlank() && value.isTextual()) {
            pairs.put(name, value.asText());
        }
    }

    private static JsonNode first(JsonNode json, List<String> spellings) {
        return spellings.stream()
                .map(json::path)
                .filter(JsonNode::isTextual)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }
}
