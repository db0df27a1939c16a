package io.selfheal.healer.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises the envelope of a body and reads the signals in it. Any bytes are safe to pass: what cannot be read is
 * {@link Parsed.Refused}, and the work is bounded by the length of the body. Thread-safe.
 */
public final class Intake {
    // Deeper than any known sender's format by far; each level costs the parser memory.
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 64 * 1024;
    // An event bus caps one event at 256 KB; only lists of alerts may be longer.
    private static final int MAX_EVENT = 512 * 1024;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(1024)
                    .maxNumberLength(100)
                    .build())
            .build();
    private final AlertReader alerts;
    private final EcsEventReader ecsEvents;

    /**
     * Reads bodies.
     *
     * @param defaultCluster of alerts without a label {@code cluster}
     * @param clock dates events that carry no time
     */
    public Intake(String defaultCluster, InstantSource clock) {
        alerts = new AlertReader(defaultCluster);
        ecsEvents = new EcsEventReader(clock);
    }

    public Parsed parse(byte[] body) {
        try {
            // Decoded strictly, because the JSON parser would also guess UTF-16 and UTF-32.
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            try (JsonParser parser = json.createParser(text.array(), text.position(), text.length())) {
                return parse(parser, body.length);
            }
        } catch (CharacterCodingException e) {
            return new Parsed.Refused("the body is not UTF-8");
        } catch (JsonProcessingException e) {
            return new Parsed.Refused("the body is not acceptable JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private Parsed parse(JsonParser parser, int length) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Parsed.Refused("expected one JSON object");
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        List<AlertReader.Read> read = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("alerts") && value == JsonToken.START_ARRAY) {
                envelope.putArray(field);
                // One by one, so that ten thousand alerts never stand in memory as a tree.
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    read.add(alerts.read(JsonTrees.read(parser)));
                }
            } else if (value.isStructStart() && length > MAX_EVENT) {
                parser.skipChildren();
                envelope.putObject(field);
            } else {
                envelope.set(field, JsonTrees.read(parser));
            }
        }
        if (parser.nextToken() != null) {
            return new Parsed.Refused("expected one JSON object and nothing after it");
        }
        return dispatch(envelope, read, length);
    }

    private Parsed dispatch(JsonNode envelope, List<AlertReader.Read> read, int length) {
        return switch (Envelope.of(envelope)) {
            case ALERTMANAGER, GRAFANA -> alerts.accepted(Envelope.of(envelope), envelope, read);
            case EVENT_BRIDGE ->
                length > MAX_EVENT
                        ? new Parsed.Refused("an event of " + length + " bytes, expected at most " + MAX_EVENT)
                        : ecsEvents.read(envelope);
            case UNKNOWN ->
                new Parsed.Refused(
                        "not a format that is known: expected an Alertmanager or Grafana webhook or an ECS event");
            case SNS_RECORDS,
                    SQS_RECORDS,
                    HTTP_REQUEST,
                    SNS_HTTP,
                    CLOUDWATCH_DIRECT,
                    CLOUDWATCH_SNS,
                    MANAGED_PROMETHEUS ->
                new Parsed.Refused(Envelope.of(envelope).title() + " is not accepted by this version");
        };
    }
}
