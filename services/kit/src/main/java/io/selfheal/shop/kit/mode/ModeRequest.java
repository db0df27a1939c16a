package io.selfheal.shop.kit.mode;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What every mode is told, checked.
 *
 * @param settings the mode's own, as they were given
 */
record ModeRequest(Duration ttl, String reason, Map<String, Object> settings) {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_REASON = 200;

    static ModeRequest parse(Map<String, Object> body) {
        Map<String, Object> rest = new HashMap<>(body);
        Duration ttl = duration(text(rest.remove("ttl"), "ttl"));
        String reason = text(rest.remove("reason"), "reason");
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("'reason' is longer than " + LONGEST_REASON + " characters");
        }
        return new ModeRequest(ttl, reason, Map.copyOf(rest));
    }

    private static String text(@Nullable Object value, String name) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("'" + name + "' must be given, as a text");
    }

    private static Duration duration(String text) {
        Duration ttl;
        try {
            ttl = Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'ttl' is '" + text + "', which is no ISO-8601 duration such as PT5M", e);
        }
        if (!ttl.isPositive() || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "'ttl' is " + text + ", outside of more than PT0S and at most " + LONGEST);
        }
        return ttl;
    }

    /** Refuses settings that the mode does not have. */
    void knowsOnly(String name) {
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.remove(name);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("No setting " + unknown + "; there is ttl, reason and " + name);
        }
    }

    Optional<Object> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }
}
