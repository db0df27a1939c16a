package io.selfheal.healer.incident;

import java.time.Instant;
import java.util.regex.Pattern;

/** Identifies one incident for ever; sorts by time of opening. */
public record IncidentId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public IncidentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("incident id: expected 1 to 64 of A-Z a-z 0-9 -, was '" + value + "'");
        }
    }

    /** An id of the given moment and 64 random bits, in a form that sorts by time. */
    public static IncidentId of(Instant openedAt, long random) {
        return new IncidentId("%012x-%016x".formatted(openedAt.toEpochMilli(), random));
    }

    @Override
    public String toString() {
        return value;
    }
}
