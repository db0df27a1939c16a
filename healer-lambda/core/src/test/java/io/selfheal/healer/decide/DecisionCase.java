package io.selfheal.healer.decide;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;

import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.control.Instructions;
import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Held;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An open incident of a steady service of two healthy tasks, until something else is said. */
final class DecisionCase {
    static final Instant NOW = T0.plus(Duration.ofDays(1));
    private static final ServiceId ORDER = service("order");
    private static final IncidentId ID = new IncidentId("case");

    private final Map<TaskId, Fact<TaskHealth>> health = new HashMap<>();
    private final Map<TaskId, Task> tasks = new HashMap<>();
    private final Set<TaskId> seenReady = new HashSet<>();
    private final List<TrackedAlert> alerts = new ArrayList<>();
    private final List<Action> tried = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<ActionRecord> ledger = new ArrayList<>();
    private final List<Opening> openings = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final Map<TaskId, Vitals> vitals = new HashMap<>();
    private final List<LogLine> logs = new ArrayList<>();
    private final Map<TaskId, Trace> traces = new HashMap<>();
    private final Map<String, Calls> calls = new HashMap<>();
    private final List<Release> releases = new ArrayList<>();
    private Fact<Double> retryShare = new Fact.Unknown<>("not measured");
    private final Set<TaskId> servedBadlyLately = new HashSet<>();
    private boolean vitalsUnknown;
    private final List<Silence> silences = new ArrayList<>();
    private IncidentState state = new IncidentState.Open();
    private Optional<Asked> asked = Optional.empty();
    private Optional<Held> held = Optional.empty();
    private Optional<Instant> actedAt = Optional.empty();
    private Optional<Instant> wellSince = Optional.empty();
    private Optional<Deployment> deployment = Optional.empty();
    private String policies = HealerBench.POLICIES;
    private String revision = "order:1";
    private Optional<Long> detectedAgo = Optional.empty();
    private int strikes;
    private int desired;
    private Instant readAt = NOW;
    private boolean fleetUnknown;
    private boolean pausesUnknown;
    private boolean silencesUnknown;
    private boolean latchUnknown;
    private StormLatch latch = StormLatch.NONE;
    private boolean ledgerUnknown;
    private boolean openingsUnknown;

    private DecisionCase() {
        tasks(2);
    }

    static DecisionCase given() {
        return new DecisionCase();
    }

    DecisionCase tasks(int count) {
        desired = count;
        for (int i = 1; i <= count; i++) {
            startedAgo(i, 3600);
            health.put(task(i), new Fact.Known<>(new TaskHealth.Healthy(), NOW));
        }
        tasks.keySet().removeIf(id -> health.get(id) == null);
        while (tasks.size() > count) {
            tasks.remove(task(tasks.size()));
        }
        return this;
    }

    /** All tasks run it since so long ago, and another one ran well before. */
    DecisionCase releasedAgo(long seconds) {
        revision = "order:2";
        List.copyOf(tasks.keySet()).forEach(id -> startedAgo(numberOf(id), seconds));
        releases.add(new Release("order:2", NOW.minusSeconds(seconds), Release.Status.COMPLETED));
        releases.add(new Release("order:1", NOW.minusSeconds(seconds + 86_400), Release.Status.COMPLETED));
        return this;
    }

    /** All tasks run it again since so long ago, after a release that did not do. */
    DecisionCase rolledBackAgo(long seconds, Release.Status ended) {
        revision = "order:1";
        List.copyOf(tasks.keySet()).forEach(id -> startedAgo(numberOf(id), seconds));
        releases.add(new Release("order:1", NOW.minusSeconds(seconds), ended));
        releases.add(new Release("order:2", NOW.minusSeconds(seconds + 120), Release.Status.COMPLETED));
        releases.add(new Release("order:1", NOW.minusSeconds(seconds + 86_400), Release.Status.COMPLETED));
        return this;
    }

    DecisionCase detectedAgo(long seconds) {
        detectedAgo = Optional.of(seconds);
        return this;
    }

    /** Of the new revision runs only this task so far. */
    DecisionCase rollingOutTo(int number, long startedAgo) {
        revision = "order:2";
        startedAgo(number, startedAgo);
        deployment = Optional.of(new Deployment("ecs-svc/1", "order:2", "IN_PROGRESS"));
        releases.add(new Release("order:2", NOW.minusSeconds(startedAgo + 2), Release.Status.IN_PROGRESS));
        releases.add(new Release("order:1", NOW.minusSeconds(86_400), Release.Status.COMPLETED));
        return this;
    }

    private static int numberOf(TaskId id) {
        for (int i = 1; i < 100; i++) {
            if (task(i).equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException(id.toString());
    }

    DecisionCase serves(int number, double errorShare) {
        vitals.put(task(number), new Vitals(20, errorShare, 0));
        return this;
    }

    DecisionCase servesSlowly(int number, double slowShare) {
        vitals.put(task(number), new Vitals(20, 0, slowShare));
        return this;
    }

    /** A moment ago, whatever it does now. */
    DecisionCase servedBadlyLately(int number) {
        servedBadlyLately.add(task(number));
        return this;
    }

    DecisionCase logged(int number, String text) {
        logs.addAll(LogLine.of(Optional.of(task(number)), NOW, text).stream().toList());
        return this;
    }

    DecisionCase traced(int number, String id) {
        traces.put(task(number), new Trace(id, true, Duration.ofMillis(12), NOW));
        return this;
    }

    DecisionCase vitalsUnknown() {
        vitalsUnknown = true;
        return this;
    }

    DecisionCase callsFail(String callee, double share) {
        calls.put(callee, new Calls(10, share));
        return this;
    }

    DecisionCase retries(double share) {
        retryShare = new Fact.Known<>(share, NOW);
        return this;
    }

    /** In place of the ladder of the policy for sick tasks; what comes after the brackets are further keys. */
    DecisionCase ladder(String ladder) {
        policies = HealerBench.POLICIES.replace("ladder: [restart-task, redeploy, escalate]", "ladder: " + ladder);
        return this;
    }

    DecisionCase and(String keys) {
        policies = policies + keys + "\n";
        return this;
    }

    DecisionCase startedAgo(int number, long seconds) {
        tasks.put(
                task(number),
                new Task(
                        task(number),
                        revision,
                        TaskStatus.RUNNING,
                        Task.FleetHealth.UNKNOWN,
                        Optional.empty(),
                        Optional.of(NOW.minusSeconds(seconds))));
        return this;
    }

    DecisionCase starting(int number) {
        tasks.put(
                task(number),
                new Task(
                        task(number),
                        "order:1",
                        TaskStatus.STARTING,
                        Task.FleetHealth.UNKNOWN,
                        Optional.empty(),
                        Optional.empty()));
        health.remove(task(number));
        return this;
    }

    DecisionCase sick(int number) {
        health.put(task(number), new Fact.Known<>(new TaskHealth.Unresponsive("no answer"), NOW));
        return this;
    }

    DecisionCase unprobed(int number) {
        health.put(task(number), new Fact.Unknown<>("no route"));
        return this;
    }

    DecisionCase seenReady(int number) {
        seenReady.add(task(number));
        return this;
    }

    private DecisionCase alert(SignalSource source, String name, Optional<TaskId> on) {
        Instant startsAt = NOW.minusSeconds(5).plusMillis(alerts.size());
        alerts.add(new TrackedAlert(Fixtures.alert(source, name, ORDER, on, startsAt), startsAt, Optional.empty()));
        return this;
    }

    DecisionCase alertOn(int number) {
        return alert(SignalSource.ALERTMANAGER, "TaskStuck", Optional.of(task(number)));
    }

    /** The last alert so far. */
    DecisionCase begunAgo(long seconds) {
        Alert last = alerts.removeLast().alert();
        Instant startsAt = NOW.minusSeconds(seconds);
        alerts.add(new TrackedAlert(
                Fixtures.alert(last.source(), last.name(), ORDER, last.task(), startsAt), startsAt, Optional.empty()));
        return this;
    }

    DecisionCase probeAlertOn(int number) {
        return alert(SignalSource.PROBE, "ProbeUnready", Optional.of(task(number)));
    }

    DecisionCase serviceAlert() {
        return alertNamed("ServiceErrorRatio");
    }

    DecisionCase alertNamed(String name) {
        return alert(SignalSource.ALERTMANAGER, name, Optional.empty());
    }

    /** All alerts so far. */
    DecisionCase resolved() {
        alerts.replaceAll(alert -> alert.resolved(NOW));
        return this;
    }

    DecisionCase tried(Action action) {
        tried.add(action);
        return this;
    }

    DecisionCase actedAgo(long seconds) {
        actedAt = Optional.of(NOW.minusSeconds(seconds));
        return this;
    }

    DecisionCase wellFor(long seconds) {
        wellSince = Optional.of(NOW.minusSeconds(seconds));
        return this;
    }

    DecisionCase state(IncidentState value) {
        state = value;
        return this;
    }

    DecisionCase acting(Action action, long leaseLeftSeconds) {
        return state(new IncidentState.Acting(action, 1, NOW.plusSeconds(leaseLeftSeconds)));
    }

    /** With the policies' deadline of 30 s. */
    DecisionCase verifying(Action action, long sinceSeconds) {
        Instant since = NOW.minusSeconds(sinceSeconds);
        return state(new IncidentState.Verifying(action, 1, since, since.plusSeconds(30), Optional.empty()));
    }

    DecisionCase settling() {
        return alertNamed("ServiceSaturated").resolved().state(new IncidentState.Settling(NOW.minusSeconds(60)));
    }

    DecisionCase escalated(Reason reason) {
        return state(new IncidentState.Escalated(NOW.minusSeconds(60), reason));
    }

    DecisionCase measure(Action undo, long dueInSeconds) {
        measures.add(new Measure(undo, NOW.plusSeconds(dueInSeconds)));
        return this;
    }

    DecisionCase held(Reason reason, long sinceSeconds) {
        held = Optional.of(new Held(reason, NOW.minusSeconds(sinceSeconds)));
        return this;
    }

    /** Of this incident, with as many actions in the ledger. */
    DecisionCase strikes(int count) {
        strikes = count;
        for (int i = 0; i < count; i++) {
            record(ID, i + 1, ORDER, 600 - i);
        }
        return this;
    }

    DecisionCase ownActionAgo(long seconds) {
        record(ID, 9, ORDER, seconds);
        return this;
    }

    /** Each an action of an earlier incident that another one followed. */
    DecisionCase earlierStrikes(int count, long secondsAgo) {
        for (int i = 0; i <= count; i++) {
            record(new IncidentId("earlier"), i + 1, ORDER, secondsAgo);
        }
        return this;
    }

    DecisionCase actionAgo(ServiceId service, long seconds) {
        record(new IncidentId("other-" + ledger.size()), 1, service, seconds);
        return this;
    }

    /** An action of that kind, which is about no task. */
    DecisionCase ago(ActionKind kind, ServiceId service, long seconds) {
        ledger.add(new ActionRecord(
                new IncidentId("other-" + ledger.size()),
                1,
                service,
                Optional.empty(),
                kind,
                NOW.minusSeconds(seconds)));
        return this;
    }

    DecisionCase actionsAgo(ServiceId service, int count, long seconds) {
        for (int i = 0; i < count; i++) {
            actionAgo(service, seconds);
        }
        return this;
    }

    private void record(IncidentId incident, int attempt, ServiceId service, long secondsAgo) {
        ledger.add(new ActionRecord(
                incident,
                attempt,
                service,
                Optional.of(task(99)),
                ActionKind.RESTART_TASK,
                NOW.minusSeconds(secondsAgo)));
    }

    DecisionCase pausedEverywhere() {
        return pausedFor(Optional.empty());
    }

    DecisionCase paused(ServiceId service) {
        return pausedFor(Optional.of(service));
    }

    private DecisionCase pausedFor(Optional<ServiceId> scope) {
        pauses.add(new Pause(scope, "release", "ann", NOW.minusSeconds(60), NOW.plusSeconds(60)));
        return this;
    }

    DecisionCase deploying() {
        return deploying("order:2");
    }

    DecisionCase deploying(String revision) {
        deployment = Optional.of(new Deployment("ecs-svc/1", revision, "IN_PROGRESS"));
        return this;
    }

    DecisionCase confirm(String word) {
        policies = HealerBench.POLICIES.replace("mode: act", "mode: act\n    confirm: " + word);
        return this;
    }

    DecisionCase shadow() {
        policies = HealerBench.POLICIES.replace("mode: act", "mode: shadow");
        return this;
    }

    /** When the service was last looked at. */
    DecisionCase readAgo(long seconds) {
        readAt = NOW.minusSeconds(seconds);
        return this;
    }

    DecisionCase fleetUnknown() {
        fleetUnknown = true;
        return this;
    }

    DecisionCase pausesUnknown() {
        pausesUnknown = true;
        return this;
    }

    DecisionCase silencesUnknown() {
        silencesUnknown = true;
        return this;
    }

    DecisionCase silenced(String... matchers) {
        return silencedFor(60, matchers);
    }

    DecisionCase silencedFor(long seconds, String... matchers) {
        silences.add(new Silence(
                "s1",
                Stream.of(matchers).map(Matcher::parse).toList(),
                "known",
                "eve",
                NOW.minusSeconds(60),
                NOW.plusSeconds(seconds)));
        return this;
    }

    /** Storms end only by a person's word. */
    DecisionCase rearmedByHumans() {
        policies += "storm: {rearm: human}\n";
        return this;
    }

    DecisionCase stormStandsSince(long secondsAgo) {
        latch = new StormLatch(
                Optional.of(new StormLatch.Storm(NOW.minusSeconds(secondsAgo), "3 services")), Optional.empty());
        return this;
    }

    DecisionCase rearmedAgo(long seconds) {
        latch = new StormLatch(
                Optional.empty(),
                Optional.of(new StormLatch.Rearming(NOW.minusSeconds(seconds), "the switch is replaced", "ann")));
        return this;
    }

    DecisionCase latchUnknown() {
        latchUnknown = true;
        return this;
    }

    DecisionCase ledgerUnknown() {
        ledgerUnknown = true;
        return this;
    }

    DecisionCase openingsUnknown() {
        openingsUnknown = true;
        return this;
    }

    DecisionCase otherIncident(String service, long secondsAgo) {
        openings.add(new Opening(Fixtures.service(service), NOW.minusSeconds(secondsAgo), Optional.empty()));
        return this;
    }

    DecisionCase pastIncident(String service, long endedAgo) {
        openings.add(new Opening(
                Fixtures.service(service), NOW.minusSeconds(endedAgo + 30), Optional.of(NOW.minusSeconds(endedAgo))));
        return this;
    }

    DecisionCase approval(String rung) {
        String ladder = "ladder: [restart-task, redeploy, escalate]\n";
        policies = policies.replace(ladder, ladder + "    approval: [" + rung + "]\n");
        return this;
    }

    /** Asked a minute before the given end. */
    DecisionCase asked(Action action, int attempt, long expiresInSeconds) {
        Instant expiresAt = NOW.plusSeconds(expiresInSeconds);
        asked = Optional.of(new Asked(action, attempt, expiresAt.minusSeconds(60), expiresAt, Optional.empty()));
        return this;
    }

    DecisionCase granted() {
        asked = asked.map(one -> one.granted(NOW.minusSeconds(1)));
        return this;
    }

    /** One more, for the policy of sick tasks. */
    DecisionCase budget(String budget) {
        String global = "      - {scope: global, limit: 200, window: PT1H}\n";
        policies = policies.replace(global, global + "      - " + budget + "\n");
        return this;
    }

    DecisionCase restartAgo(int number, long seconds) {
        ledger.add(new ActionRecord(
                new IncidentId("other-" + ledger.size()),
                1,
                ORDER,
                Optional.of(task(number)),
                ActionKind.RESTART_TASK,
                NOW.minusSeconds(seconds)));
        return this;
    }

    /** Of maintenance, open for another minute. */
    DecisionCase window(String services) {
        policies += "windows: [{name: move, " + services + "from: '" + NOW.minusSeconds(60) + "', to: '"
                + NOW.plusSeconds(60) + "'}]\n";
        return this;
    }

    DecisionCase windowIsOver() {
        policies += "windows: [{name: move, from: '" + NOW.minusSeconds(60) + "', to: '" + NOW + "'}]\n";
        return this;
    }

    DecisionCase calls(String callee) {
        policies = policies + "calls: {order: [" + callee + "]}\n";
        return this;
    }

    /** The last alert so far. */
    DecisionCase resolvedAgo(long seconds) {
        alerts.add(alerts.removeLast().resolved(NOW.minusSeconds(seconds)));
        return this;
    }

    private Incident incident() {
        return new Incident(
                ID,
                1,
                ChainHead.NONE,
                ORDER,
                state,
                tried.size(),
                strikes,
                tried,
                alerts,
                measures,
                held,
                NOW.minusSeconds(detectedAgo.orElse(releases.isEmpty() ? 600L : 10L)),
                actedAt,
                Optional.empty(),
                NOW.minusSeconds(1),
                Optional.of(NOW),
                asked);
    }

    private Situation situation() {
        Fact<ServiceState> service = fleetUnknown
                ? new Fact.Unknown<>("throttled")
                : new Fact.Known<>(new ServiceState(ORDER, desired, List.copyOf(tasks.values()), deployment), readAt);
        return new Situation(
                service,
                fleetUnknown ? Map.of() : health,
                seenReady,
                wellSince,
                pausesUnknown ? new Fact.Unknown<>("store away") : new Fact.Known<>(pauses, NOW),
                new Instructions(
                        silencesUnknown ? new Fact.Unknown<>("Alertmanager away") : new Fact.Known<>(silences, NOW),
                        latchUnknown ? new Fact.Unknown<>("store away") : new Fact.Known<>(latch, NOW)),
                openingsUnknown ? new Fact.Unknown<>("store away") : new Fact.Known<>(openings, NOW),
                ledgerUnknown ? new Fact.Unknown<>("store away") : new Fact.Known<>(new Ledger(1, ledger), NOW),
                evidence(),
                servedBadlyLately);
    }

    private Evidence evidence() {
        Evidence none = Evidence.unknown("not gathered");
        return new Evidence(
                vitalsUnknown ? none.vitals() : new Fact.Known<>(vitals, NOW),
                new Fact.Known<>(calls, NOW),
                retryShare,
                releases.isEmpty() ? none.releases() : new Fact.Known<>(releases, NOW),
                none.stops(),
                logs.isEmpty() ? none.logs() : new Fact.Known<>(logs, NOW),
                traces.isEmpty() ? none.traces() : new Fact.Known<>(traces, NOW));
    }

    Decision decide() {
        Policies parsed = PolicyFile.parse("test.yaml", policies);
        Incident incident = incident();
        Situation situation = situation();
        Decision decision = new Decider(Rules.DEFAULT).decide(incident, parsed, situation, NOW);
        Decision again = new Decider(Rules.DEFAULT).decide(incident, parsed, situation, NOW);
        if (!again.equals(decision)) {
            throw new AssertionError("the same input gave " + decision + " and " + again);
        }
        return decision;
    }
}
