package io.selfheal.healer.audit;

import io.selfheal.healer.chain.ChainHead;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A head that was noted elsewhere at some time: the history that is stored now must still contain it. Who rewrites a whole
 * history with fitting hashes is found by this alone.
 */
public record Anchor(String service, long ordinal, String incident, ChainHead head) {
    private static final Pattern LINE =
            Pattern.compile("(?:head )?(.{1,600}) ([0-9]{1,18}) ([A-Za-z0-9-]{1,64}) ([0-9]{1,18}):([0-9a-f]{64})");

    /** Reads what {@link #toString()} writes, with or without the word head before it. Empty: the line is something else. */
    public static Optional<Anchor> parse(String line) {
        Matcher parts = LINE.matcher(line.strip());
        return parts.matches()
                ? Optional.of(new Anchor(
                        parts.group(1),
                        Long.parseLong(parts.group(2)),
                        parts.group(3),
                        new ChainHead(Long.parseLong(parts.group(4)), parts.group(5))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return service + " " + ordinal + " " + incident + " " + head;
    }
}
