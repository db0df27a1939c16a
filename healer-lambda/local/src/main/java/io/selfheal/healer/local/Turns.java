package io.selfheal.healer.local;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets in as many at a time as there are connections. A storm of saves is worth waiting for while the database works; once
 * it gave one caller no answer, whoever was waiting then is told at once: not each after a timeout of its own.
 */
final class Turns {
    private final Semaphore free;
    private final Duration patience;
    private final AtomicLong troubleAt = new AtomicLong(System.nanoTime());

    interface Turn<T> {
        T take() throws SQLException;
    }

    Turns(int atATime, Duration patience) {
        this.free = new Semaphore(atATime, true);
        this.patience = patience;
    }

    <T> T take(Turn<T> turn) throws SQLException {
        long came = System.nanoTime();
        await();
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

    private void await() throws SQLException {
        try {
            // At first without waiting, since waiting would mind an interrupt: a save that can be made is made.
            if (!free.tryAcquire() && !free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("too many requests are waiting for it");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for it", stopped);
        }
    }
}
