package io.selfheal.healer.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a CloudWatch alarm that it matches is about, where neither the alarm's tags nor its dimensions say so.
 *
 * @param service by name; empty: as the alarm itself says
 * @param cluster of that service; empty: as the alarm itself says
 * @param labels put upon the alarm's own, for example the alertname that the policies know
 */
public record AlarmMapping(
        List<Matcher> match, Optional<String> service, Optional<String> cluster, SortedMap<String, String> labels) {

    public AlarmMapping {
        match = List.copyOf(match);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    public boolean matches(Map<String, String> alarm) {
        return match.stream().allMatch(matcher -> matcher.matches(alarm));
    }
}
