package io.selfheal.healer.server.http;

import org.jspecify.annotations.Nullable;

/** What people's wishes have in common. */
final class Wishes {
    /** A sentence or two; it is written into the history and shown everywhere. */
    private static final int LONGEST = 500;

    private Wishes() {}

    static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw RequestRefusedException.badRequest(field + ": must be given and must not be blank");
        }
        if (value.length() > LONGEST) {
            throw RequestRefusedException.badRequest(
                    field + ": expected at most " + LONGEST + " characters, was " + value.length());
        }
        return value;
    }

    static String or(String otherwise, String field, @Nullable String value) {
        return value == null || value.isBlank() ? otherwise : required(field, value);
    }
}
