package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.intake.DocumentReader.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Takes what was sent out of the envelopes that it came in. */
final class Unwrapping {
    /** For example a queue's record with a topic's notification in it; one more is to spare. */
    private static final int MAX_ENVELOPES = 3;

    private final DocumentReader reader;
    private final Formats formats;

    Unwrapping(DocumentReader reader, Formats formats) {
        this.reader = reader;
        this.formats = formats;
    }

    List<Delivery> open(byte[] body) {
        return open(body, 0, false);
    }

    /** A message whose sender is known and whose attributes were looked at. */
    Parsed message(String text, Map<String, String> attributes) {
        return message(text, attributes, 1);
    }

    /** With {@code fromQueue} it was a queue's record, which only those may write to whom AWS allows it. */
    private List<Delivery> open(byte[] body, int depth, boolean fromQueue) {
        try {
            // Decoded strictly, because the JSON parser would also guess UTF-16 and UTF-32.
            return open(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)), depth, fromQueue);
        } catch (CharacterCodingException e) {
            return refused("the body is not UTF-8");
        }
    }

    private List<Delivery> open(CharBuffer text, int depth, boolean fromQueue) {
        Document document;
        try {
            document = reader.read(text);
        } catch (UnreadableException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        Envelope envelope = Envelope.of(document);
        if (envelope.isWrapping() && depth == MAX_ENVELOPES) {
            return refused(envelope.title() + " is the fourth envelope around what was sent, expected at most "
                    + MAX_ENVELOPES);
        }
        return switch (envelope) {
            case SNS_RECORDS -> each(document.records(), record -> ofTopic(record, depth + 1));
            case SQS_RECORDS -> each(document.records(), record -> ofQueue(record, depth + 1));
            case HTTP_REQUEST -> ofRequest(document.envelope(), depth + 1);
            case SNS_HTTP -> List.of(ofNotification(document.envelope(), depth + 1, fromQueue));
            case EVENT_BRIDGE, CLOUDWATCH_DIRECT, CLOUDWATCH_SNS, ALERTMANAGER, GRAFANA, MANAGED_PROMETHEUS, UNKNOWN ->
                List.of(new Delivery("", formats.read(document)));
        };
    }

    private interface RecordReader {
        Delivery read(JsonNode record);
    }

    private static List<Delivery> each(List<JsonNode> records, RecordReader reader) {
        return records.isEmpty()
                ? refused("a Lambda event without records")
                : records.stream().map(reader::read).toList();
    }

    private Delivery ofTopic(JsonNode record, int depth) {
        JsonNode sns = record.path("Sns");
        return new Delivery(
                sns.path("MessageId").asText(""),
                message(sns.path("Message").asText(""), sns.path("MessageAttributes"), depth));
    }

    private Delivery ofQueue(JsonNode record, int depth) {
        String id = record.path("messageId").asText("");
        if (!record.path("eventSource").asText("").equals("aws:sqs")) {
            return new Delivery(
                    id,
                    new Parsed.Refused("a record of '"
                            + Brief.of(record.path("eventSource").asText(""))
                            + "', expected aws:sqs or aws:sns"));
        }
        String body = record.path("body").asText("");
        return new Delivery(id, message(body, record.path("messageAttributes"), depth));
    }

    /** A queue that does not deliver raw holds the notification as the topic writes it over HTTP. */
    private Delivery ofNotification(JsonNode notification, int depth, boolean fromQueue) {
        String id = notification.path("MessageId").asText("");
        if (!fromQueue) {
            return new Delivery(
                    id,
                    new Parsed.Refused("an SNS notification over HTTP is taken only where its signature is verified:"
                            + " let the topic send to /signals/sns"));
        }
        if (!notification.path("Type").asText("").equals("Notification")) {
            return new Delivery(
                    id,
                    new Parsed.Refused("an SNS message of type '"
                            + Brief.of(notification.path("Type").asText("")) + "', expected Notification"));
        }
        return new Delivery(
                id, message(notification.path("Message").asText(""), notification.path("MessageAttributes"), depth));
    }

    private List<Delivery> ofRequest(JsonNode request, int depth) {
        String body = request.path("body").asText("");
        if (!request.path("isBase64Encoded").asBoolean(false)) {
            return open(CharBuffer.wrap(body.toCharArray()), depth, false);
        }
        try {
            return open(Base64.getDecoder().decode(body), depth, false);
        } catch (IllegalArgumentException e) {
            return refused("an HTTP request whose body is not the base64 that it is said to be");
        }
    }

    private Parsed message(String text, JsonNode attributes, int depth) {
        return message(text, Changed.attributes(attributes), depth);
    }

    private Parsed message(String text, Map<String, String> attributes, int depth) {
        return Changed.why(text, attributes)
                .<Parsed>map(Parsed.Refused::new)
                .orElseGet(() -> Merging.of(open(CharBuffer.wrap(text.toCharArray()), depth, true)));
    }

    private static List<Delivery> refused(String why) {
        return List.of(new Delivery("", new Parsed.Refused(why)));
    }
}
