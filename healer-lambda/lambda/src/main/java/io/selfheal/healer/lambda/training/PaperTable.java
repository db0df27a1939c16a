package io.selfheal.healer.lambda.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for DynamoDB as far as one healer at a time can tell: keeps items, and takes every condition for met. */
final class PaperTable {
    private final Map<String, JsonNode> items = new ConcurrentHashMap<>();

    String answer(String operation, JsonNode request) {
        ObjectNode answer = JsonTrees.object();
        switch (operation) {
            case "GetItem" -> item(request.path("Key"), answer);
            case "BatchGetItem" -> batch(request.path("RequestItems"), answer);
            case "Query" -> answer.put("Count", 0).put("ScannedCount", 0).putArray("Items");
            case "PutItem" -> keep(request.path("Item"));
            case "TransactWriteItems" ->
                request.path("TransactItems")
                        .forEach(one -> keep(one.path("Put").path("Item")));
            default -> answer.put("unknown", operation);
        }
        return JsonTrees.write(answer);
    }

    private static String key(JsonNode item) {
        return item.at("/pk/S").asText() + " " + item.at("/sk/S").asText();
    }

    private void keep(JsonNode item) {
        if (item.isObject()) {
            items.put(key(item), item);
        }
    }

    private void item(JsonNode key, ObjectNode answer) {
        JsonNode item = items.get(key(key));
        if (item != null) {
            answer.set("Item", item);
        }
    }

    private void batch(JsonNode tables, ObjectNode answer) {
        answer.putObject("UnprocessedKeys");
        ObjectNode responses = answer.putObject("Responses");
        tables.properties().forEach(table -> {
            var found = responses.putArray(table.getKey());
            table.getValue().path("Keys").forEach(key -> {
                JsonNode item = items.get(key(key));
                if (item != null) {
                    found.add(item);
                }
            });
        });
    }
}
