package io.selfheal.embedded.engine;

import io.selfheal.embedded.process.StateDirectory;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Forgets tasks that stopped long ago and keeps logs from filling the disk. */
final class Housekeeping {
    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
    /** A log that has grown beyond is emptied: a task that floods its log must not fill the disk. */
    private static final long MAX_LOG_BYTES = 64L << 20;

    private final StateDirectory directory;
    private final Duration keepStopped;

    Housekeeping(StateDirectory directory, Duration keepStopped) {
        this.directory = directory;
        this.keepStopped = keepStopped;
    }

    void forgetStopped(World world, Instant now) {
        for (Cluster cluster : world.clusters()) {
            cluster.tasks().stream().filter(t -> old(t, now)).forEach(task -> {
                cluster.remove(task);
                try {
                    directory.forget(task.id());
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "cannot remove the folder of task {0}: {1}", task.id(), e.getMessage());
                }
            });
        }
    }

    private boolean old(Task task, Instant now) {
        return task.stoppedAt().filter(at -> at.plus(keepStopped).isBefore(now)).isPresent();
    }

    void trimLogs() {
        try (Stream<Path> files = Files.find(
                directory.root().resolve("tasks"),
                2,
                (path, attributes) -> attributes.isRegularFile()
                        && attributes.size() > MAX_LOG_BYTES
                        && path.toString().endsWith(".log"))) {
            for (Path log : files.toList()) {
                try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                    LOG.log(Level.WARNING, "{0} grew beyond {1} bytes and was emptied", log, MAX_LOG_BYTES);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "looking at logs: {0}", e.getMessage());
        }
    }
}
