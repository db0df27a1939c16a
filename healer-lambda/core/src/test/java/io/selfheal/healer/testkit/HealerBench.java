package io.selfheal.healer.testkit;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.engine.Ports;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.ProbeRules;
import io.selfheal.healer.watch.ProbeWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** A whole healer over fakes, in the time of a clock. Several may stand on one store and one fleet. */
public final class HealerBench {
    /** As the demo's policies, with room for tests to see what each limit does. */
    public static final String POLICIES = """
            version: 1
            name: test
            policies:
              - name: saturated
                match: ['alertname="ServiceSaturated"']
                ladder: [scale-out, escalate]
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 60, window: PT1H}]
                verification: {stabilisation: PT2S, deadline: PT30S}
                scaleOut: {add: 1, ceiling: 4, returnAfter: PT10M}
              - name: sick-task
                match: ['alertname=~"Task.*|ErrorBurst.*|Probe.*|ServiceErrorRatio"']
                ladder: [restart-task, redeploy, escalate]
                mode: act
                cooldown: PT5S
                budgets:
                  - {scope: service, limit: 60, window: PT1H}
                  - {scope: global, limit: 200, window: PT1H}
                healthyFloor: {percent: 50}
                strikes: {limit: 3, window: PT1H, quarantine: PT1H}
                verification: {stabilisation: PT2S, deadline: PT30S}
                lease: PT15S
            """;

    /** The same for tests of many services at once in which no storm is meant. */
    public static final String POLICIES_WITHOUT_STORM =
            POLICIES + "storm: {services: 1000000, window: PT1M, hold: PT1M}\n";

    /** What a healer is made of; the parts that a test does not care about stay as they are. */
    public record Parts(
            IncidentStore store,
            Fleet fleet,
            Executor executor,
            Policies policies,
            Settings settings,
            boolean watch,
            ApprovalLinks links) {

        public Parts withLinks(ApprovalLinks other) {
            return new Parts(store, fleet, executor, policies, settings, watch, other);
        }

        public Parts withStore(IncidentStore other) {
            return new Parts(other, fleet, executor, policies, settings, watch, links);
        }

        public Parts withFleet(Fleet other) {
            return new Parts(store, other, executor, policies, settings, watch, links);
        }

        public Parts withExecutor(Executor other) {
            return new Parts(store, fleet, other, policies, settings, watch, links);
        }

        public Parts withPolicies(String yaml) {
            return new Parts(store, fleet, executor, PolicyFile.parse("test.yaml", yaml), settings, watch, links);
        }

        public Parts withSettings(Settings other) {
            return new Parts(store, fleet, executor, policies, other, watch, links);
        }

        public Parts withoutWatch() {
            return new Parts(store, fleet, executor, policies, settings, false, links);
        }
    }

    /** What several healers share. */
    public static final class World {
        public final MutableClock clock = new MutableClock();
        public final SimulatedFleet fleet = new SimulatedFleet(clock);
        public final InMemoryIncidentStore store = new InMemoryIncidentStore();
        public final InMemorySwitches switches = new InMemorySwitches();
        public final InMemoryStorms storms = new InMemoryStorms();
        public final InMemorySilences silences = new InMemorySilences();
        private final AtomicLong ids = new AtomicLong();
        private Evidence evidence = Evidence.unknown("nobody measures");

        /** What is gathered from now on. */
        public void evidence(Evidence known) {
            evidence = known;
        }

        public Parts parts() {
            return new Parts(
                    store,
                    fleet,
                    Runnable::run,
                    PolicyFile.parse("test.yaml", POLICIES),
                    Settings.DEFAULT,
                    true,
                    ApprovalLinks.NONE);
        }

        public HealerBench healer() {
            return new HealerBench(this, parts());
        }

        public HealerBench healer(Parts parts) {
            return new HealerBench(this, parts);
        }

        public List<Action> actions() {
            return fleet.applied().stream().map(SimulatedFleet.Applied::action).toList();
        }

        public Incident latest(ServiceId service) {
            return store.list(new IncidentArchive.Query(Optional.of(service), Optional.empty(), 1))
                    .getFirst();
        }

        public List<Incident> incidents() {
            return store.list(new IncidentArchive.Query(Optional.empty(), Optional.empty(), 1000));
        }

        public List<Reason> reasons(ServiceId service) {
            return store.history(latest(service).id()).stream()
                    .map(HistoryEntry::reason)
                    .toList();
        }

        public Alert alert(String name, ServiceId service, TaskId task) {
            return Fixtures.alert(name, service, Optional.of(task), clock.instant());
        }

        public Alert alert(String name, ServiceId service) {
            return Fixtures.alert(name, service, Optional.empty(), clock.instant());
        }
    }

    private final World world;
    private final Parts parts;
    private final Remediator remediator;
    private final ProbeWatch watch;
    private final FleetView view = new FleetView(Duration.ofSeconds(5));
    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    private final List<Signal> ignored = Collections.synchronizedList(new ArrayList<>());
    private final List<String> storms = Collections.synchronizedList(new ArrayList<>());
    private final List<HistoryEntry> unsaved = Collections.synchronizedList(new ArrayList<>());

    private HealerBench(World world, Parts parts) {
        this.world = world;
        this.parts = parts;
        Ports ports = new Ports(
                parts.store(),
                world.store,
                parts.fleet(),
                world.fleet,
                world.switches,
                world.silences,
                world.storms,
                _ -> world.evidence);
        Host host = new Host(
                world.clock,
                parts.executor(),
                () -> IncidentId.of(world.clock.instant(), world.ids.incrementAndGet()),
                new Listening(),
                parts.links());
        remediator = new Remediator(ports, view, parts.policies(), parts.settings(), host);
        watch = new ProbeWatch(
                parts.fleet(), world.fleet, view, remediator::accept, world.clock, Runnable::run, ProbeRules.DEFAULT);
    }

    private final class Listening implements HistoryListener {
        @Override
        public void onHistory(Incident incident, List<HistoryEntry> entries) {}

        @Override
        public void onUnsaved(Incident incident, List<HistoryEntry> entries) {
            unsaved.addAll(entries);
        }

        @Override
        public void onIgnored(Signal signal, Reason reason) {
            ignored.add(signal);
        }

        @Override
        public void onStorm(Incident incident, StormLatch.Storm storm) {
            storms.add(storm.what());
        }

        @Override
        public void onTrouble(String doing, RuntimeException failure) {
            troubles.add(doing + ": " + failure);
        }
    }

    public Parts parts() {
        return parts;
    }

    public Remediator remediator() {
        return remediator;
    }

    public ProbeWatch watch() {
        return watch;
    }

    public FleetView view() {
        return view;
    }

    public List<String> troubles() {
        return troubles;
    }

    /** That somebody was called for. */
    public List<String> storms() {
        return storms;
    }

    /** What was told before it was saved. */
    public List<HistoryEntry> unsaved() {
        return unsaved;
    }

    public List<Signal> ignored() {
        return ignored;
    }

    public void fires(Alert... alerts) {
        remediator.accept(List.of(alerts).stream().map(Fixtures::firing).toList());
    }

    public void resolves(Alert... alerts) {
        remediator.accept(List.of(alerts).stream()
                .map(alert -> Fixtures.resolved(alert, world.clock.instant()))
                .toList());
    }

    /** Half a second passes: the probe polls, then what is due is decided. */
    public void step() {
        world.clock.advance(Duration.ofMillis(500));
        if (parts.watch()) {
            watch.poll();
        }
        remediator.tick();
    }

    public void run(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMillis(500)) {
            step();
        }
    }

    public static Rules rules() {
        return Rules.DEFAULT;
    }
}
