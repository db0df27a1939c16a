package io.selfheal.demo;

import io.selfheal.demo.chaos.Scenario;
import io.selfheal.demo.chaos.TimedRun;
import io.selfheal.demo.experiment.Experiment;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.FaultPlan;
import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.report.Session;
import io.selfheal.demo.stage.MonitoringTools;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.stage.StageOptions;
import io.selfheal.demo.story.Story;
import io.selfheal.demo.story.Terminal;
import io.selfheal.demo.story.Terminal.Tone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One call of {@code ./demo}, from the first line to the exit code. */
final class Performance {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Wishes wishes;
    private final Terminal terminal;
    private final Clock clock = Clock.systemUTC();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final List<RunResult> results = new ArrayList<>();

    Performance(Wishes wishes, Terminal terminal) {
        this.wishes = wishes;
        this.terminal = terminal;
    }

    /** The exit code. */
    int play() {
        Instant startedAt = clock.instant();
        Optional<MonitoringTools.Tools> tools = tools();
        List<TimedRun> timeline = timeline().stream()
                .filter(timed -> tools.isPresent() || !skip(timed.run().fault()))
                .toList();
        if (timeline.isEmpty()) {
            terminal.line(terminal.paint(Tone.BAD, "✘ ") + "Nothing is left to run.");
            return 1;
        }
        StageOptions options = new StageOptions(
                wishes.root(),
                wishes.profile(),
                wishes.healerOn(),
                wishes.probe(),
                tools,
                wishes.ports(),
                wishes.seed());
        try (Stage stage = new Stage(options, clock, what -> terminal.line(since(startedAt) + "  " + what))) {
            closeOnSignal(stage);
            perform(stage, timeline, startedAt);
            if (!wishes.once()) {
                summary(startedAt, tools);
                stayUp(stage);
            }
        } catch (StageFailed | ChildFailed | EcsFailed e) {
            return failed(e, startedAt, tools);
        }
        return report(startedAt, tools);
    }

    /** Without a scenario each run begins as soon as the stage is calm. */
    private List<TimedRun> timeline() {
        return wishes.chaos()
                .map(Scenario::timeline)
                .orElseGet(() -> FaultPlan.of(wishes.faults(), wishes.runs(), wishes.seed()).stream()
                        .map(run -> new TimedRun(Duration.ZERO, run))
                        .toList());
    }

    private void perform(Stage stage, List<TimedRun> timeline, Instant startedAt) {
        terminal.line(terminal.paint(Tone.STRONG, "Setting the stage") + "  (logs: "
                + stage.options().folder() + ")");
        stage.start();
        Story story = new Story(terminal, timeline.size());
        Experiment experiment = new Experiment(stage, story);
        terminal.line(since(startedAt) + "  everything is up");
        wishes.chaos()
                .ifPresent(
                        scenario -> terminal.line("Scenario: %s, seed %d".formatted(scenario.name(), scenario.seed())));
        Instant upAt = clock.instant();
        for (TimedRun timed : timeline) {
            await(stage, upAt.plus(timed.at()));
            results.add(experiment.run(timed.run()));
        }
        if (!wishes.once()) {
            experiment.awaitCalm();
        }
    }

    private void await(Stage stage, Instant time) {
        while (clock.instant().isBefore(time)) {
            stage.children().check();
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Until Ctrl-C, or until something dies. */
    private void stayUp(Stage stage) {
        terminal.line("");
        terminal.line(terminal.paint(Tone.STRONG, "Everything stays up until Ctrl-C."));
        stage.urls().forEach((name, url) -> terminal.line("  %-13s %s".formatted(name, url)));
        Task task = stage.fleet().running("order").getFirst();
        terminal.line("Break something yourself, and watch the healer's incidents:");
        terminal.line("  curl -X PUT -H 'Content-Type: application/json' -d '{}' " + task.at("/faults/hang"));
        if (wishes.healerOn()) {
            terminal.line("  curl " + stage.urls().get("healer") + "/incidents");
            terminal.line("The token that the healer and its console ask for: " + stage.token());
        }
        throw stage.children().firstDeath().join();
    }

    private Optional<MonitoringTools.Tools> tools() {
        if (!wishes.prometheus()) {
            return Optional.empty();
        }
        Optional<MonitoringTools.Tools> tools =
                MonitoringTools.findOrInstall(wishes.root().resolve("stage/target/apt-get.log"), terminal::line);
        if (tools.isEmpty()) {
            terminal.line(
                    terminal.paint(Tone.WARN, "Prometheus or Alertmanager is missing: " + MonitoringTools.mend()));
            terminal.line("Going on without: the healer's own probe detects what it can.");
        }
        return tools;
    }

    private boolean skip(Fault fault) {
        if (fault.needsPrometheus()) {
            skipped.put(fault.id(), "only metrics show it, and there is no Prometheus");
            terminal.line(terminal.paint(Tone.WARN, "Not run: " + fault.id() + ": " + skipped.get(fault.id())));
        }
        return fault.needsPrometheus();
    }

    private void closeOnSignal(Stage stage) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (leaving.compareAndSet(false, true)) {
                terminal.line("");
                terminal.line("Stopping everything…");
                stage.close();
                terminal.line("Stopped: nothing is left behind.");
            }
        }));
    }

    private int failed(RuntimeException failure, Instant startedAt, Optional<MonitoringTools.Tools> tools) {
        if (!leaving.compareAndSet(false, true)) {
            // Ctrl-C made children end under our hands: that is no failure, and the hook is at work.
            return 1;
        }
        terminal.line("");
        terminal.line(terminal.paint(Tone.BAD, "✘ ") + failure.getMessage());
        terminal.line("Everything that was started is stopped.");
        if (!results.isEmpty()) {
            write(startedAt, tools);
        }
        return 1;
    }

    private int report(Instant startedAt, Optional<MonitoringTools.Tools> tools) {
        leaving.set(true);
        Session session = summary(startedAt, tools);
        // What the caller chose to do without is no failure; what was asked for and could not be had is.
        boolean complete = skipped.isEmpty() || !wishes.prometheus();
        return session.asExpected() && complete ? 0 : 1;
    }

    private Session summary(Instant startedAt, Optional<MonitoringTools.Tools> tools) {
        Session session = write(startedAt, tools);
        long expected = results.stream().filter(RunResult::asExpected).count();
        terminal.line("");
        terminal.line(
                "%d of %d runs ended as expected, %d not run".formatted(expected, results.size(), skipped.size()));
        return session;
    }

    private Session write(Instant startedAt, Optional<MonitoringTools.Tools> tools) {
        Session session = new Session(
                startedAt,
                clock.instant(),
                wishes.healerOn(),
                new Surroundings(wishes, tools).describe(),
                results,
                skipped);
        wishes.report().ifPresent(folder -> terminal.line("Report: " + ReportFiles.write(session, folder)));
        return session;
    }

    private String since(Instant start) {
        return String.format(Locale.ROOT, "%6.1f s", (clock.instant().toEpochMilli() - start.toEpochMilli()) / 1000.0);
    }
}
