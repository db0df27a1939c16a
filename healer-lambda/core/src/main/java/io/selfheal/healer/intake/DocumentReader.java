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
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads text as one JSON object, with work and memory bounded by the length of the text. */
final class DocumentReader {
    // Deeper than any known sender's format by far; each level costs the parser memory.
    private static final int MAX_DEPTH = 32;
    // The longest message of a queue; that of a topic is 256 KB, and quotes in it are written with a backslash.
    private static final int MAX_STRING = 1024 * 1024;
    // An event bus caps one event at 256 KB; only lists of alerts and of messages may be longer.
    private static final int MAX_EVENT = 512 * 1024;
    // The largest batch that Lambda takes out of a queue.
    private static final int MAX_RECORDS = 10_000;
    // No alert has fewer than eight characters a token: what is denser is made to cost memory.
    private static final long MAX_TOKENS = 2_000_000;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(1024)
                    .maxNumberLength(100)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();
    private final AlertReader alerts;

    DocumentReader(AlertReader alerts) {
        this.alerts = alerts;
    }

    /** Says what is wrong with a text that is no acceptable object. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String why) {
            super(why);
        }
    }

    Document read(CharBuffer text) throws UnreadableException {
        try (JsonParser parser = json.createParser(text.array(), text.position(), text.length())) {
            return read(parser, text.length());
        } catch (JsonProcessingException e) {
            throw new UnreadableException("the body is not acceptable JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private Document read(JsonParser parser, int length) throws IOException, UnreadableException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableException("expected one JSON object");
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        List<AlertReader.Read> read = new ArrayList<>();
        List<JsonNode> records = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("alerts") && value == JsonToken.START_ARRAY) {
                envelope.putArray(field);
                // One by one, so that ten thousand alerts never stand in memory as a tree.
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    read.add(alerts.read(JsonTrees.read(parser)));
                }
            } else if (field.equals("Records") && value == JsonToken.START_ARRAY) {
                envelope.putArray(field);
                readRecords(parser, records);
            } else if (value.isStructStart() && length > MAX_EVENT) {
                parser.skipChildren();
                envelope.putObject(field);
            } else {
                envelope.set(field, JsonTrees.read(parser));
            }
        }
        if (parser.nextToken() != null) {
            throw new UnreadableException("expected one JSON object and nothing after it");
        }
        return new Document(envelope, read, records, length);
    }

    private static void readRecords(JsonParser parser, List<JsonNode> records) throws IOException, UnreadableException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (records.size() == MAX_RECORDS) {
                throw new UnreadableException("expected at most " + MAX_RECORDS + " records");
            }
            records.add(JsonTrees.read(parser));
        }
    }

    /** Whether parts of it were passed over because no sender's event is as long. */
    static boolean isTooLongForAnEvent(Document document) {
        return document.length() > MAX_EVENT;
    }

    static String tooLong(Document document) {
        return "an event of " + document.length() + " characters, expected at most " + MAX_EVENT;
    }
}
