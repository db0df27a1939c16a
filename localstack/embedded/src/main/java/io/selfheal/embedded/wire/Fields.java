package io.selfheal.embedded.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Typed access to one JSON object of a request. A field of the wrong type is a SerializationException, as on AWS. */
public record Fields(ObjectNode json) {
    private static final int MILLIS = 1_000;

    public Optional<String> text(String name) {
        return field(name).map(node -> scalar(node, name));
    }

    /** The text of a field which AWS refuses to miss. */
    public String required(String name) {
        return text(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> AwsException.invalidParameter(name + " can not be blank."));
    }

    public OptionalInt integer(String name) {
        Optional<JsonNode> node = field(name);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().isIntegralNumber() || !node.get().canConvertToInt()) {
            throw mismatch(node.get(), name, "an integer");
        }
        return OptionalInt.of(node.get().intValue());
    }

    public int integer(String name, int fallback, int min, int max) {
        int value = integer(name).orElse(fallback);
        if (value < min || value > max) {
            throw AwsException.invalidParameter(
                    "Invalid value %d for %s: it must be between %d and %d.".formatted(value, name, min, max));
        }
        return value;
    }

    /** A timestamp as CloudWatch Logs writes it, in milliseconds since the epoch. */
    public Optional<Instant> millis(String name) {
        return field(name).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw mismatch(node, name, "an integer");
            }
            return Instant.ofEpochMilli(node.longValue());
        });
    }

    /** A timestamp, in seconds since the epoch. */
    public Optional<Instant> time(String name) {
        return field(name).map(node -> {
            if (!node.isNumber()) {
                throw mismatch(node, name, "a timestamp");
            }
            return Instant.ofEpochMilli(Math.round(node.doubleValue() * MILLIS));
        });
    }

    public boolean flag(String name) {
        return field(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw mismatch(node, name, "a boolean");
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    public List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        elements(name).forEach(node -> values.add(scalar(node, name)));
        return values;
    }

    public List<Fields> objects(String name) {
        List<Fields> values = new ArrayList<>();
        elements(name).forEach(node -> values.add(new Fields(object(node, name))));
        return values;
    }

    public Optional<Fields> object(String name) {
        return field(name).map(node -> new Fields(object(node, name)));
    }

    /** A list of pairs such as tags (key, value) or environment (name, value), in their order. */
    public Map<String, String> pairs(String name, String key, String value) {
        Map<String, String> pairs = new LinkedHashMap<>();
        objects(name)
                .forEach(pair -> pairs.put(pair.required(key), pair.text(value).orElse("")));
        return pairs;
    }

    private Iterable<JsonNode> elements(String name) {
        Optional<JsonNode> node = field(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            throw mismatch(node.get(), name, "a list");
        }
        return node.get();
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(json.get(name)).filter(node -> !node.isNull());
    }

    private static String scalar(JsonNode node, String name) {
        if (!node.isTextual()) {
            throw mismatch(node, name, "a string");
        }
        return node.textValue();
    }

    private static ObjectNode object(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw mismatch(node, name, "a structure");
    }

    private static AwsException mismatch(JsonNode node, String name, String wanted) {
        return AwsException.serialization("%s: expected %s, found %s."
                .formatted(name, wanted, node.getNodeType().name().toLowerCase(java.util.Locale.ROOT)));
    }
}
