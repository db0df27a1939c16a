package io.selfheal.healer.aws;

import io.selfheal.healer.testkit.MutableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Time that stands still as long as any virtual thread has something to do, and leaps to the next moment for which one waits.
 * Whatever the load of the machine, no time passes over work; all work has to be done by virtual threads.
 */
final class VirtualTicks implements EcsPace.Ticks {
    /** One may be on its way from what it waited for to the scheduler. */
    private static final int QUIET_LOOKS = 3;

    static {
        // One virtual thread runs at a time, each until it waits: who comes first is not up to the machine.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
    }

    private record Sleeper(Instant until, long ordinal, CountDownLatch wakes) implements Comparable<Sleeper> {
        @Override
        public int compareTo(Sleeper other) {
            int first = until.compareTo(other.until);
            return first != 0 ? first : Long.compare(ordinal, other.ordinal);
        }
    }

    private final MutableClock clock;
    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
    private long ordinals;

    VirtualTicks(MutableClock clock) {
        this.clock = clock;
        if (scheduler.getParallelism() != 1) {
            throw new IllegalStateException("run it in a process of its own: virtual threads were started before");
        }
    }

    @Override
    public long nanos() {
        return Duration.between(MutableClock.START, clock.instant()).toNanos();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        CountDownLatch wakes = new CountDownLatch(1);
        synchronized (sleepers) {
            sleepers.add(new Sleeper(clock.instant().plus(time), ordinals++, wakes));
        }
        wakes.await();
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

    /** Until every virtual thread waits for something. */
    private void settle() throws InterruptedException {
        for (int quiet = 0; quiet < QUIET_LOOKS; quiet = busy() ? 0 : quiet + 1) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private boolean busy() {
        return scheduler.getMountedVirtualThreadCount() > 0 || scheduler.getQueuedVirtualThreadCount() > 0;
    }
}
