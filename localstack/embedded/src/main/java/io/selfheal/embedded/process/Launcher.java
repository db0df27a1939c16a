package io.selfheal.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts processes that die with this JVM. */
public interface Launcher {
    /**
     * Starts a program.
     *
     * @throws IOException saying why it cannot be started, in the words of a container engine
     */
    Running start(ProcessSpec spec) throws IOException;

    /** The guarded launcher where there is a POSIX shell, else the plain one. */
    static Launcher forThisMachine(Path folder) throws IOException {
        Path shell = Path.of("/bin/sh");
        return Files.isExecutable(shell) ? new GuardedLauncher(shell, folder) : new PlainLauncher();
    }
}
