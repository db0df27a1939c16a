package io.selfheal.healer.aws;

import io.selfheal.healer.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Time that stands still as long as anybody works, and leaps to the next moment for which somebody waits. Who
 * works says so.
 */
final class VirtualTicks implements EcsPace.Ticks {
    /** Real time: what it takes to wake up. Were the machine slower, time would leap too early: the result is the worse. */
    private static final long QUIET_MILLIS = 25;
    /** Somebody works, it seems, and waits for somebody who waits for time to pass. */
    private static final long STUCK_MILLIS = 250;

    private record Sleeper(Instant until, CountDownLatch wakes) implements Comparable<Sleeper> {
        @Override
        public int compareTo(Sleeper other) {
            return until.compareTo(other.until);
        }
    }

    private final MutableClock clock;
    private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
    private final AtomicInteger working = new AtomicInteger();
    private volatile long heardOf = System.nanoTime();

    VirtualTicks(MutableClock clock) {
        this.clock = clock;
    }

    void begins() {
        working.incrementAndGet();
        heard();
    }

    void ends() {
        heard();
        working.decrementAndGet();
    }

    private void heard() {
        heardOf = System.nanoTime();
    }

    @Override
    public long nanos() {
        heard();
        return Duration.between(MutableClock.START, clock.instant()).toNanos();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        Sleeper sleeper = new Sleeper(clock.instant().plus(time), new CountDownLatch(1));
        synchronized (sleepers) {
            sleepers.add(sleeper);
        }
        heard();
        sleeper.wakes().await();
        heard();
    }

    /** Lets time pass until then. */
    void until(Instant end) throws InterruptedException {
        while (true) {
            settle();
            Sleeper next;
            synchronized (sleepers) {
                next = sleepers.peek();
                if (next == null || next.until().isAfter(end)) {
                    clock.advance(Duration.between(clock.instant(), end));
                    return;
                }
                sleepers.remove();
            }
            if (next.until().isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), next.until()));
            }
            next.wakes().countDown();
        }
    }

    private void settle() throws InterruptedException {
        long quiet = 0;
        while (quiet < (working.get() > 0 ? STUCK_MILLIS : QUIET_MILLIS)) {
            Thread.sleep(1);
            quiet = (System.nanoTime() - heardOf) / 1_000_000;
        }
    }
}
