package io.selfheal.healer.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A message as SNS writes it over HTTP. Nothing but the message itself may hold a line break: the signed text is made of
 * lines, and could otherwise be cut in more than one way.
 */
record SnsMessage(Type type, TopicArn topic, Map<String, String> fields, Instant at, JsonNode json) {
    private static final Pattern ID = Pattern.compile("[0-9a-zA-Z-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[0-9a-zA-Z]{1,2048}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,4096}");
    private static final Pattern VERSION = Pattern.compile("[12]");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{1,2048}={0,2}");
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    enum Type {
        NOTIFICATION("Notification"),
        SUBSCRIBE("SubscriptionConfirmation"),
        UNSUBSCRIBE("UnsubscribeConfirmation");

        final String word;

        Type(String word) {
            this.word = word;
        }

        /** In the order in which they are signed. */
        List<String> signed() {
            return switch (this) {
                case NOTIFICATION -> List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
                case SUBSCRIBE, UNSUBSCRIBE ->
                    List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
            };
        }
    }

    private static final Map<String, Pattern> FORMS = Map.ofEntries(
            Map.entry("Message", ANY),
            Map.entry("MessageId", ID),
            Map.entry("Subject", LINE),
            Map.entry("SubscribeURL", LINE),
            Map.entry("Timestamp", TIMESTAMP),
            Map.entry("Token", TOKEN),
            Map.entry("TopicArn", LINE),
            Map.entry("Type", LINE),
            Map.entry("SignatureVersion", VERSION),
            Map.entry("Signature", BASE64),
            Map.entry("SigningCertURL", LINE));

    static SnsMessage read(JsonNode json) throws DoubtException {
        Type type = type(json);
        Map<String, String> fields = new HashMap<>();
        for (String name : type.signed()) {
            // SNS leaves it out, or writes null, where the publisher gave none.
            if (!name.equals("Subject") || json.hasNonNull(name)) {
                fields.put(name, text(json, name));
            }
        }
        for (String name : List.of("SignatureVersion", "Signature", "SigningCertURL")) {
            fields.put(name, text(json, name));
        }
        requireBase64(fields.getOrDefault("Signature", ""));
        return new SnsMessage(
                type,
                TopicArn.parse(fields.getOrDefault("TopicArn", "")),
                Map.copyOf(fields),
                instant(fields.getOrDefault("Timestamp", "")),
                json);
    }

    private static Type type(JsonNode json) throws DoubtException {
        for (Type type : Type.values()) {
            if (json.path("Type").isTextual() && json.path("Type").asText().equals(type.word)) {
                return type;
            }
        }
        throw new DoubtException(
                Doubt.FORM, "Type: expected Notification, SubscriptionConfirmation or UnsubscribeConfirmation");
    }

    private static String text(JsonNode json, String name) throws DoubtException {
        JsonNode value = json.path(name);
        Pattern form = FORMS.getOrDefault(name, LINE);
        if (!value.isTextual() || !form.matcher(value.asText()).matches()) {
            throw new DoubtException(Doubt.FORM, name + ": expected as SNS writes it");
        }
        return value.asText();
    }

    private static void requireBase64(String signature) throws DoubtException {
        try {
            Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            throw new DoubtException(Doubt.FORM, "Signature: expected base64");
        }
    }

    byte[] signature() {
        return Base64.getDecoder().decode(field("Signature"));
    }

    private static Instant instant(String timestamp) throws DoubtException {
        try {
            return Instant.parse(timestamp);
        } catch (DateTimeParseException e) {
            throw new DoubtException(Doubt.FORM, "Timestamp: expected as SNS writes it");
        }
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Name and value of each signed field that is there, a line break after both. */
    byte[] signedText() {
        StringBuilder text = new StringBuilder();
        for (String name : type.signed()) {
            if (fields.containsKey(name)) {
                text.append(name).append('\n').append(field(name)).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
