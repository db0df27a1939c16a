package io.selfheal.healer.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.json.JsonTrees;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The fields of one JSON object. Throws {@link IllegalArgumentException} as {@code field: what}. */
final class Fields {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final JsonNode json;

    private Fields(JsonNode json) {
        this.json = json;
    }

    static Fields parse(String text, Set<String> known) {
        try {
            return of("", JsonTrees.read(text), known);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Fields of(String field, JsonNode json, Set<String> known) {
        String where = field.isEmpty() ? "" : field + ": ";
        if (!json.isObject()) {
            throw new IllegalArgumentException(where + "expected one JSON object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(where + name + ": is not known; known here: "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
        return new Fields(json);
    }

    String text(String field) {
        return textIfThere(field)
                .orElseThrow(() -> new IllegalArgumentException(field + ": is missing; expected a text"));
    }

    Optional<String> textIfThere(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException(field + ": expected a text, was " + value);
        }
        return Optional.of(value.asText());
    }

    Instant time(String field) {
        return timeIfThere(field)
                .orElseThrow(() ->
                        new IllegalArgumentException(field + ": is missing; expected a time, 2026-05-01T10:00:00Z"));
    }

    Optional<Instant> timeIfThere(String field) {
        return textIfThere(field).map(text -> {
            try {
                return withinReason(field, OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        field + ": expected a time such as 2026-05-01T10:00:00Z, was '" + text + "'", e);
            }
        });
    }

    /** Far from it no time can be reckoned with: not in milliseconds, nor an hour later. */
    private static Instant withinReason(String field, Instant time) {
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            throw new IllegalArgumentException(field + ": expected a time of the years 1 to 9999, was " + time);
        }
        return time;
    }

    /** Reads by a function that throws IllegalArgumentException saying what it expected. */
    <T> Optional<T> parsed(String field, Function<String, T> parse) {
        return textIfThere(field).map(text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
            }
        });
    }

    Optional<Integer> numberIfThere(String field, int least, int most) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
            throw new IllegalArgumentException(
                    field + ": expected a whole number from " + least + " to " + most + ", was " + value);
        }
        return Optional.of(value.asInt());
    }

    double number(String field, double most) {
        JsonNode value = json.path(field);
        if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > most) {
            throw new IllegalArgumentException(field + ": expected a number from 0 to " + Math.round(most) + ", was "
                    + (value.isMissingNode() ? "missing" : value));
        }
        return value.asDouble();
    }

    boolean flag(String field) {
        JsonNode value = json.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException(field + ": expected true or false, was " + value);
        }
        return value.asBoolean(false);
    }

    Optional<Fields> object(String field, Set<String> known) {
        return json.has(field) ? Optional.of(of(field, json.path(field), known)) : Optional.empty();
    }

    List<Fields> objects(String field, Set<String> known) {
        List<Fields> read = new ArrayList<>();
        list(field).forEach(value -> read.add(of(field + "[" + read.size() + "]", value, known)));
        return read;
    }

    List<String> texts(String field) {
        List<String> read = new ArrayList<>();
        list(field).forEach(value -> read.add(value.asText()));
        return read;
    }

    private JsonNode list(String field) {
        JsonNode value = json.path(field);
        if (!value.isMissingNode() && !value.isArray()) {
            throw new IllegalArgumentException(field + ": expected a list, was " + value);
        }
        return value;
    }

    boolean has(String field) {
        return json.has(field);
    }

    JsonNode node(String field) {
        return json.path(field);
    }
}
