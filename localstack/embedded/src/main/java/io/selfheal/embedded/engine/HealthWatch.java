package io.selfheal.embedded.engine;

import io.selfheal.embedded.process.Launcher;
import io.selfheal.embedded.process.Probe;
import io.selfheal.embedded.process.ProcessSpec;
import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.Health;
import io.selfheal.embedded.state.HealthCheck;
import io.selfheal.embedded.state.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Probes one container until it ends. */
final class HealthWatch {
    private final Launcher launcher;
    private final Monitor monitor;
    private final TaskListener listener;
    private final InstantSource clock;

    HealthWatch(Launcher launcher, Monitor monitor, TaskListener listener, InstantSource clock) {
        this.launcher = launcher;
        this.monitor = monitor;
        this.listener = listener;
        this.clock = clock;
    }

    void watch(Task task, Container container, HealthCheck check, ProcessSpec spec, Live live) {
        HealthTracker tracker = new HealthTracker(check);
        Probe probe = new Probe(launcher);
        Instant start = clock.instant();
        try {
            while (!live.endsWithin(tracker.pause(Duration.between(start, clock.instant())))) {
                boolean success = probe.succeeds(spec, check.timeout());
                Health health = tracker.next(success, Duration.between(start, clock.instant()));
                monitor.run(() -> report(task, container, health));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Task task, Container container, Health health) {
        if (container.health() == health || container.stopped()) {
            return;
        }
        container.health(health);
        task.touched();
        if (task.health() == Health.HEALTHY) {
            listener.healthy(task);
        }
        listener.changed(task);
    }
}
