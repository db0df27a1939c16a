package io.selfheal.observability.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the registry. */
public final class RegistryFile {
    private static final String FILE = "metrics.yaml";

    private RegistryFile() {}

    /** The one that this build checks by. */
    public static Registry ours() {
        try (InputStream in = RegistryFile.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the jar of observability");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws IllegalArgumentException naming the entry and the key that is wrong. */
    static Registry parse(String yaml) {
        Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        Map<?, ?> root = map(FILE, document);
        List<Metric> metrics = new ArrayList<>();
        for (Object entry : list(FILE, root, "metrics")) {
            metrics.add(metric(map(FILE + ".metrics", entry)));
        }
        Map<String, String> attributes = new TreeMap<>();
        for (Object entry : list(FILE, root, "attributes")) {
            Map<?, ?> attribute = map(FILE + ".attributes", entry);
            attributes.put(text(FILE + ".attributes", attribute, "name"), text(FILE, attribute, "meaning"));
        }
        return new Registry(Integer.parseInt(text(FILE, root, "budget")), metrics, new TreeMap<>(attributes));
    }

    private static Metric metric(Map<?, ?> entry) {
        String name = text(FILE + ".metrics", entry, "name");
        return new Metric(
                name,
                text(name, entry, "type"),
                text(name, entry, "unit"),
                words(name, entry, "labels"),
                words(name, entry, "services"),
                text(name, entry, "meaning"));
    }

    private static Map<?, ?> map(String where, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(where + ": expected keys and values, was " + value);
    }

    private static List<?> list(String where, Map<?, ?> map, String key) {
        if (map.get(key) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(where + "." + key + ": expected a list, was " + map.get(key));
    }

    private static SortedSet<String> words(String where, Map<?, ?> map, String key) {
        SortedSet<String> words = new TreeSet<>();
        list(where, map, key).forEach(word -> words.add(String.valueOf(word)));
        return words;
    }

    private static String text(String where, Map<?, ?> map, String key) {
        return Optional.ofNullable(map.get(key))
                .map(Object::toString)
                .orElseThrow(() -> new IllegalArgumentException(where + "." + key + " is missing"));
    }
}
