package io.selfheal.healer.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one mapping of CloudWatch alarms to a service. */
final class AlarmSection {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int LONGEST = 255;

    /** What the mapping says by keys of its own, or what only the alarm can know. */
    private static final Set<String> TAKEN = Set.of("service_name", "service", "cluster", "task_arn");

    private final Section section;

    private AlarmSection(Section section) {
        this.section = section;
    }

    /** Empty when it matches nothing in particular, which then is among the problems. */
    static Optional<AlarmMapping> read(Section section) {
        return new AlarmSection(section).read();
    }

    private Optional<AlarmMapping> read() {
        section.required("match", "it says which alarms are meant, for example ['alertname=~\"order-.+\"']");
        List<Matcher> match = section.list("match", Matcher::parse).orElse(List.of());
        if (section.has("match") && match.isEmpty()) {
            section.problem("match", "holds no condition and would match every alarm; write at least one");
        }
        Optional<String> service = section.parsed("service", AlarmSection::name);
        Optional<String> cluster = section.parsed("cluster", AlarmSection::name);
        Optional<Section> part = section.section("labels");
        if (part.filter(labels -> labels.names().isEmpty()).isPresent()) {
            section.problem("labels", "holds no label; write one or remove it");
        }
        SortedMap<String, String> labels = part.map(AlarmSection::labels).orElseGet(TreeMap::new);
        if (!section.has("service") && !section.has("labels")) {
            section.problem("service", "is missing; write the service that these alarms are about, or labels, or both");
        }
        if (section.has("cluster") && !section.has("service")) {
            section.problem("cluster", "says nothing without service; write both or remove it");
        }
        section.refuseOtherKeys();
        return match.isEmpty() ? Optional.empty() : Optional.of(new AlarmMapping(match, service, cluster, labels));
    }

    private static SortedMap<String, String> labels(Section section) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (String name : section.names()) {
            if (!LABEL.matcher(name).matches()) {
                section.problem(name, "is not a label: expected letters, digits and _, the first no digit");
            } else if (TAKEN.contains(name)) {
                section.problem(name, "is not a label to set here: write service and cluster beside labels");
            } else {
                section.parsed(name, AlarmSection::name).ifPresent(value -> labels.put(name, value));
            }
        }
        return labels;
    }

    private static String name(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("expected at most " + LONGEST + " characters, it has " + text.length());
        }
        return text;
    }
}
