package io.selfheal.architecture.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Something that is shipped: a jar, the jars beside it, and its SBOM. Built by {@code ./mvnw -Psbom package}. */
record Program(String module, String name) {
    static final List<Program> ALL = List.of(
            new Program("services/user", "shop-user"),
            new Program("services/product", "shop-product"),
            new Program("services/order", "shop-order"),
            new Program("healer-lambda/server", "healer-server"),
            new Program("healer-lambda/lambda", "healer-lambda"),
            new Program("localstack/embedded", "embedded-ecs"));

    private Path target() {
        return root().resolve(module).resolve("target");
    }

    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    /** An SBOM of an earlier build says nothing about this one. */
    boolean isBuilt() {
        Path jar = target().resolve(name + ".jar");
        return Files.isRegularFile(sbomFile())
                && Files.isDirectory(target().resolve("lib"))
                && (!Files.exists(jar)
                        || sbomFile().toFile().lastModified() >= jar.toFile().lastModified());
    }

    Path sbomFile() {
        return target().resolve(name + ".cdx.json");
    }

    Sbom sbom() {
        return Sbom.read(sbomFile());
    }

    /** Of each jar in lib the file name, by its SHA-256. */
    Map<String, String> libraries() {
        Map<String, String> libraries = new TreeMap<>();
        try (Stream<Path> files = Files.list(target().resolve("lib"))) {
            for (Path file : files.toList()) {
                libraries.put(sha256(Files.readAllBytes(file)), String.valueOf(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return libraries;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
