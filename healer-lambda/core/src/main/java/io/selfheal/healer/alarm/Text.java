package io.selfheal.healer.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/** Texts and times as CloudWatch writes them. */
final class Text {
    /** CloudWatch writes the offset without a colon, {@code +0000}, which the standard formatter does not take. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][xx]")
            .toFormatter();

    private static final int BRIEF = 100;

    private Text() {}

    static String of(JsonNode json, String field) throws NotAnAlarmException {
        if (!json.path(field).isTextual() || json.path(field).asText().isBlank()) {
            throw new NotAnAlarmException(field + ": expected a text");
        }
        return json.path(field).asText();
    }

    static Instant time(JsonNode json, String field) throws NotAnAlarmException {
        String text = json.path(field).asText("");
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeParseException e) {
            throw new NotAnAlarmException(
                    field + ": expected a time such as 2026-01-01T00:00:00.000+0000, was '" + brief(text) + "'");
        }
    }

    static String brief(String text) {
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
    }
}
