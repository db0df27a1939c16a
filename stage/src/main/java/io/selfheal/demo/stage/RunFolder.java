package io.selfheal.demo.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The stage's own folder, empty at the start, and held by one stage at a time. */
final class RunFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private RunFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the folder and empties it; refuses while another stage holds it. */
    static RunFolder take(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StageFailed("Another ./demo is running on these ports (it holds " + path
                        + "): stop it, or start this one with --port-offset 1000.");
            }
            RunFolder folder = new RunFolder(path, channel);
            folder.empty();
            return folder;
        } catch (IOException e) {
            throw new StageFailed("The folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    /** A log file in it. */
    Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StageFailed("The folder " + path + " cannot be released: " + e.getMessage(), e);
        }
    }

    private void empty() throws IOException {
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> old = inside.filter(file -> !file.equals(path) && !file.endsWith("lock"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : old) {
                Files.delete(file);
            }
        }
        Files.createDirectories(path.resolve("logs"));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
