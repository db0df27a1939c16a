package io.selfheal.healer.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of the YAML file, read key by key. A value that cannot be used is noted as a problem and read as absent, so
 * that reading goes on; keys that nobody asked for are problems too.
 */
final class Section {
    private final Node node;
    private final String path;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    Section(Node node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, path, "expected key: value pairs");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), path, "expected a plain word as key");
            } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(key, field(key.getValue()), "is written twice; remove one");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    String field(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void problem(String key, String what) {
        problems.add(keys.getOrDefault(key, node), field(key), what);
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    private Optional<Node> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    void required(String key, String what) {
        if (!has(key)) {
            problem(key, "is missing; " + what);
        }
    }

    Optional<String> text(String key) {
        return value(key).flatMap(value -> scalar(value, field(key)));
    }

    private Optional<String> scalar(Node value, String field) {
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        problems.add(value, field, "expected one value, not a list, a mapping or nothing");
        return Optional.empty();
    }

    /** Reads by a function that throws IllegalArgumentException saying what it expected. */
    <T> Optional<T> parsed(String key, Function<String, T> parse) {
        return value(key).flatMap(value -> parsed(value, field(key), parse));
    }

    private <T> Optional<T> parsed(Node value, String field, Function<String, T> parse) {
        return scalar(value, field).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException e) {
                problems.add(value, field, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    /** Empty when the key is absent; each entry that cannot be read is a problem and left out. */
    <T> Optional<List<T>> list(String key, Function<String, T> parse) {
        return sequence(key).map(entries -> {
            List<T> read = new ArrayList<>();
            for (Node entry : entries) {
                parsed(entry, field(key), parse).ifPresent(read::add);
            }
            return read;
        });
    }

    Optional<Section> section(String key) {
        return value(key).map(value -> new Section(value, field(key), problems));
    }

    Optional<List<Section>> sections(String key) {
        return sequence(key).map(entries -> {
            List<Section> read = new ArrayList<>();
            for (Node entry : entries) {
                read.add(new Section(entry, field(key) + "[" + read.size() + "]", problems));
            }
            return read;
        });
    }

    private Optional<List<Node>> sequence(String key) {
        return value(key).flatMap(value -> {
            if (value instanceof SequenceNode sequence) {
                return Optional.of(sequence.getValue());
            }
            problems.add(value, field(key), "expected a list, for example [a, b]");
            return Optional.empty();
        });
    }

    Optional<Duration> duration(String key) {
        return parsed(key, Section::positiveDuration);
    }

    Optional<Integer> number(String key, int least, int most) {
        return parsed(key, text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(expectedNumber(least, most, text), e);
            }
            throw new IllegalArgumentException(expectedNumber(least, most, text));
        });
    }

    private static String expectedNumber(int least, int most, String text) {
        return most == Integer.MAX_VALUE
                ? "expected a whole number of at least %d, was '%s'".formatted(least, text)
                : "expected a whole number from %d to %d, was '%s'".formatted(least, most, text);
    }

    private static Duration positiveDuration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected an ISO-8601 duration such as PT30S, PT10M or PT1H, was '" + text + "'", e);
        }
        throw new IllegalArgumentException("expected a duration longer than zero, was '" + text + "'");
    }

    /** All keys, where they are names that the file chooses. */
    Set<String> names() {
        asked.addAll(values.keySet());
        return Set.copyOf(values.keySet());
    }

    /** To be called last: what was not asked for by now is a mistake. */
    void refuseOtherKeys() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                problem(
                        key,
                        "is not known" + Spelling.suggest(key, asked) + "; known here: " + String.join(", ", asked));
            }
        }
    }
}
