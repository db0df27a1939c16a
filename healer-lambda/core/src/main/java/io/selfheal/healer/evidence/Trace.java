package io.selfheal.healer.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A request that is worth looking at.
 *
 * @param id of its trace, as W3C trace context writes it: what to search for where traces are kept
 * @param failed it was answered with an error; else it was slow
 */
public record Trace(String id, boolean failed, Duration took, Instant at) {
    /** Failed before slow; of the failed the newest, of the slow the slowest. */
    public static final Comparator<Trace> WORST_FIRST = Comparator.comparing((Trace trace) -> !trace.failed())
            .thenComparing((one, other) ->
                    one.failed() ? other.at().compareTo(one.at()) : other.took().compareTo(one.took()))
            .thenComparing(Trace::id);

    /** 32 hexadecimal digits; all zero is no trace. What comes from outside must not be more than that. */
    private static final Pattern ID = Pattern.compile("(?!0+$)[0-9a-f]{32}");

    public Trace {
        if (!isId(id)) {
            throw new IllegalArgumentException("id: expected 32 hexadecimal digits, was '" + id + "'");
        }
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
