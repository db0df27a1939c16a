package io.selfheal.healer.aws.dynamo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of one item, read and written by name. */
final class Item {
    private final Map<String, AttributeValue> values;

    private Item(Map<String, AttributeValue> values) {
        this.values = new LinkedHashMap<>(values);
    }

    static Item of(Map<String, AttributeValue> values) {
        return new Item(values);
    }

    static Item empty() {
        return new Item(Map.of());
    }

    static Item at(ItemKey key) {
        return empty().with(Keys.PK, key.pk()).with(Keys.SK, key.sk());
    }

    Item with(String name, String value) {
        values.put(name, AttributeValue.fromS(value));
        return this;
    }

    Item with(String name, long value) {
        values.put(name, AttributeValue.fromN(Long.toString(value)));
        return this;
    }

    Item with(String name, Instant value) {
        return with(name, Keys.time(value));
    }

    Item with(String name, Map<String, AttributeValue> value) {
        values.put(name, AttributeValue.fromM(value));
        return this;
    }

    Item without(String name) {
        values.remove(name);
        return this;
    }

    Map<String, AttributeValue> map() {
        return Map.copyOf(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return textIfThere(name).orElseThrow(() -> missing(name));
    }

    Optional<String> textIfThere(String name) {
        return Optional.ofNullable(values.get(name)).map(AttributeValue::s);
    }

    long number(String name) {
        return Optional.ofNullable(values.get(name))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElseThrow(() -> missing(name));
    }

    Instant time(String name) {
        return Instant.parse(text(name));
    }

    Optional<Instant> timeIfThere(String name) {
        return textIfThere(name).map(Instant::parse);
    }

    Map<String, AttributeValue> entries(String name) {
        AttributeValue value = values.get(name);
        return value != null && value.hasM() ? value.m() : Map.of();
    }

    private IllegalStateException missing(String name) {
        return new IllegalStateException("item " + values.get(Keys.PK) + ", " + values.get(Keys.SK)
                + ": has no attribute '" + name + "' of the kind expected");
    }

    /** As DynamoDB reckons it, or a few bytes more. */
    static long bytes(Map<String, AttributeValue> values) {
        long bytes = 0;
        for (Map.Entry<String, AttributeValue> value : values.entrySet()) {
            bytes += utf8(value.getKey()) + bytes(value.getValue());
        }
        return bytes;
    }

    private static long bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> utf8(value.n());
            case M -> 3 + value.m().size() + bytes(value.m());
            default -> throw new IllegalStateException("the store writes no attribute of type " + value.type());
        };
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
