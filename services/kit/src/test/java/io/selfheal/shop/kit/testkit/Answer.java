package io.selfheal.shop.kit.testkit;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Objects;

/** An HTTP response, read whole. */
public record Answer(int status, String body, HttpHeaders headers) {

    private static final JsonMapper JSON = JsonMapper.createDefault();

    public Map<String, Object> json() {
        return parse(body);
    }

    public long number(String field) {
        return ((Number) Objects.requireNonNull(json().get(field), field)).longValue();
    }

    public String text(String field) {
        return String.valueOf(json().get(field));
    }

    public String contentType() {
        return headers.firstValue("content-type").orElse("");
    }

    public static Map<String, Object> parse(String json) {
        try {
            return JSON.readValue(json, Argument.mapOf(String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON object: " + json, e);
        }
    }
}
