package io.selfheal.healer.alarm;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an alarm says of itself, as labels that policies and mappings can match. */
final class AlarmLabels {
    // As small as the alerts of Alertmanager are kept: what an incident keeps of each has to stay small.
    private static final int MAX_LABELS = 64;
    private static final int MAX_LABEL_LENGTH = 1024;

    private AlarmLabels() {}

    static SortedMap<String, String> of(AlarmChange change) throws NotAnAlarmException {
        SortedMap<String, String> labels = of(change.arn(), change.name());
        change.metrics().facts().forEach((fact, value) -> labels.put(word(fact), value));
        change.tags().forEach((tag, value) -> labels.put("tag_" + word(tag), value));
        return bounded(change.name(), labels);
    }

    /** Of an alarm of which no more than the identity is known. */
    static SortedMap<String, String> of(AlarmArn arn, String name) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", name);
        labels.put("alarm_name", name);
        labels.put("region", arn.region());
        labels.put("account", arn.account());
        return labels;
    }

    static SortedMap<String, String> bounded(String name, SortedMap<String, String> labels) throws NotAnAlarmException {
        if (labels.size() > MAX_LABELS) {
            throw new NotAnAlarmException("alarm " + Text.brief(name) + " has " + labels.size()
                    + " dimensions and tags, expected at most " + MAX_LABELS
                    + ": let it send only the tags that are needed (AlarmTagsPropagation, IncludedTagKeys)");
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (label.getKey().length() + label.getValue().length() > MAX_LABEL_LENGTH) {
                throw new NotAnAlarmException("alarm " + Text.brief(name) + ": " + Text.brief(label.getKey())
                        + " is longer than " + MAX_LABEL_LENGTH + " characters");
            }
        }
        return labels;
    }

    /** As a label is written: {@code selfheal:service} becomes {@code selfheal_service}. */
    private static String word(String name) {
        return name.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
