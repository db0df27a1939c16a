package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The forms of all senders; where each is from stands in their README. */
public final class Fixtures {
    private static final Path ROOT = Path.of("src/test/resources/io/selfheal/healer/intake/fixtures");

    private Fixtures() {}

    /** Of one format, in the order of their names. */
    public static List<Path> of(String format) {
        try (Stream<Path> files = Files.list(ROOT.resolve(format))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Path> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String name) {
        return bytes(ROOT.resolve(name + ".json"));
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be changed. */
    static ObjectNode json(String name) {
        try {
            JsonNode read = JsonTrees.read(Files.readString(ROOT.resolve(name + ".json")));
            return (ObjectNode) read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
