package io.selfheal.infra.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is deployed, as the build leaves it behind.
 *
 * @param repository the repository's root, out of which policies, collector configurations and catalogues are read
 * @param built where the programs are looked for: the repository, or a folder with the same files below it
 */
public record Programs(Path repository, Path built) {

    /**
     * Where programs and sources are.
     *
     * @param folder the context's value {@code programs}; null: the repository itself
     */
    public static Programs of(@Nullable Object folder, Path repository) {
        return new Programs(repository, folder == null ? repository : Path.of(folder.toString()));
    }

    public String lambda() {
        return existing(built.resolve("healer-lambda/lambda/target/healer-lambda.zip"), "./mvnw -DskipTests package");
    }

    /**
     * Where programs and sources are.
     *
     * @param image user, product, order or healer
     */
    public String image(String image) {
        return existing(
                built.resolve("images/target/" + image + ".tar"),
                "images/base/build and ./mvnw -Pimages -DskipTests package");
    }

    /** The collector's configuration, in the parts that it merges. */
    public List<String> collector(boolean spans) {
        Path own = repository.resolve("observability/otel-collector");
        Stream<String> files = Stream.of("base.yaml", "backend-aws.yaml", "sidecar.yaml");
        return Stream.concat(files, spans ? Stream.empty() : Stream.of("backend-aws-xray.yaml"))
                .map(file -> text(own.resolve(file)))
                .toList();
    }

    /** The alarms of the service level objectives; empty where they have not been generated. */
    public Optional<String> sloAlarms() {
        return textOf("observability/slo/cloudwatch-alarms.json");
    }

    /** The catalogue of what can be broken on purpose; empty where there is none. */
    public Optional<String> chaosCatalogue() {
        return textOf("chaos/catalogue.yaml");
    }

    private Optional<String> textOf(String path) {
        Path file = repository.resolve(path);
        return Files.isRegularFile(file) ? Optional.of(text(file)) : Optional.empty();
    }

    /** A file of the repository that there has to be. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadConfigurationException("programs", "cannot read " + file.normalize() + ": " + e.getMessage());
        }
    }

    private static String existing(Path file, String how) {
        if (!Files.isRegularFile(file)) {
            throw new BadConfigurationException(
                    "programs", "there is no " + file.normalize() + "; make it with " + how + " in the repository");
        }
        return file.toString();
    }
}
