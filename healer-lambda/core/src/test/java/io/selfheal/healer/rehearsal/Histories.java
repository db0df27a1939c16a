package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Recorded histories made up from a seed: what some services went through, with repeats, storms and the fleet's own events. */
final class Histories {
    private static final Instant T0 = Instant.parse("2026-05-01T00:00:00Z");
    private static final List<String> ABOUT_A_TASK =
            List.of("TaskStuck", "TaskUnready", "ErrorBurst", "LatencyHigh", "TaskDown");
    private static final List<String> ABOUT_A_SERVICE =
            List.of("ServiceErrorRatio", "ServiceSaturated", "ServiceLatency", "DiskFull");

    private final Random random;
    private final int services;
    private final int seconds;
    private final List<RecordedSignal> signals = new ArrayList<>();
    // Two of a service's tasks at a time; each new one has a name of its own, as in a fleet.
    private final List<int[]> tasks = new ArrayList<>();

    private Histories(int services, Duration span, long seed) {
        this.random = new Random(seed);
        this.services = services;
        this.seconds = Math.toIntExact(span.toSeconds());
        for (int i = 0; i < services; i++) {
            tasks.add(new int[] {1, 2});
        }
    }

    /** The first so many signals of a history over the span, in the order of their times. */
    static List<RecordedSignal> of(int count, int services, Duration span, long seed) {
        Histories history = new Histories(services, span, seed);
        while (history.signals.size() < count) {
            history.trouble();
        }
        history.signals.sort(Comparator.comparing(RecordedSignal::at));
        return List.copyOf(history.signals.subList(0, count));
    }

    private void trouble() {
        Instant at = T0.plusSeconds(random.nextInt(seconds));
        boolean storm = random.nextInt(200) == 0;
        for (int i = 0; i < (storm ? 5 : 1); i++) {
            episode(random.nextInt(services), at.plusMillis(random.nextInt(3000)));
        }
    }

    private void episode(int service, Instant begin) {
        boolean ofTask = random.nextInt(4) > 0;
        int[] mine = tasks.get(service);
        int which = random.nextInt(mine.length);
        Optional<TaskId> task = ofTask ? Optional.of(task(service, mine[which])) : Optional.empty();
        String name = ofTask
                ? ABOUT_A_TASK.get(random.nextInt(ABOUT_A_TASK.size()))
                : ABOUT_A_SERVICE.get(random.nextInt(ABOUT_A_SERVICE.size()));
        Alert alert = Fixtures.alert(
                random.nextInt(10) == 0 ? SignalSource.PROBE : SignalSource.ALERTMANAGER,
                name,
                id(service),
                task,
                begin);
        Instant end = begin.plusSeconds(10 + random.nextInt(600));
        for (Instant again = begin; again.isBefore(end); again = again.plusSeconds(120)) {
            signals.add(new RecordedSignal(again, Fixtures.firing(alert)));
        }
        signals.add(new RecordedSignal(end, Fixtures.resolved(alert, end)));
        if (ofTask && random.nextBoolean()) {
            signals.add(new RecordedSignal(end, stopped(service, task, end)));
            mine[which] = 1 + Math.max(mine[0], mine[1]);
        }
    }

    private static Signal stopped(int service, Optional<TaskId> task, Instant at) {
        return new Signal.FleetEvent(
                SignalSource.ECS, id(service), task, "TASK_STOPPED", "exit code 137", "stop-" + at, at);
    }

    private static ServiceId id(int service) {
        return Fixtures.service(Map.of(0, "order", 1, "user", 2, "product").getOrDefault(service, "s" + service));
    }

    private static TaskId task(int service, int number) {
        return new TaskId("arn:aws:ecs:eu-west-1:000000000000:task/selfheal/" + service + "-" + number);
    }
}
