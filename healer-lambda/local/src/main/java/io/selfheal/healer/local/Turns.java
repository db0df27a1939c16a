package io.selfheal.healer.local;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets in as many at a time as there are connections, and no more than half as many of those who are in no hurry: a sender
 * that waits for its answer, or a claim, never stands behind all the looks at what is healing. A storm of saves is worth
 * waiting for while the database works; once it gave one caller no answer, whoever was waiting then is told at once: not each
 * after a timeout of its own.
 */
final class Turns {
    private final Semaphore free;
    private final Semaphore freeForOthers;
    private final Duration patience;
    private final AtomicLong troubleAt = new AtomicLong(System.nanoTime());

    interface Turn<T> {
        T take() throws SQLException;
    }

    Turns(int atATime, Duration patience) {
        this.free = new Semaphore(atATime, true);
        this.freeForOthers = new Semaphore(Math.max(1, atATime / 2), true);
        this.patience = patience;
    }

    /** For what somebody waits for. */
    <T> T hurried(Turn<T> turn) throws SQLException {
        return in(System.nanoTime(), turn);
    }

    <T> T unhurried(Turn<T> turn) throws SQLException {
        long came = System.nanoTime();
        await(freeForOthers);
        try {
            return in(came, turn);
        } finally {
            freeForOthers.release();
        }
    }

    private <T> T in(long came, Turn<T> turn) throws SQLException {
        await(free);
        try {
            if (troubleAt.get() - came > 0) {
                throw new SQLTransientConnectionException("it gave no answer to another request at this moment");
            }
            return turn.take();
        } catch (SQLException failed) {
            if (SqlFailure.unavailable(failed)) {
                troubleAt.set(System.nanoTime());
            }
            throw failed;
        } finally {
            free.release();
        }
    }

    private void await(Semaphore permits) throws SQLException {
        try {
            // At first without waiting, since waiting would mind an interrupt: a save that can be made is made.
            if (!permits.tryAcquire() && !permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("too many requests are waiting for it");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for it", stopped);
        }
    }
}
