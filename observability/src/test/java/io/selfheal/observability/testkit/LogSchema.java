package io.selfheal.observability.testkit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The published schema of a line of the log. */
public final class LogSchema {
    private static final String FILE = "observability/logs/log.schema.json";

    private final JsonSchema schema;

    public LogSchema() {
        try {
            schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in the folder of their module. */
    private static Path file() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(FILE))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(FILE + " is in no folder above this one"));
    }

    /** Each line that is wrong, and what is wrong with it. */
    public List<String> problems(String log) {
        return log.lines().flatMap(this::problemsOf).toList();
    }

    private Stream<String> problemsOf(String line) {
        if (!line.startsWith("{") || !line.endsWith("}")) {
            return Stream.of("no JSON object: " + line);
        }
        return schema.validate(line, InputFormat.JSON).stream().map(problem -> problem.getMessage() + " in " + line);
    }
}
