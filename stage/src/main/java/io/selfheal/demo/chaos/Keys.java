package io.selfheal.demo.chaos;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys of one part of a YAML file; whatever is wrong with one is said with its file and line. */
final class Keys {
    /** Nobody watches longer, and a thousand times this can still be reckoned with. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final String file;
    private final String where;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Keys(String file, String where, Node node, Set<String> known) {
        this.file = file;
        this.where = where;
        this.line = line(node);
        if (!(node instanceof MappingNode mapping)) {
            throw refused(line, where.isEmpty() ? "file" : where, "expected keys and values");
        }
        for (NodeTuple pair : mapping.getValue()) {
            String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            int at = line(pair.getKeyNode());
            if (!known.contains(key)) {
                throw refused(at, name(key), "is not known; known here: " + String.join(", ", new TreeSet<>(known)));
            }
            if (values.put(key, pair.getValueNode()) != null) {
                throw refused(at, name(key), "is there twice");
            }
        }
    }

    static Keys of(Path path, Set<String> known) {
        try {
            return of(path.toString(), Files.readString(path), known);
        } catch (IOException e) {
            throw new InvalidFileException(path + ": cannot be read: " + e);
        }
    }

    static Keys of(String file, String text, Set<String> known) {
        try {
            @Nullable Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (node == null) {
                throw new InvalidFileException(file + ": there is nothing in it");
            }
            return new Keys(file, "", node, known);
        } catch (MarkedYAMLException e) {
            int at = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidFileException(file + ":" + at + ": is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new InvalidFileException(file + ":1: is no YAML: " + e.getMessage());
        }
    }

    Keys part(String key, Set<String> known) {
        return new Keys(file, name(key), node(key), known);
    }

    /** The parts of a list, at least one. */
    List<Keys> parts(String key, Set<String> known) {
        if (!(node(key) instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw wrong(key, "expected a list with at least one entry");
        }
        List<Keys> parts = new ArrayList<>();
        for (Node entry : sequence.getValue()) {
            parts.add(new Keys(file, name(key) + "[" + parts.size() + "]", entry, known));
        }
        return parts;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) {
        if (node(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw wrong(key, "expected a text");
    }

    long number(String key, long least) {
        String text = text(key);
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "expected a whole number, was '" + text + "'");
        }
        throw wrong(key, "expected " + least + " or more, was " + text);
    }

    Duration time(String key, Duration least) {
        String text = text(key);
        try {
            Duration time = Duration.parse(text);
            if (time.compareTo(LONGEST) > 0) {
                throw wrong(key, "expected " + LONGEST + " or less, was " + text);
            }
            if (time.compareTo(least) >= 0) {
                return time;
            }
        } catch (DateTimeParseException e) {
            throw wrong(key, "expected a time like PT30S, was '" + text + "'");
        }
        throw wrong(key, "expected " + least + " or more, was " + text);
    }

    InvalidFileException wrong(String key, String sentence) {
        return refused(Optional.ofNullable(values.get(key)).map(Keys::line).orElse(line), name(key), sentence);
    }

    private Node node(String key) {
        return Optional.ofNullable(values.get(key)).orElseThrow(() -> refused(line, name(key), "is missing"));
    }

    private String name(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    private InvalidFileException refused(int at, String key, String sentence) {
        return new InvalidFileException(file + ":" + at + ": " + key + ": " + sentence);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
