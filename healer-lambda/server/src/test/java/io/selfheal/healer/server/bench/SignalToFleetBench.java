package io.selfheal.healer.server.bench;

import io.selfheal.healer.control.Silences;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.engine.Ports;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.local.JdbcDatabase;
import io.selfheal.healer.local.JdbcIncidentStore;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.local.JdbcStorms;
import io.selfheal.healer.local.JdbcSwitches;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import io.selfheal.healer.watch.FleetView;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * From a webhook's bytes to the call of the fleet, in one process: intake, H2 store in a file, decision, claim; only the fleet
 * is simulated. Each of 200 webhooks a second leads to an action, and its time counts from when it was meant to be sent, so
 * that one that had to wait for another is counted as slow. See the README of this module for the command.
 */
public final class SignalToFleetBench implements AutoCloseable {

    private static final int PER_SECOND = 200;
    private static final int WARM_UP_SECONDS = 30;
    private static final int SECONDS = 60;
    // Each is healed and forgotten before its turn comes again.
    private static final int SERVICES = 2000;
    // Looks more often than in production, so that no more incidents are open at a time than these services can have.
    private static final Settings SETTINGS =
            new Settings(Rules.DEFAULT, Settings.DEFAULT.quickFacts(), Duration.ofMillis(200), true);
    private static final String POLICY = """
            version: 1
            name: bench
            storm: {services: 10, window: PT0.001S, hold: PT0.001S}
            flap: {flips: 1000, window: PT1S, quarantine: PT1S}
            policies:
              - name: sick-task
                match: ['service_name=~".+"']
                ladder: [restart-task, escalate]
                mode: act
                warmUp: PT0.001S
                cooldown: PT0.01S
                budgets: [{scope: service, limit: 1000, window: PT1S}]
                healthyFloor: {percent: 50}
                strikes: {limit: 1000, window: PT1S, quarantine: PT1S}
                verification: {stabilisation: PT0.2S, deadline: PT30S}
                lease: PT15S
            """;

    private final SimulatedFleet fleet = new SimulatedFleet(Clock.systemUTC());
    private final List<ServiceId> services = new ArrayList<>();
    private final Map<TaskId, Long> meantAt = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();
    private final LongAdder healed = new LongAdder();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final JdbcDatabase database;
    private final JdbcIncidentStore store;
    private final Remediator remediator;
    private final Intake intake = new Intake("selfheal", Clock.systemUTC());

    private SignalToFleetBench(Path folder) {
        database = JdbcDatabase.open(JdbcSettings.h2File(folder.resolve("healer")));
        store = new JdbcIncidentStore(database);
        fleet.startTime(Duration.ofMillis(100));
        for (int i = 0; i < SERVICES; i++) {
            services.add(fleet.service("s" + i, 4));
        }
        Ports ports = new Ports(
                store,
                store,
                new Stopwatch(),
                fleet,
                new JdbcSwitches(database),
                Silences.NONE,
                new JdbcStorms(database));
        LongAdder ids = new LongAdder();
        Host host = new Host(
                Clock.systemUTC(),
                workers,
                () -> {
                    ids.increment();
                    return IncidentId.of(Clock.systemUTC().instant(), ids.sum());
                },
                new Ears());
        remediator = new Remediator(
                ports, new FleetView(Duration.ofSeconds(5)), PolicyFile.parse("bench.yaml", POLICY), SETTINGS, host);
    }

    private final class Stopwatch implements Fleet {
        @Override
        public Fact<List<ServiceId>> services() {
            return fleet.services();
        }

        @Override
        public Fact<ServiceState> describe(ServiceId service) {
            return fleet.describe(service);
        }

        @Override
        public Outcome apply(Action action, String key) {
            long now = System.nanoTime();
            action.victim().map(meantAt::get).ifPresent(meant -> times.add(Duration.ofNanos(now - meant)));
            return fleet.apply(action, key);
        }
    }

    private final class Ears implements HistoryListener {
        @Override
        public void onHistory(Incident incident, List<HistoryEntry> entries) {
            if (incident.state().over()) {
                healed.increment();
            }
            entries.forEach(entry -> told.computeIfAbsent(entry.event() + " " + entry.reason(), _ -> new LongAdder())
                    .increment());
        }

        @Override
        public void onTrouble(String doing, RuntimeException failure) {
            troubles.add(doing + ": " + failure);
        }
    }

    public static void main(String[] args) throws Exception {
        int perSecond = args.length == 0 ? PER_SECOND : Integer.parseInt(args[0]);
        int seconds = args.length < 2 ? SECONDS : Integer.parseInt(args[1]);
        try (SignalToFleetBench bench = new SignalToFleetBench(Files.createTempDirectory("healer-bench"))) {
            var unused = bench.ticks.scheduleAtFixedRate(bench.remediator::tick, 500, 500, TimeUnit.MILLISECONDS);
            bench.send(Math.min(WARM_UP_SECONDS, seconds), perSecond);
            bench.times.clear();
            bench.told.clear();
            long writes = bench.store.writes();
            long healed = bench.healed.sum();
            Duration cpu = cpu();
            bench.send(seconds, perSecond);
            bench.report(
                    perSecond, seconds, bench.store.writes() - writes, bench.healed.sum() - healed, cpu().minus(cpu));
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** At a steady pace, whatever becomes of those before. */
    private void send(int seconds, int perSecond) {
        long begun = System.nanoTime();
        for (int i = 0; i < seconds * perSecond; i++) {
            long meant = begun + i * (1_000_000_000L / perSecond);
            for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            ServiceId service = services.get(i % SERVICES);
            TaskId victim = fleet.tasksOf(service).getFirst();
            meantAt.put(victim, meant);
            byte[] body = Webhooks.firing(service.service(), victim.arn()).getBytes(StandardCharsets.UTF_8);
            workers.execute(() -> take(body));
        }
        // The last of them are still under way.
        LockSupport.parkNanos(2_000_000_000L);
    }

    private void take(byte[] body) {
        try {
            switch (intake.parse(body)) {
                case Parsed.Accepted accepted -> remediator.accept(accepted.signals());
                case Parsed.Refused(String why) -> troubles.add(why);
            }
        } catch (RuntimeException failed) {
            troubles.add(failed.toString());
        }
    }

    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    private void report(int perSecond, int seconds, long writes, long incidents, Duration cpu) {
        List<Duration> sorted = times.stream().sorted().toList();
        System.out.printf(
                "webhook's bytes -> fleet call, in process, H2 file, simulated fleet, %d/s open loop: n=%,d of %,d sent"
                        + " p50=%.1f ms p95=%.1f ms p99=%.1f ms max=%.1f ms; %.2f store writes an incident (%,d healed);"
                        + " CPU %.1f ms for each, %.0f %% of one processor, healing included; %d troubles%s; load average %.1f on %d processors%n",
                perSecond,
                sorted.size(),
                seconds * perSecond,
                millis(Percentiles.of(sorted, 0.50)),
                millis(Percentiles.of(sorted, 0.95)),
                millis(Percentiles.of(sorted, 0.99)),
                millis(sorted.getLast()),
                writes / (double) incidents,
                incidents,
                cpu.toNanos() / 1e6 / Math.max(1, sorted.size()),
                cpu.toNanos() / 1e7 / seconds,
                troubles.size(),
                troubles.isEmpty() ? "" : ", the first: " + troubles.peek(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        System.out.println("in the history: " + new TreeMap<>(told));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        workers.close();
        database.close();
    }
}
