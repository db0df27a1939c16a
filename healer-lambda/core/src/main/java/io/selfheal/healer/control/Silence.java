package io.selfheal.healer.control;

import io.selfheal.healer.policy.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Somebody told the alerting to be quiet about alerts like these, and until when.
 *
 * @param matchers all of them have to match; there is at least one
 */
public record Silence(String id, List<Matcher> matchers, String comment, String owner, Instant since, Instant until) {

    public Silence {
        matchers = List.copyOf(matchers);
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("matchers: expected one or more, a silence of everything is a mistake");
        }
    }

    public boolean matches(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    public boolean holds(Instant now) {
        return !now.isBefore(since) && now.isBefore(until);
    }
}
