package io.selfheal.demo.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What an AOT cache depends on: the JVM, its flags, and size and time of every jar. The JVM compares the same. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Path jar, List<String> command) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version")).append('\n');
        text.append(command).append('\n');
        for (Path file : files(jar)) {
            text.append("%s %d %s%n".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
        }
        return sha256(text.toString());
    }

    private static List<Path> files(Path jar) throws IOException {
        Path folder = jar.resolveSibling("lib");
        if (!Files.isDirectory(folder)) {
            return List.of(jar);
        }
        try (Stream<Path> libraries = Files.list(folder)) {
            return Stream.concat(Stream.of(jar), libraries.sorted()).toList();
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
