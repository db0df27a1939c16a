package io.selfheal.healer.server.wiring;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Keeps all beats going. Begins with {@link #start()}, only once the process holds its port, so that a second healer started
 * by mistake never acts.
 */
public final class Heartbeat implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon(true).factory());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Beat> beats;

    Heartbeat(List<Beat> beats) {
        this.beats = List.copyOf(beats);
    }

    public void start() {
        beats.forEach(beat -> new Rhythm(beat.name(), beat.work(), workers).start(clock, beat.every()));
    }

    /** No new beat; what runs is finished. */
    @Override
    public void close() {
        clock.shutdownNow();
        workers.close();
    }
}
