package io.selfheal.embedded.process;

/** A started process. */
public interface Running {
    /** The program's own pid, not that of a wrapper. */
    long pid();

    /** Asks it to end (SIGTERM). */
    void terminate();

    /** Ends it and everything that it has started (SIGKILL). */
    void kill();

    /** Waits for its end and gives its exit code, 128 + n when signal n ended it. */
    int await() throws InterruptedException;
}
