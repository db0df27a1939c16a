package io.selfheal.embedded.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** JSON trees in and out. Reads and writes them itself: an ObjectMapper would cost a fifth of the program's start. */
public final class Json {
    /** Deeper than any ECS shape; a deeper document is an attack or a mistake. */
    private static final int MAX_DEPTH = 100;

    private static final double MILLIS = 1_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
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
        return at.toEpochMilli() / MILLIS;
    }

    /** One object; an empty body is an empty object. */
    public static Fields parse(byte[] body) {
        if (body.length == 0) {
            return new Fields(object());
        }
        try (JsonParser parser = FACTORY.createParser(body)) {
            parser.nextToken();
            JsonNode node = read(parser);
            if (node instanceof ObjectNode object && parser.nextToken() == null) {
                return new Fields(object);
            }
            throw AwsException.serialization("The request is not one JSON object.");
        } catch (JsonProcessingException e) {
            throw AwsException.serialization("The request is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw AwsException.serialization("The request is not valid JSON: " + e.getMessage());
        }
    }

    private static JsonNode read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw AwsException.serialization("The request is not one JSON object.");
        }
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode node = object();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    node.set(name, read(parser));
                }
                yield node;
            }
            case START_ARRAY -> {
                ArrayNode node = array();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    node.add(read(parser));
                }
                yield node;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    public static byte[] bytes(JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
            write(node, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case NUMBER -> {
                if (node.isIntegralNumber()) {
                    out.writeNumber(node.bigIntegerValue());
                } else {
                    out.writeNumber(node.decimalValue());
                }
            }
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case STRING -> out.writeString(node.textValue());
            default -> out.writeNull();
        }
    }
}
