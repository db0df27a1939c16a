package io.selfheal.healer.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.json.JsonTrees;
import java.util.ArrayList;
import java.util.List;

/** The health document that Micronaut writes ({@code details}) and Spring Boot's ({@code components}). */
final class HealthDocument {
    private static final int MAX_NAMED = 3;
    private static final int MAX_NAME_LENGTH = 40;

    private HealthDocument() {}

    /** For example {@code jdbc DOWN}; empty when the document does not say, or is none. */
    static String whatIsDown(String body) {
        try {
            JsonNode document = JsonTrees.read(body);
            JsonNode indicators =
                    document.path("details").isObject() ? document.path("details") : document.path("components");
            List<String> down = new ArrayList<>();
            indicators.properties().forEach(indicator -> {
                String status = indicator.getValue().path("status").asText("");
                if (!status.isEmpty() && !status.equals("UP") && down.size() < MAX_NAMED) {
                    down.add(cut(indicator.getKey()) + " " + cut(status));
                }
            });
            return String.join(", ", down);
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH);
    }
}
