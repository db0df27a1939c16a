package io.selfheal.healer.local;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes H2's commits durable: H2 writes them up to half a second later, which kill -9 would lose. Commits that come while one
 * checkpoint is being written share the next one, so a thousand saves at once do not wait for a thousand checkpoints.
 */
final class Checkpoints implements AutoCloseable {
    private final Write write;
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();
    private long durable;

    /** Writes everything that was committed before it began. */
    interface Write extends AutoCloseable {
        void run() throws SQLException;

        @Override
        default void close() {}
    }

    Checkpoints(Write write) {
        this.write = write;
    }

    /** Called after a commit, whose durability somebody else sees to. Returns how many there were with it. */
    long committed() {
        return committed.incrementAndGet();
    }

    /** Called after a read: it may have seen so many commits. */
    long soFar() {
        return committed.get();
    }

    /** Called after a commit; returns when that commit would survive. */
    void makeDurable() throws SQLException {
        makeDurable(committed.incrementAndGet());
    }

    /** Returns when so many commits would survive, also where an earlier attempt failed. */
    void makeDurable(long upTo) throws SQLException {
        writing.lock();
        try {
            if (durable < upTo) {
                long covered = committed.get();
                write.run();
                durable = covered;
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        write.close();
    }
}
