package io.selfheal.healer.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that is worth looking at.
 *
 * @param id of its trace, as W3C trace context writes it: what to search for where traces are kept
 * @param failed it was answered with an error; else it was slow
 * @param span id of the request's own span in the trace, where that is known
 */
public record Trace(String id, boolean failed, Duration took, Instant at, Optional<String> span) {
    /** Failed before slow; of the failed the newest, of the slow the slowest. */
    public static final Comparator<Trace> WORST_FIRST = Comparator.comparing((Trace trace) -> !trace.failed())
            .thenComparing((one, other) ->
                    one.failed() ? other.at().compareTo(one.at()) : other.took().compareTo(one.took()))
            .thenComparing(Trace::id);

    /** 32 hexadecimal digits; all zero is no trace. What comes from outside must not be more than that. */
    private static final Pattern ID = Pattern.compile("(?!0+$)[0-9a-f]{32}");

    private static final Pattern SPAN_ID = Pattern.compile("(?!0+$)[0-9a-f]{16}");

    private static final Pattern MENTION = Pattern.compile("\\btrace ([0-9a-f]{32})(?: span ([0-9a-f]{16}))?\\b");

    public Trace {
        if (!isId(id)) {
            throw new IllegalArgumentException("id: expected 32 hexadecimal digits, was '" + id + "'");
        }
        span = span.filter(text -> SPAN_ID.matcher(text).matches());
    }

    /** A trace of whose spans none is known. */
    public Trace(String id, boolean failed, Duration took, Instant at) {
        this(id, failed, took, at, Optional.empty());
    }

    /** How a text names it. */
    public String mention() {
        return "trace " + id + span.map(text -> " span " + text).orElse("");
    }

    /** The traces that a text names. */
    public static List<Mention> mentionedIn(String text) {
        return MENTION.matcher(text)
                .results()
                .filter(found -> isId(found.group(1)))
                .map(found -> new Mention(found.group(1), Optional.ofNullable(found.group(2))))
                .distinct()
                .toList();
    }

    /** A trace that a text names. */
    public record Mention(String id, Optional<String> span) {}

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
