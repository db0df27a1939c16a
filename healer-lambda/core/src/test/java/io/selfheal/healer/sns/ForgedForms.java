package io.selfheal.healer.sns;

import static io.selfheal.healer.sns.Forgery.unasked;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What is not of the form that SNS writes, or of a topic that nobody allowed: refused without asking anybody. */
final class ForgedForms {
    private static final Map<String, BiConsumer<ObjectNode, String>> DAMAGES = new LinkedHashMap<>();

    static {
        DAMAGES.put("missing", ObjectNode::remove);
        DAMAGES.put("null", ObjectNode::putNull);
        DAMAGES.put("a number", (json, field) -> json.put(field, 7));
        DAMAGES.put("an object", (json, field) -> json.putObject(field).put("a", "b"));
        DAMAGES.put("a list", (json, field) -> json.putArray(field)
                .add(json.path(field).asText("")));
        DAMAGES.put("empty", (json, field) -> json.put(field, ""));
    }

    private ForgedForms() {}

    static List<Forgery> all() {
        List<Forgery> all = new ArrayList<>();
        all.addAll(damagedFields());
        all.addAll(brokenLines());
        all.addAll(oddValues());
        all.addAll(oddBodies());
        all.addAll(strangeTopics());
        return all;
    }

    private static List<Forgery> damagedFields() {
        List<Forgery> all = new ArrayList<>();
        List<String> ofEach = List.of(
                "Type", "MessageId", "TopicArn", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL");
        DAMAGES.forEach((how, damage) -> {
            ofEach.forEach(field -> all.add(damaged(Letter::notification, field, how, damage)));
            List.of("Token", "SubscribeURL")
                    .forEach(field -> all.add(damaged(ForgedForms::confirmation, field, how, damage)));
            if (!how.equals("empty")) {
                all.add(damaged(Letter::notification, "Message", how, damage));
            }
        });
        return all;
    }

    private static Letter confirmation() {
        return Letter.confirmation("SubscriptionConfirmation");
    }

    private static Forgery damaged(
            Supplier<Letter> letter, String field, String how, BiConsumer<ObjectNode, String> damage) {
        return unasked(
                "form: " + field + " is " + how, Doubt.FORM, letter.get().changed(json -> damage.accept(json, field)));
    }

    /** The signed text is made of lines: whoever may put a line break into a value can move its borders. */
    private static List<Forgery> brokenLines() {
        List<Forgery> all = new ArrayList<>();
        for (String field : List.of("Type", "MessageId", "Subject", "Timestamp", "TopicArn", "SigningCertURL")) {
            all.add(broken(Letter.notification(), field));
        }
        all.add(broken(confirmation(), "Token"));
        all.add(broken(confirmation(), "SubscribeURL"));
        all.add(unasked(
                "form: the message's end is said to be the id",
                Doubt.FORM,
                Letter.notification()
                        .with("Message", "harmless\nMessageId\nreal")
                        .signed()
                        .with("Message", "harmless")
                        .with("MessageId", "real\nMessageId\n22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")));
        return all;
    }

    private static Forgery broken(Letter letter, String field) {
        String value = letter.json.path(field).asText();
        return unasked(
                "form: a line break in " + field,
                Doubt.FORM,
                letter.with(field, value + "\nType\nNotification").signed());
    }

    private static List<Forgery> oddValues() {
        Map<String, List<String>> odd = Map.of(
                "Type", List.of("notification", "NOTIFICATION", "Notification ", "Notification\u0000", "RawMessage"),
                "Timestamp",
                        List.of(
                                "2026-01-01T00:04:59+00:00",
                                "2026-01-01T00:04:59",
                                "2026-01-01t00:04:59z",
                                "1767225899",
                                "2026-13-01T00:04:59Z",
                                "Thu, 01 Jan 2026 00:04:59 GMT"),
                "SignatureVersion", List.of("0", "3", "1 ", "2.0", "02", "١"),
                "Signature", List.of("AAA-", "AA A=", "AAAA====", "%41", "A", "====", "A".repeat(5000)),
                "MessageId", List.of("a b", "../../x", "x".repeat(65)),
                "TopicArn",
                        List.of(
                                " " + Letter.TOPIC,
                                Letter.TOPIC + " ",
                                Letter.TOPIC + ":22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
                                "arn:aws:sns:eu-west-1:000000000000:*",
                                "arn:aws:sns:*:000000000000:alarms",
                                "arn:aws:sqs:eu-west-1:000000000000:alarms",
                                "arn:evil:sns:eu-west-1:000000000000:alarms",
                                "arn:aws:sns:eu-west-1.evil.example:000000000000:alarms",
                                "arn:aws:sns:eu-west-1:00000000000:alarms",
                                "ARN:AWS:SNS:EU-WEST-1:000000000000:ALARMS"));
        List<Forgery> all = new ArrayList<>();
        odd.forEach((field, values) -> {
            for (int i = 0; i < values.size(); i++) {
                Letter letter = Letter.notification().with(field, values.get(i));
                String shown = values.get(i).length() > 60 ? "too long" : values.get(i);
                all.add(unasked("form: " + field + " is '" + shown + "'", Doubt.FORM, letter));
            }
        });
        return all;
    }

    private static List<Forgery> oddBodies() {
        String good = Letter.notification().written();
        List<Forgery> all = new ArrayList<>();
        for (String field : List.of("Message", "TopicArn", "SigningCertURL", "Signature", "Type")) {
            String twice = good.substring(0, good.length() - 1) + ",\"" + field + "\":\"x\"}";
            all.add(body(field + " twice", twice.getBytes(StandardCharsets.UTF_8)));
        }
        all.add(body("nothing", new byte[0]));
        all.add(body("a list of it", ("[" + good + "]").getBytes(StandardCharsets.UTF_8)));
        all.add(body("two of it", (good + good).getBytes(StandardCharsets.UTF_8)));
        all.add(body("half of it", good.substring(0, good.length() / 2).getBytes(StandardCharsets.UTF_8)));
        all.add(body("UTF-16", good.getBytes(StandardCharsets.UTF_16)));
        all.add(body("Latin-1", good.getBytes(StandardCharsets.ISO_8859_1)));
        all.add(body("a text", "\"Notification\"".getBytes(StandardCharsets.UTF_8)));
        all.add(body("deep", ("{\"a\":".repeat(1000) + "1" + "}".repeat(1000)).getBytes(StandardCharsets.UTF_8)));
        all.add(body("of many parts", ("{\"a\":[" + "1,".repeat(20_000) + "1]}").getBytes(StandardCharsets.UTF_8)));
        all.add(body(
                "with a message of two megabytes",
                Letter.notification().with("Message", "x".repeat(2_000_000)).bytes()));
        return all;
    }

    private static Forgery body(String what, byte[] body) {
        return unasked("form: the body is " + what, Doubt.FORM, body);
    }

    private static List<Forgery> strangeTopics() {
        return List.of(
                        "arn:aws:sns:eu-west-1:000000000001:alarms",
                        "arn:aws:sns:eu-west-2:000000000000:alarms",
                        "arn:aws-cn:sns:eu-west-1:000000000000:alarms",
                        "arn:aws-us-gov:sns:eu-west-1:000000000000:alarms",
                        "arn:aws:sns:eu-west-1:000000000000:alarm",
                        "arn:aws:sns:eu-west-1:000000000000:alarms2",
                        "arn:aws:sns:eu-west-1:000000000000:Alarms",
                        "arn:aws:sns:eu-west-1:000000000000:alarms.fifo")
                .stream()
                .map(topic -> unasked(
                        "topic: " + topic,
                        Doubt.TOPIC,
                        Letter.notification().with("TopicArn", topic).signed()))
                .toList();
    }
}
