package io.selfheal.demo.twins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** Asks two services the same and says where they differ: in the status, in the fields of the answer, or in the kind of a problem. */
final class Parity {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GOOD = "{\"userId\":1,\"productId\":2,\"quantity\":3}";

    /** A question: what is asked, under which key, with which body. */
    private record Question(String method, String path, String key, String body) {}

    private Parity() {}

    /** One line for each difference. */
    static List<String> differences(URI ours, URI twin) {
        List<String> differences = new ArrayList<>();
        // Ours is asked once for each twin, and answers a key that it knows otherwise.
        questions(UUID.randomUUID() + "-").forEach((name, question) -> {
            String here = ask(ours, question);
            String there = ask(twin, question);
            if (!here.equals(there)) {
                differences.add(name + ": ours " + here + ", the twin " + there);
            }
        });
        return differences;
    }

    private static Map<String, Question> questions(String key) {
        Map<String, Question> all = new LinkedHashMap<>();
        all.put("an order", post(key + "1", GOOD));
        all.put("the same again", post(key + "1", GOOD));
        all.put("the key for another", post(key + "1", GOOD.replace("3", "4")));
        all.put("an unknown user", post(key + "2", GOOD.replace(":1", ":" + Neighbours.UNKNOWN)));
        all.put("an unknown product", post(key + "3", GOOD.replace(":2", ":" + Neighbours.UNKNOWN)));
        all.put("no key", post("", GOOD));
        all.put("a key that is too long", post("k".repeat(101), GOOD));
        all.put("quantity 0", post(key + "4", GOOD.replace("3", "0")));
        all.put("quantity 1001", post(key + "5", GOOD.replace("3", "1001")));
        all.put("quantity 1.5", post(key + "6", GOOD.replace("3", "1.5")));
        all.put("a number as text", post(key + "7", GOOD.replace("3", "\"3\"")));
        all.put("no user", post(key + "8", "{\"productId\":2,\"quantity\":3}"));
        all.put("a field more", post(key + "9", GOOD.replace("}", ",\"more\":1}")));
        all.put("no JSON", post(key + "10", "{"));
        all.put("one order", new Question("GET", "/orders/1", "", ""));
        all.put("no such order", new Question("GET", "/orders/999999999", "", ""));
        all.put("a page", new Question("GET", "/orders?page=0&size=1", "", ""));
        all.put("a page too large", new Question("GET", "/orders?page=0&size=101", "", ""));
        return all;
    }

    private static Question post(String key, String body) {
        return new Question("POST", "/orders", key, body);
    }

    private static String ask(URI service, Question question) {
        Map<String, String> headers = question.key().isEmpty() ? Map.of() : Map.of("Idempotency-Key", question.key());
        String body = question.body().isEmpty() ? null : question.body();
        Reply reply = Http.send(question.method(), service.resolve(question.path()), headers, body, TIMEOUT);
        return switch (reply) {
            case Reply.NoAnswer none -> none.why();
            case Reply.Answer answer -> answer.status() + " " + shape(answer.body());
        };
    }

    /** Names and kinds of the fields; of a problem also its type, and which fields it names. */
    private static String shape(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            Map<String, String> fields = new TreeMap<>();
            json.properties().forEach(field -> fields.put(field.getKey(), kind(field.getKey(), field.getValue())));
            return fields.toString();
        } catch (JsonProcessingException e) {
            return "no JSON";
        }
    }

    private static String kind(String name, JsonNode value) {
        return switch (name) {
            case "type", "title", "status", "degraded" -> value.asText();
            case "violations" -> {
                List<String> named = new ArrayList<>();
                value.forEach(each ->
                        named.add(Objects.requireNonNull(each.get("field")).asText()));
                yield named.toString();
            }
            default -> value.getNodeType().toString();
        };
    }
}
