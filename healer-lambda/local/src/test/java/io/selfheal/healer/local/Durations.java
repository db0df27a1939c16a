package io.selfheal.healer.local;

import java.time.Duration;

/** How long something took: for bounds far from what is expected, not for speed. */
final class Durations {

    private Durations() {}

    static Duration of(Runnable work) {
        long start = System.nanoTime();
        work.run();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (Boolean.getBoolean("print.durations")) {
            System.out.println("took " + took.toMillis() + " ms");
        }
        return took;
    }
}
