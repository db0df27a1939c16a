package io.selfheal.demo.build;

import io.selfheal.demo.stage.Program;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is missing of the build, or has changed since. The build leaves a stamp behind when everything is packaged and the AOT
 * caches are made, with the time at which it began.
 */
public final class Freshness {

    /** Where the demo's programs come from. */
    private static final List<String> SOURCES =
            List.of("services", "healer-lambda", "localstack", "observability", "stage");
    /** For these the stage alone is enough, which is there since it asks. */
    private static final Set<String> NEED_NOTHING = Set.of("--help", "-h", "--version", "-V", "faults", "doctor");

    private final Path root;

    Freshness(Path root) {
        this.root = root;
    }

    /** Ends with 0 where what the arguments ask of the demo can start at once, else with 1 and the reason. */
    public static void main(String[] arguments) throws IOException {
        if (Arrays.stream(arguments).anyMatch(NEED_NOTHING::contains)) {
            return;
        }
        Optional<String> stale = new Freshness(Path.of(System.getProperty("selfheal.root", "."))).stale();
        if (stale.isPresent()) {
            System.err.println(stale.get());
            System.exit(1);
        }
    }

    /** Why a build is needed; empty where none is. */
    Optional<String> stale() throws IOException {
        Path stamp = root.resolve("stage/target/built");
        if (!Files.exists(stamp)) {
            return Optional.of("No build has been finished yet.");
        }
        Optional<String> missing = Arrays.stream(Program.values())
                .filter(program -> !complete(program))
                .map(program -> program.artifact() + " is not built.")
                .findFirst();
        return missing.isPresent()
                ? missing
                : changedSince(Files.getLastModifiedTime(stamp)).map(file -> root.relativize(file) + " has changed.");
    }

    private boolean complete(Program program) {
        // Trained and no cache: training was tried and failed; it is tried again when something is built again.
        Path trained = program.cache(root).resolveSibling(program.artifact() + ".aot.trained");
        return Files.exists(program.jar(root)) && (Files.exists(program.cache(root)) || Files.exists(trained));
    }

    private Optional<Path> changedSince(FileTime time) throws IOException {
        List<Path> changed = new ArrayList<>();
        SimpleFileVisitor<Path> look = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                return name.equals("target") || name.equals("test")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isSource(file) && attributes.lastModifiedTime().compareTo(time) > 0) {
                    changed.add(file);
                    return FileVisitResult.TERMINATE;
                }
                return FileVisitResult.CONTINUE;
            }
        };
        Files.walkFileTree(root.resolve("pom.xml"), look);
        for (String folder : SOURCES) {
            if (changed.isEmpty() && Files.isDirectory(root.resolve(folder))) {
                Files.walkFileTree(root.resolve(folder), look);
            }
        }
        return changed.stream().findFirst();
    }

    private boolean isSource(Path file) {
        String path = root.relativize(file).toString().replace('\\', '/');
        return path.endsWith("pom.xml") || path.contains("/src/main/");
    }
}
