package io.selfheal.healer.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.testkit.MutableClock;
import io.selfheal.healer.testkit.SimulatedFleet.Applied;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * A thousand services with one sick task each, told at once, with all limits wide open, in virtual time: how long it takes
 * until each was restarted where each call costs what it costs at ECS, and how often ECS says no. The adapter is the one of
 * production, down to the SDK; only HTTP ends in the process. Not part of a build: {@code -Dtest=ThousandSickTasksBench}.
 */
class ThousandSickTasksBench {
    private static final int SERVICES = 1000;
    private static final Duration GOAL = Duration.ofSeconds(24);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final String POLICIES = """
            version: 1
            name: wide-open
            storm: {services: 1000000, window: PT1S, hold: PT1S}
            flap: {flips: 1000, window: PT1M, quarantine: PT1M}
            policies:
              - name: sick-task
                match: ['service_name=~".+"']
                ladder: [restart-task, escalate]
                mode: act
                warmUp: PT1S
                cooldown: PT1S
                budgets: [{scope: global, limit: 1000000, window: PT1H}]
                healthyFloor: {percent: 50}
                strikes: {limit: 1000, window: PT1H, quarantine: PT1H}
                verification: {stabilisation: PT2S, deadline: PT5M}
                lease: PT30S
            """;

    private final World world = new World();
    private final VirtualTicks time = new VirtualTicks(world.clock);
    private final PacedEcs ecs = new PacedEcs(world.fleet, () -> time.nanos() / 1_000_000);

    @Test
    @SuppressWarnings("SystemOut") // A figure for a person to read.
    void measure() throws InterruptedException {
        EcsSettings settings = EcsSettings.ofCluster("selfheal")
                .at(URI.create("http://ecs.invalid"), "us-east-1")
                // Real time, which is not what is measured.
                .within(Duration.ofMinutes(1), Duration.ofMinutes(5));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                EcsFleet fleet = new EcsFleet(settings, world.clock, ecs, time)) {
            HealerBench healer = world.healer(world.parts()
                    .withPolicies(POLICIES)
                    .withFleet(fleet)
                    .withExecutor(threads)
                    .withSettings(
                            new Settings(Settings.DEFAULT.rules(), Duration.ZERO, Settings.DEFAULT.freshEnough(), true))
                    .withoutWatch());
            healer.remediator().accept(signals());
            Instant end = MutableClock.START.plus(LONGEST);
            while (world.actions().size() < SERVICES && world.clock.instant().isBefore(end)) {
                time.until(world.clock.instant().plus(BEAT));
                healer.remediator().tick();
            }
            report(healer);
            // Nobody lets time pass for them any more.
            threads.shutdownNow();
        }
    }

    private List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            ServiceId service = world.fleet.service("s" + i, 4);
            signals.add(Fixtures.firing(Fixtures.alert(
                    "ErrorBurst",
                    service,
                    Optional.of(world.fleet.tasksOf(service).getFirst()),
                    world.clock.instant())));
        }
        return signals;
    }

    @SuppressWarnings("SystemOut")
    private void report(HealerBench healer) {
        List<Applied> applied = world.fleet.applied();
        Duration last = Duration.between(MutableClock.START, applied.getLast().at());
        System.out.printf(
                "ECS's buckets: %d of %d sick tasks restarted, the last after %.2f virtual s; calls %s, %d throttled%n",
                applied.size(), SERVICES, last.toMillis() / 1000.0, ecs.calls(), ecs.throttled());
        assertThat(healer.troubles()).isEmpty();
        assertThat(ecs.throttled()).isZero();
        assertThat(applied.stream().map(Applied::action))
                .doesNotHaveDuplicates()
                .allMatch(RestartTask.class::isInstance);
        assertThat(applied).hasSize(SERVICES);
        assertThat(last).isLessThanOrEqualTo(GOAL);
    }
}
