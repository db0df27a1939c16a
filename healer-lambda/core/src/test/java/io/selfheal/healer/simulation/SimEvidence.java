package io.selfheal.healer.simulation;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import io.selfheal.healer.testkit.Fixtures;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is measured of the true fleet. As real metrics do, it lags behind: what was measured is told for a while. */
final class SimEvidence {
    private static final Vitals WELL = new Vitals(10, 0.01, 0.02);
    private static final Vitals FAILS = new Vitals(10, 0.6, 0.1);
    private static final Vitals OVERLOADED = new Vitals(10, 0.6, 0.9);
    private static final Vitals SWAMPED = new Vitals(10, 0.02, 0.9);
    private static final Calls ANSWERED = new Calls(5, 0.01);
    private static final Calls FAILED = new Calls(5, 0.9);
    private static final Calls SPARED = new Calls(0, 0);
    private static final Fact<List<LogLine>> NO_LOGS = new Fact.Known<>(List.of(), Instant.EPOCH);
    private static final Fact<Map<TaskId, Trace>> NO_TRACES = new Fact.Known<>(Map.of(), Instant.EPOCH);

    private record Measured(Evidence evidence, long at) {}

    private final World world;
    private final Map<ServiceId, Measured> last = new HashMap<>();

    SimEvidence(World world) {
        this.world = world;
    }

    Evidence of(ServiceId service) {
        long now = world.timeline.now();
        Measured known = last.get(service);
        if (known == null || known.at() + world.weather.evidenceLag() <= now) {
            known = new Measured(measured(service), now);
            last.put(service, known);
        }
        return known.evidence();
    }

    private Evidence measured(ServiceId service) {
        Instant now = world.timeline.instant();
        return new Evidence(
                new Fact.Known<>(vitals(service), now),
                new Fact.Known<>(calls(service), now),
                new Fact.Known<>(retryShare(service), now),
                new Fact.Known<>(world.fleet.releases(service), now),
                new Fact.Known<>(List.of(), now),
                NO_LOGS,
                NO_TRACES);
    }

    /** What fails at once is called again as well, by some. */
    private double retryShare(ServiceId service) {
        boolean repeated = world.fleet.storms(service) || (world.fleet.ails(service) && service.hashCode() % 2 == 0);
        return repeated ? 0.6 : 0.02;
    }

    private Map<TaskId, Vitals> vitals(ServiceId service) {
        Map<TaskId, Vitals> vitals = new HashMap<>();
        for (TaskId task : world.fleet.running(service)) {
            if (world.fleet.storms(service)) {
                vitals.put(task, OVERLOADED);
                continue;
            }
            if (world.fleet.swamped(service, task)) {
                vitals.put(task, SWAMPED);
                continue;
            }
            switch (world.fleet.trouble(service, task).orElse(Trouble.HUNG)) {
                case NONE -> vitals.put(task, WELL);
                case GRAY -> vitals.put(task, task.hashCode() % 2 == 0 ? FAILS : OVERLOADED);
                // It serves nothing, so nothing is measured.
                case UNREADY, HUNG -> {}
            }
        }
        return vitals;
    }

    private Map<String, Calls> calls(ServiceId service) {
        Map<String, Calls> calls = new HashMap<>();
        boolean spared = world.fleet.in(Mode.DEGRADED, service);
        for (String callee : world.callees(service)) {
            Calls made = world.fleet.ails(Fixtures.service(callee)) ? FAILED : ANSWERED;
            calls.put(callee, spared ? SPARED : made);
        }
        return calls;
    }
}
