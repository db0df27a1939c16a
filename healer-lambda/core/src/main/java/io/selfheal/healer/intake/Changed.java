package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a message still is what its sender wrote. Amazon Managed Prometheus cuts what is longer than 256 KB and puts a
 * sentence in the place of what SNS would not take; both it tells by attributes (AMP user guide, "Understanding Amazon SNS
 * message validation rules").
 */
final class Changed {
    private static final List<String> VALUES = List.of("Value", "stringValue", "StringValue");

    private Changed() {}

    /** Empty when it is whole. */
    static Optional<String> why(String text, Map<String, String> attributes) {
        String modified = attributes.getOrDefault("modified", "");
        // Its subject may have been shortened too, which harms nothing here.
        if (modified.startsWith("Message:")
                || attributes.getOrDefault("truncated", "").equalsIgnoreCase("true")) {
            return Optional.of("a message that was changed on its way ("
                    + (modified.isEmpty() ? "truncated" : Brief.of(modified))
                    + "): send fewer alerts in one message, by grouping them by more labels (group_by)");
        }
        if (text.isBlank()) {
            return Optional.of("an empty message");
        }
        if (text.startsWith("Error - ")) {
            return Optional.of("the sender's error in the place of its message: " + Brief.of(text));
        }
        if (!text.stripLeading().startsWith("{")) {
            return Optional.of("a message of plain text, not JSON: '" + Brief.of(text.strip()) + "'; Amazon Managed"
                    + " Prometheus writes JSON only by a template, see observability/amp");
        }
        return Optional.empty();
    }

    /** Of a message, as a topic writes them and as a queue does. */
    static Map<String, String> attributes(JsonNode json) {
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> attribute : json.properties()) {
            VALUES.stream()
                    .map(value -> attribute.getValue().path(value).asText(""))
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .ifPresent(value -> attributes.put(attribute.getKey(), value));
        }
        return attributes;
    }
}
