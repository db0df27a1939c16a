package io.selfheal.healer.rehearsal;

import io.selfheal.healer.control.Instructions;
import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.signal.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The world that an explanation is asked for: written down in a file, or assumed where the file says nothing. */
public final class Facts {
    private static final int ASSUMED_TASKS = 3;
    private static final Set<String> KNOWN = Set.of(
            "now",
            "desired",
            "tasks",
            "deployment",
            "pauses",
            "silences",
            "actions",
            "openings",
            "evidence",
            "unknown");
    private static final Set<String> READABLE = Set.of("service", "pauses", "silences", "openings", "ledger");

    private final Fields file;

    private Facts(Fields file) {
        this.file = file;
    }

    /** Throws {@link InvalidInputException} as {@code file: field: what}. */
    public static Facts parse(String fileName, String json) {
        try {
            Facts facts = new Facts(Fields.parse(json, KNOWN));
            // Everything is read once, so that a mistake shows here.
            facts.situation(new ServiceId("any", "any"), List.of(), Instant.EPOCH);
            facts.evidence(Instant.EPOCH);
            facts.now();
            return facts;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(List.of(fileName + ": " + e.getMessage()));
        }
    }

    /** Nothing is written down: everything is assumed. */
    public static Facts assumed() {
        return new Facts(Fields.parse("{}", KNOWN));
    }

    Optional<Instant> now() {
        return file.timeIfThere("now");
    }

    /** Of which nothing is known that is not written down. */
    Evidence evidence(Instant now) {
        return file.object("evidence", WrittenEvidence.KNOWN)
                .map(written -> WrittenEvidence.read(written, now))
                .orElseGet(() -> Evidence.unknown("not written down"));
    }

    /** For a person: what was not written down. */
    String assumptions() {
        List<String> assumed = new ArrayList<>();
        if (!file.has("tasks")) {
            assumed.add(ASSUMED_TASKS + " tasks long up, those that an alert names probed unready, the others healthy");
        }
        if (!file.has("deployment")) {
            assumed.add("no deployment");
        }
        if (!file.has("pauses")) {
            assumed.add("no pause");
        }
        if (!file.has("silences")) {
            assumed.add("no silence");
        }
        if (!file.has("actions")) {
            assumed.add("no action lately");
        }
        if (!file.has("openings")) {
            assumed.add("no other service ill");
        }
        return assumed.isEmpty() ? "nothing" : String.join("; ", assumed);
    }

    Situation situation(ServiceId service, List<Alert> alerts, Instant now) {
        List<String> unknown = file.texts("unknown");
        unknown.stream().filter(one -> !READABLE.contains(one)).findFirst().ifPresent(one -> {
            throw new IllegalArgumentException("unknown: expected any of "
                    + READABLE.stream().sorted().collect(Collectors.joining(", ")) + ", was '" + one + "'");
        });
        List<Seen> tasks = file.has("tasks") ? written() : assumedTasks(service, alerts);
        Map<TaskId, Fact<TaskHealth>> health = new HashMap<>();
        tasks.forEach(
                seen -> seen.health().ifPresent(one -> health.put(seen.task().id(), new Fact.Known<>(one, now))));
        ServiceState state = new ServiceState(
                service,
                file.numberIfThere("desired", 0, 10_000).orElse(tasks.size()),
                tasks.stream().map(Seen::task).toList(),
                deployment());
        return new Situation(
                fact("service", unknown, state, now),
                health,
                tasks.stream().map(seen -> seen.task().id()).collect(Collectors.toSet()),
                Optional.empty(),
                fact("pauses", unknown, pauses(now), now),
                new Instructions(fact("silences", unknown, silences(now), now), new Fact.Known<>(StormLatch.NONE, now)),
                fact("openings", unknown, openings(), now),
                fact("ledger", unknown, new Ledger(0, actions(service)), now));
    }

    private static <T> Fact<T> fact(String name, List<String> unknown, T value, Instant now) {
        return unknown.contains(name)
                ? new Fact.Unknown<>(name + " is written down as unknown")
                : new Fact.Known<>(value, now);
    }

    private record Seen(Task task, Optional<TaskHealth> health) {}

    private static Seen seen(
            TaskId id, TaskStatus status, String revision, Instant startedAt, Optional<TaskHealth> health) {
        Optional<Instant> started = status == TaskStatus.STARTING ? Optional.empty() : Optional.of(startedAt);
        return new Seen(new Task(id, revision, status, Task.FleetHealth.UNKNOWN, Optional.empty(), started), health);
    }

    private static List<Seen> assumedTasks(ServiceId service, List<Alert> alerts) {
        List<Seen> tasks = new ArrayList<>();
        alerts.stream()
                .flatMap(alert -> alert.task().stream())
                .distinct()
                .forEach(task -> tasks.add(seen(
                        task,
                        TaskStatus.RUNNING,
                        "assumed",
                        Instant.EPOCH,
                        Optional.of(new TaskHealth.Unready("assumed")))));
        for (int i = tasks.size(); i < ASSUMED_TASKS; i++) {
            TaskId other = new TaskId("assumed/" + service + "/" + (i + 1));
            tasks.add(seen(other, TaskStatus.RUNNING, "assumed", Instant.EPOCH, Optional.of(new TaskHealth.Healthy())));
        }
        return tasks;
    }

    private List<Seen> written() {
        return file.objects("tasks", Set.of("task", "status", "health", "startedAt", "revision")).stream()
                .map(task -> seen(
                        new TaskId(task.text("task")),
                        task.parsed("status", Facts::status).orElse(TaskStatus.RUNNING),
                        task.textIfThere("revision").orElse("unnamed"),
                        task.timeIfThere("startedAt").orElse(Instant.EPOCH),
                        health(task.textIfThere("health").orElse("healthy"))))
                .toList();
    }

    private static TaskStatus status(String word) {
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of " + Arrays.toString(TaskStatus.values()) + ", was '" + word + "'"));
    }

    private static Optional<TaskHealth> health(String word) {
        return switch (word) {
            case "healthy" -> Optional.of(new TaskHealth.Healthy());
            case "unready" -> Optional.of(new TaskHealth.Unready("as written down"));
            case "unresponsive" -> Optional.of(new TaskHealth.Unresponsive("as written down"));
            case "unknown" -> Optional.empty();
            default ->
                throw new IllegalArgumentException(
                        "tasks: health: expected healthy, unready, unresponsive or unknown, was '" + word + "'");
        };
    }

    private Optional<ServiceState.Deployment> deployment() {
        return file.object("deployment", Set.of("id", "revision", "state"))
                .map(one -> new ServiceState.Deployment(
                        one.textIfThere("id").orElse("unnamed"),
                        one.textIfThere("revision").orElse("unnamed"),
                        one.textIfThere("state").orElse("IN_PROGRESS")));
    }

    private List<Pause> pauses(Instant now) {
        return file.objects("pauses", Set.of("service", "reason", "owner", "until")).stream()
                .map(one -> new Pause(
                        one.parsed("service", ServiceId::parse),
                        one.textIfThere("reason").orElse("as written down"),
                        one.textIfThere("owner").orElse("somebody"),
                        earlier(now, one.time("until")),
                        one.time("until")))
                .toList();
    }

    private List<Silence> silences(Instant now) {
        return file.objects("silences", Set.of("matchers", "comment", "owner", "until")).stream()
                .map(one -> new Silence(
                        "written-down",
                        one.texts("matchers").stream().map(Matcher::parse).toList(),
                        one.textIfThere("comment").orElse("as written down"),
                        one.textIfThere("owner").orElse("somebody"),
                        earlier(now, one.time("until")),
                        one.time("until")))
                .toList();
    }

    private static Instant earlier(Instant now, Instant until) {
        return now.isBefore(until) ? now : until.minusSeconds(1);
    }

    private List<Opening> openings() {
        return file.objects("openings", Set.of("service", "at", "overAt")).stream()
                .map(one ->
                        new Opening(ServiceId.parse(one.text("service")), one.time("at"), one.timeIfThere("overAt")))
                .toList();
    }

    private List<ActionRecord> actions(ServiceId service) {
        List<ActionRecord> actions = new ArrayList<>();
        for (Fields one : file.objects("actions", Set.of("at", "service", "task", "kind", "incident", "attempt"))) {
            actions.add(new ActionRecord(
                    new IncidentId(one.textIfThere("incident").orElse("written-down-" + actions.size())),
                    one.numberIfThere("attempt", 1, 1000).orElse(1),
                    one.parsed("service", ServiceId::parse).orElse(service),
                    one.parsed("task", TaskId::new),
                    one.parsed("kind", Facts::kind).orElse(ActionKind.RESTART_TASK),
                    one.time("at")));
        }
        return actions;
    }

    private static ActionKind kind(String word) {
        return ActionKind.ofWord(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected restart-task, redeploy, scale-out or" + " scale-back, was '" + word + "'"));
    }
}
