package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the shapes have in common. */
final class Views {
    private Views() {}

    static void time(ObjectNode node, String name, Optional<Instant> at) {
        at.ifPresent(instant -> node.put(name, Json.seconds(instant)));
    }

    static void text(ObjectNode node, String name, Optional<String> value) {
        value.ifPresent(text -> node.put(name, text));
    }

    static void tags(ObjectNode node, Map<String, String> tags) {
        node.set("tags", Json.pairs(tags, "key", "value"));
    }

    /** Fields that are echoed as they were given. */
    static void echo(ObjectNode from, ObjectNode to, List<String> names) {
        for (String name : names) {
            JsonNode value = from.get(name);
            if (value != null && !value.isNull()) {
                to.set(name, value.deepCopy());
            }
        }
    }
}
