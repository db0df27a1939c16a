package io.selfheal.observability.telemetry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All metrics and attributes of our programs.
 *
 * @param budget the most series that one process may show
 * @param attributes of spans, by name, with what they mean
 */
public record Registry(int budget, List<Metric> metrics, SortedMap<String, String> attributes) {
    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? [^ ]+( .*)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    public Registry {
        metrics = List.copyOf(metrics);
        attributes = new TreeMap<>(attributes);
        Set<String> names = new TreeSet<>();
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                throw new IllegalArgumentException(metric.name() + " is there twice");
            }
        }
    }

    /** What a scrape of the service shows that it may not: one sentence each, in the order of the scrape. */
    public List<String> problems(String service, String scrape) {
        Set<String> problems = new TreeSet<>();
        int series = 0;
        for (String line : scrape.lines().filter(text -> !text.isBlank()).toList()) {
            if (line.startsWith("#")) {
                type(line).ifPresent(problems::add);
                continue;
            }
            series++;
            Matcher parts = SERIES.matcher(line);
            if (parts.matches()) {
                check(service, parts.group(1), Optional.ofNullable(parts.group(2)), problems);
            } else {
                problems.add("no line of a scrape: " + line);
            }
        }
        if (series > budget) {
            problems.add(service + " shows " + series + " series, the budget is " + budget);
        }
        return List.copyOf(problems);
    }

    private void check(String service, String series, Optional<String> labels, Set<String> problems) {
        Optional<Metric> found =
                metrics.stream().filter(metric -> metric.owns(series)).findFirst();
        if (found.isEmpty()) {
            problems.add(series + " is not in observability/telemetry/metrics.yaml");
            return;
        }
        Metric metric = found.get();
        if (!metric.services().contains(service)) {
            problems.add(series + ": metrics.yaml does not name " + service + " among its services");
        }
        LABEL.matcher(labels.orElse(""))
                .results()
                .map(label -> label.group(1))
                .filter(label -> !metric.allows(label))
                .forEach(label -> problems.add(series + ": metrics.yaml does not know the label " + label));
    }

    private Optional<String> type(String line) {
        Matcher said = TYPE.matcher(line);
        if (!said.matches()) {
            return Optional.empty();
        }
        return metrics.stream()
                .filter(metric -> metric.name().equals(said.group(1)))
                .filter(metric -> !metric.type().equals(said.group(2)))
                .map(metric -> metric.name() + ": metrics.yaml says " + metric.type() + ", it is a " + said.group(2))
                .findFirst();
    }
}
