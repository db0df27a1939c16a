package io.selfheal.architecture.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of the working copy, without what a build makes. */
final class Repository {
    private static final Set<String> BUILT = Set.of("target", "node_modules", ".git", "cdk.out");

    private final Path root;
    private final List<Path> files;

    private Repository(Path root, List<Path> files) {
        this.root = root;
        this.files = files;
    }

    /** That which the tests run in. */
    static Repository here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        Path.of("").toAbsolutePath() + " is in no working copy: no .mvn above it");
            }
            folder = parent;
        }
        return at(folder);
    }

    static Repository at(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return BUILT.contains(String.valueOf(folder.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Repository(root, List.copyOf(files));
    }

    Path root() {
        return root;
    }

    List<Page> pages() {
        return files.stream()
                .filter(named(name -> name.endsWith(".md")))
                .sorted()
                .map(Page::read)
                .toList();
    }

    /** The files that have such a name. */
    List<Path> files(Predicate<String> name) {
        return files.stream().filter(named(name)).toList();
    }

    private static Predicate<Path> named(Predicate<String> name) {
        return file -> name.test(String.valueOf(file.getFileName()));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
