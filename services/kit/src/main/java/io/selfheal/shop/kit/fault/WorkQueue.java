package io.selfheal.shop.kit.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A workshop of a few places, each of which takes one piece of work at a time, first come, first served. What has been taken on is
 * done, whether or not somebody still waits for it: that is the waste which keeps an overloaded service overloaded.
 */
final class WorkQueue {

    private final long[] freeAt;
    private final long workNanos;
    private final long longestWaitNanos;

    WorkQueue(int places, Duration work, Duration longestWait, long now) {
        this.freeAt = new long[places];
        this.workNanos = work.toNanos();
        this.longestWaitNanos = longestWait.toNanos();
        Arrays.fill(freeAt, now);
    }

    /** Takes a piece of work on and says for how long it will be there; empty when it would have to wait for too long. */
    synchronized OptionalLong takeOn(long now) {
        int next = 0;
        for (int i = 1; i < freeAt.length; i++) {
            next = freeAt[i] - freeAt[next] < 0 ? i : next;
        }
        long wait = Math.max(0, freeAt[next] - now);
        if (wait > longestWaitNanos) {
            return OptionalLong.empty();
        }
        freeAt[next] = now + wait + workNanos;
        return OptionalLong.of(wait + workNanos);
    }
}
