package io.selfheal.embedded.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** JSON trees in and out. */
public final class Json {
    /** Deeper than any ECS shape; a deeper document is an attack or a mistake. */
    private static final int MAX_DEPTH = 100;

    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        return new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode texts(Collection<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    /** A map as AWS' list of pairs. */
    public static ArrayNode pairs(Map<String, String> map, String key, String value) {
        ArrayNode array = array();
        map.forEach((k, v) -> array.addObject().put(key, k).put(value, v));
        return array;
    }

    /** Seconds since the epoch with milliseconds behind the point: how AWS JSON 1.1 writes a timestamp. */
    public static double seconds(Instant at) {
        return at.getEpochSecond() + (at.getNano() / NANOS_PER_MILLI) * NANOS_PER_MILLI / NANOS;
    }

    /** One object; an empty body is an empty object. */
    public static Fields parse(byte[] body) {
        if (body.length == 0) {
            return new Fields(object());
        }
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return new Fields(object);
            }
            throw AwsException.serialization("The request is not a JSON object.");
        } catch (JsonProcessingException e) {
            throw AwsException.serialization("The request is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw AwsException.serialization("The request is not valid JSON: " + e.getMessage());
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
