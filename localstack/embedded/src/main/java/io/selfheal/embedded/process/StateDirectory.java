package io.selfheal.embedded.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** The endpoint's folder: its lock, one folder for each task, and the target file. Held by one endpoint at a time. */
public final class StateDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private StateDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder.
     *
     * @throws HeldException if another endpoint lives in it
     */
    public static StateDirectory open(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        Files.createDirectories(root.resolve("tasks"));
        Files.createDirectories(root.resolve("targets"));
        FileChannel channel =
                FileChannel.open(root.resolve("endpoint.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new HeldException(root, pid(root));
        }
        Files.writeString(
                root.resolve("endpoint.pid"),
                Long.toString(ProcessHandle.current().pid()));
        return new StateDirectory(root, channel, lock);
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM.
            return null;
        }
    }

    private static String pid(Path root) {
        try {
            return Files.readString(root.resolve("endpoint.pid")).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }

    public Path root() {
        return root;
    }

    /** The task's folder, made if need be. */
    public Path task(String id) throws IOException {
        return Files.createDirectories(root.resolve("tasks").resolve(id));
    }

    public void forget(String task) throws IOException {
        Path folder = root.resolve("tasks").resolve(task);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Forgets the folders of tasks of earlier runs in which nothing has changed since then. */
    public void forgetOlderThan(Instant time) throws IOException {
        try (Stream<Path> tasks = Files.list(root.resolve("tasks"))) {
            for (Path task : tasks.toList()) {
                if (Files.getLastModifiedTime(task).toInstant().isBefore(time)) {
                    forget(task.getFileName().toString());
                }
            }
        }
    }

    /** Readers see the old or the new content, never a part. */
    public void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(root.resolve("endpoint.pid"));
        lock.release();
        channel.close();
    }

    /** Another endpoint holds the folder. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1;

        HeldException(Path root, String pid) {
            super(
                    "The state directory %s is held by the endpoint with pid %s: stop that one, or give another --state-dir."
                            .formatted(root, pid));
        }
    }
}
