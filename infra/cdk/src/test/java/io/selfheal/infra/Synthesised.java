package io.selfheal.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Environments;
import io.selfheal.infra.config.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** The templates of all environments as {@code cdk.json} describes them, made once for all tests. */
record Synthesised(Map<String, EnvironmentSettings> settings, Map<String, Map<String, JsonNode>> templates) {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path REPOSITORY = Path.of("../..");

    /** One resource and the name of the stack it is in. */
    record Resource(String stack, String id, JsonNode json) {
        String type() {
            return json.path("Type").asText();
        }

        JsonNode properties() {
            return json.path("Properties");
        }

        @Override
        public String toString() {
            return stack + "/" + id;
        }
    }

    static Synthesised all() {
        return Made.ALL;
    }

    /** One environment, with a setting of its own. */
    static Synthesised with(String environment, String key, Object value) {
        Map<String, Object> context = context();
        Map<?, ?> environments = (Map<?, ?>) present(context.get("environments"), environment);
        Map<String, Object> changed = JSON.convertValue(
                present(environments.get(environment), environment),
                new TypeReference<LinkedHashMap<String, Object>>() {});
        changed.put(key, value);
        context.put("environments", Map.of(environment, changed));
        return Made.make(context, environment, Path.of("target/cdk.out-" + key).toAbsolutePath());
    }

    EnvironmentSettings of(String environment) {
        return present(settings.get(environment), environment);
    }

    /** By stack: Network, Services, Healer, Observability, Chaos. */
    Map<String, JsonNode> stacks(String environment) {
        return present(templates.get(environment), environment);
    }

    List<Resource> resources(String environment, String type) {
        List<Resource> found = new ArrayList<>();
        stacks(environment).forEach((stack, template) -> template.path("Resources")
                .properties()
                .forEach(one -> {
                    if (one.getValue().path("Type").asText().equals(type)) {
                        found.add(new Resource(stack, one.getKey(), one.getValue()));
                    }
                }));
        return found;
    }

    List<Resource> resources(String environment) {
        List<Resource> found = new ArrayList<>();
        stacks(environment).forEach((stack, template) -> template.path("Resources")
                .properties()
                .forEach(one -> found.add(new Resource(stack, one.getKey(), one.getValue()))));
        return found;
    }

    /** What is in {@code cdk.json}: without its flags the templates would be others. */
    static Map<String, Object> context() {
        try {
            Map<String, Object> context = JSON.convertValue(
                    JSON.readTree(Path.of("cdk.json").toFile()).path("context"),
                    new TypeReference<LinkedHashMap<String, Object>>() {});
            context.put("programs", placeholders().toString());
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with files in the place of what the whole build would make: only their contents' hashes are in a template. */
    private static Path placeholders() throws IOException {
        Path folder = Path.of("target/placeholders").toAbsolutePath();
        for (String file : List.of(
                "healer-lambda/lambda/target/healer-lambda.zip",
                "images/target/user.tar",
                "images/target/product.tar",
                "images/target/order.tar",
                "images/target/healer.tar")) {
            Path placeholder = folder.resolve(file);
            Files.createDirectories(placeholder.getParent());
            Files.writeString(placeholder, "a placeholder of " + file);
        }
        return folder;
    }

    private static <T> T present(@Nullable T value, String environment) {
        if (value == null) {
            throw new IllegalArgumentException("there is no environment " + environment);
        }
        return value;
    }

    private static final class Made {
        static final Synthesised ALL = make();

        private static Synthesised make() {
            return make(context(), null, Path.of("target/cdk.out").toAbsolutePath());
        }

        private static Synthesised make(Map<String, Object> context, @Nullable String only, Path output) {
            App app = new App(AppProps.builder()
                    .context(context)
                    .outdir(output.toString())
                    .build());
            Programs programs = Programs.of(context.get("programs"), REPOSITORY);
            Map<String, EnvironmentSettings> settings = new LinkedHashMap<>();
            Map<String, Map<String, JsonNode>> templates = new LinkedHashMap<>();
            for (EnvironmentSettings one : Environments.read(context.get("environments"), only)) {
                new EnvironmentStage(app, one, programs);
                settings.put(one.name(), one);
            }
            app.synth();
            settings.keySet().forEach(name -> templates.put(name, read(output.resolve("assembly-" + name), name)));
            return new Synthesised(settings, templates);
        }

        private static Map<String, JsonNode> read(Path folder, String environment) {
            Map<String, JsonNode> stacks = new TreeMap<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".template.json"))
                        .toList()) {
                    String name = file.getFileName()
                            .toString()
                            .replaceFirst("^" + environment, "")
                            .replaceFirst("[0-9A-F]{8}\\.template\\.json$", "");
                    stacks.put(name, JSON.readTree(file.toFile()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return stacks;
        }
    }
}
