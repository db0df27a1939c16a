package io.selfheal.shop.kit.web;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document of RFC 9457.
 *
 * @param type names the kind of problem; {@code about:blank} when the status says it all
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail what happened this time
 * @param instance the path that was asked for
 * @param violations what is wrong with which field, when validation failed
 */
@Serdeable
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable List<Violation> violations) {

    /** A field and what is wrong with it. */
    @Serdeable
    public record Violation(String field, String message) {}
}
