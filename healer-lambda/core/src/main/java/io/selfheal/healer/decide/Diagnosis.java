package io.selfheal.healer.decide;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.policy.FlapBreaker;
import io.selfheal.healer.policy.MaintenanceWindow;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.StormBreaker;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The incident held against the facts of a service that could be read: which alerts still stand, which tasks are sick.
 *
 * @param policy that governs the incident; empty when none matches any of its alerts
 * @param storm when there is one, as the policies have it
 * @param flap when the service is to be left alone for coming and going
 * @param callees services that this one calls
 * @param windows of maintenance that this service may be in
 * @param together how long after its end an incident or alert is still part of the same trouble
 * @param standing alerts that fire, are governed by a policy and are about something that still exists
 * @param silenced those of the standing that people have silenced; none where the silences cannot be read
 * @param ungoverned alerts that fire and match no policy
 * @param sick running tasks that are probed sick or named by a standing alert, the likeliest culprit first
 * @param named those of the sick that a standing alert names
 * @param starting running tasks that were never ready and still have time
 * @param accusedLately running tasks that an alert names or named until a moment ago
 * @param well the fleet is steady and every running task is probed healthy; unread is not well
 */
record Diagnosis(
        Incident incident,
        ServiceState state,
        Situation situation,
        Optional<Policy> policy,
        StormBreaker storm,
        FlapBreaker flap,
        Set<ServiceId> callees,
        List<MaintenanceWindow> windows,
        Duration together,
        List<Alert> standing,
        List<Alert> silenced,
        List<Alert> ungoverned,
        List<TaskId> sick,
        Set<TaskId> named,
        Set<TaskId> starting,
        Set<TaskId> accusedLately,
        boolean well) {

    static Diagnosis of(
            Incident incident, Policies policies, ServiceState whole, Situation situation, Rules rules, Instant now) {
        ServiceState state = serving(whole, incident);
        List<Alert> firing = incident.alerts().stream()
                .filter(TrackedAlert::firing)
                .map(TrackedAlert::alert)
                .filter(alert -> !ended(alert, state, situation))
                .toList();
        List<Alert> standing = firing.stream()
                .filter(alert -> policies.match(alert.labels()).isPresent())
                .toList();
        List<Alert> silenced = silenced(standing, situation, now);
        List<Alert> ungoverned =
                firing.stream().filter(alert -> !standing.contains(alert)).toList();
        Set<TaskId> starting = state.tasks().stream()
                .filter(task -> starting(task, situation, rules, now))
                .map(Task::id)
                .collect(Collectors.toSet());
        Set<TaskId> named = new LinkedHashSet<>();
        standing.stream()
                .sorted(Comparator.comparing(Alert::startsAt))
                .flatMap(alert -> alert.task().stream())
                .filter(task -> !starting.contains(task))
                .forEach(named::add);
        boolean well = state.steady()
                && state.tasks().stream().filter(Task::running).allMatch(task -> healthy(task.id(), situation)
                        .orElse(false));
        return new Diagnosis(
                incident,
                state,
                situation,
                governing(incident, heard(standing, silenced), policies),
                policies.storm(),
                policies.flap(),
                policies.calleesOf(incident.service()),
                policies.windowsOf(incident.service()),
                rules.together(),
                standing,
                silenced,
                ungoverned,
                sick(state, situation, named, starting),
                named,
                starting,
                accusedLately(incident, policies, state, now.minus(rules.together())),
                well);
    }

    /** Without the tasks that were taken out of the load balancer: they are kept to be looked at, and serve nobody. */
    private static ServiceState serving(ServiceState whole, Incident incident) {
        Set<TaskId> aside = incident.aside();
        return aside.isEmpty() ? whole : whole.without(aside);
    }

    private static List<Alert> silenced(List<Alert> standing, Situation situation, Instant now) {
        return situation.instructions().silences()
                        instanceof Fact.Known<List<Silence>>(List<Silence> silences, Instant _)
                ? standing.stream()
                        .filter(alert -> silences.stream()
                                .anyMatch(silence -> silence.holds(now) && silence.matches(alert.labels())))
                        .toList()
                : List.of();
    }

    /** What is silenced chooses no policy either, as long as there is anything else. */
    private static List<Alert> heard(List<Alert> standing, List<Alert> silenced) {
        return silenced.containsAll(standing)
                ? standing
                : standing.stream().filter(alert -> !silenced.contains(alert)).toList();
    }

    private static Set<TaskId> accusedLately(
            Incident incident, Policies policies, ServiceState state, Instant resolvedAfter) {
        return incident.alerts().stream()
                .filter(tracked ->
                        tracked.resolvedAt().map(resolvedAfter::isBefore).orElse(true))
                .map(TrackedAlert::alert)
                .filter(alert -> policies.match(alert.labels()).isPresent())
                .flatMap(alert -> alert.task().stream())
                .filter(task -> state.task(task).filter(Task::running).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The policy of an incident: what still stands decides, and when nothing does, what ever was part of it. */
    private static Optional<Policy> governing(Incident incident, List<Alert> standing, Policies policies) {
        return policies.matchAny(standing.stream().map(Alert::labels).toList())
                .or(() -> policies.matchAny(incident.alerts().stream()
                        .map(tracked -> tracked.alert().labels())
                        .toList()));
    }

    /**
     * Whether an alert that nobody resolved is over all the same: its task is gone, so that the sender has nothing left to
     * measure, or it is the probe's own and the probe now says otherwise. Neither makes the service well.
     */
    private static boolean ended(Alert alert, ServiceState state, Situation situation) {
        if (alert.task().isEmpty()) {
            return false;
        }
        TaskId task = alert.task().get();
        boolean gone = state.task(task).filter(Task::running).isEmpty();
        return gone
                || (alert.source() == SignalSource.PROBE
                        && healthy(task, situation).orElse(false));
    }

    private static boolean starting(Task task, Situation situation, Rules rules, Instant now) {
        if (!task.running() || situation.seenReady().contains(task.id())) {
            return false;
        }
        boolean young = task.startedAt()
                .map(at -> at.plus(rules.startupGrace()).isAfter(now))
                .orElse(true);
        return young && !healthy(task.id(), situation).orElse(false);
    }

    private static List<TaskId> sick(ServiceState state, Situation situation, Set<TaskId> named, Set<TaskId> starting) {
        Set<TaskId> sick = new LinkedHashSet<>();
        named.stream().filter(task -> probedSick(task, situation)).forEach(sick::add);
        sick.addAll(named);
        state.tasks().stream()
                .filter(Task::running)
                .map(Task::id)
                .filter(task -> !starting.contains(task) && probedSick(task, situation))
                .sorted(Comparator.comparing(TaskId::arn))
                .forEach(sick::add);
        return List.copyOf(sick);
    }

    private static boolean probedSick(TaskId task, Situation situation) {
        return !healthy(task, situation).orElse(true);
    }

    /** Empty when it could not be read. */
    private static Optional<Boolean> healthy(TaskId task, Situation situation) {
        Fact<TaskHealth> fact = situation.health().get(task);
        return fact instanceof Fact.Known<TaskHealth>(TaskHealth health, Instant _)
                ? Optional.of(health.healthy())
                : Optional.empty();
    }

    /**
     * More than half of the running tasks are sick, were accused together, or struggle by what they served, though the alert on
     * them is still on its way: that is no fault of one task, and the one whose alert comes first or ends last is not to blame
     * for that.
     */
    boolean manySick() {
        return many(sickTogether());
    }

    /** Or so they were a moment ago by what they served: nor is the one that recovers last to blame. */
    boolean manySickLately() {
        return many(sickLately());
    }

    private boolean many(Set<TaskId> tasks) {
        return tasks.size() > 1 && tasks.size() * 2L > state.running();
    }

    private Set<TaskId> sickTogether() {
        Set<TaskId> all = new LinkedHashSet<>(sick);
        all.addAll(accusedLately);
        for (Task task : state.tasks()) {
            if (task.running() && vitals(task.id()).filter(Vitals::struggling).isPresent()) {
                all.add(task.id());
            }
        }
        return all;
    }

    Set<TaskId> sickLately() {
        Set<TaskId> all = sickTogether();
        for (TaskId task : situation.servedBadlyLately()) {
            if (state.task(task).filter(Task::running).isPresent()) {
                all.add(task);
            }
        }
        return all;
    }

    boolean allSilenced() {
        return !standing.isEmpty() && silenced.containsAll(standing);
    }

    /** Whether every alert that names the task is silenced, and there is one. */
    boolean leftAlone(TaskId task) {
        List<Alert> naming = standing.stream()
                .filter(alert -> alert.task().filter(task::equals).isPresent())
                .toList();
        return !naming.isEmpty() && silenced.containsAll(naming);
    }

    /** Running tasks that the probe finds healthy and nobody complains about, the given one left out. */
    long healthyBesides(Optional<TaskId> victim) {
        return state.tasks().stream()
                .filter(Task::running)
                .map(Task::id)
                .filter(task -> victim.filter(task::equals).isEmpty())
                .filter(task -> !sick.contains(task) && healthy(task, situation).orElse(false))
                .count();
    }

    /** A task that an action of this incident brought about, as far as its start tells. */
    boolean broughtAbout(TaskId task) {
        return incident.actedAt()
                .flatMap(acted -> incident.tried().isEmpty()
                        ? Optional.empty()
                        : state.task(task).flatMap(Task::startedAt).map(started -> started.isAfter(acted)))
                .orElse(false);
    }

    /** With nothing allowed where no policy is left. */
    Policy policyOrNone() {
        return policy.orElse(NoPolicy.POLICY);
    }

    boolean heldFor(Reason reason, Duration time, Instant now) {
        return heldFor(incident, reason, time, now);
    }

    /** Whether that has been the standing reason to do nothing for so long. */
    static boolean heldFor(Incident incident, Reason reason, Duration time, Instant now) {
        return incident.held()
                .filter(held -> held.reason() == reason)
                .filter(held -> !now.isBefore(held.since().plus(time)))
                .isPresent();
    }

    /** Whether the probe itself saw it sick; what it could not ask it did not see. */
    boolean seenSick(TaskId task) {
        return probedSick(task, situation);
    }

    /** Whether an alert of the healer's own probe stands on it, which takes several misses in a row. */
    boolean accusedByProbe(TaskId task) {
        return standing.stream()
                .filter(alert -> alert.source() == SignalSource.PROBE)
                .anyMatch(alert -> alert.task().filter(task::equals).isPresent());
    }

    /** The sick, and those that by what they served lately are, though nobody complains about them yet. */
    List<TaskId> failing() {
        return state.tasks().stream()
                .filter(Task::running)
                .map(Task::id)
                .filter(task -> sick.contains(task)
                        || vitals(task).filter(Vitals::failing).isPresent())
                .toList();
    }

    /** The probe finds it healthy, nobody complains, and it is known to have served well lately. */
    boolean servesWell(TaskId task) {
        return !sick.contains(task)
                && healthy(task, situation).orElse(false)
                && vitals(task).filter(vitals -> !vitals.failing()).isPresent();
    }

    /** Empty: not known, or it served nothing. */
    Optional<Vitals> vitals(TaskId task) {
        return situation.evidence().vitals() instanceof Fact.Known<Map<TaskId, Vitals>>(var vitals, Instant _)
                ? Optional.ofNullable(vitals.get(task))
                : Optional.empty();
    }

    /** When the first of the standing alerts began; the incident itself when none stands. */
    Instant accusedSince() {
        return standing.stream()
                .map(Alert::startsAt)
                .min(Comparator.naturalOrder())
                .orElse(incident.detectedAt());
    }

    /** For a person to read. */
    String stillWrong() {
        return "%d of %d tasks run, %d sick, %d alerts stand%s"
                .formatted(
                        state.running(),
                        state.desired(),
                        sick.size(),
                        standing.size(),
                        state.deployment()
                                .map(_ -> ", a deployment is in progress")
                                .orElse(""));
    }
}
