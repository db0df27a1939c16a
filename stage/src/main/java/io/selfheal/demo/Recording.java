package io.selfheal.demo;

import io.selfheal.demo.campaign.Agenda;
import io.selfheal.demo.campaign.Agenda.Sitting;
import io.selfheal.demo.campaign.Arm;
import io.selfheal.demo.campaign.Ledger;
import io.selfheal.demo.campaign.RunLine;
import io.selfheal.demo.experiment.Experiment;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.measure.RunResult;
import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.stage.MonitoringTools;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.stage.Setting;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.stage.StageOptions;
import io.selfheal.demo.story.Story;
import io.selfheal.demo.story.Terminal;
import io.selfheal.observability.Profile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One call of {@code ./demo record}: stage after stage, until everything is recorded or the time is over. */
final class Recording {

    static final int MORE_IS_LEFT = 3;
    /** A stage that fails once may do so by chance, say by a port that somebody took. */
    private static final int FAILURES = 3;

    private final Order order;
    private final Terminal terminal;
    private final Clock clock = Clock.systemUTC();
    private final Ledger ledger;
    private final Instant begun = clock.instant();
    /** By a signal: what is seen of a stage from then on is how it is stopped. */
    private volatile boolean stopped;

    /**
     * What was asked for.
     *
     * @param time after which no further run begins
     * @param results the folder of the lines
     * @param render whether nothing is to be run
     * @param write whether the page is written
     */
    record Order(
            Path root,
            Agenda agenda,
            Profile profile,
            Optional<Duration> time,
            Path results,
            boolean render,
            boolean write,
            Ports ports) {}

    Recording(Order order, Terminal terminal) {
        this.order = order;
        this.terminal = terminal;
        this.ledger = new Ledger(order.results());
    }

    /** The exit code. */
    int play() {
        try {
            Optional<MonitoringTools.Tools> tools =
                    MonitoringTools.findOrInstall(order.root().resolve("stage/target/apt-get.log"), terminal::line);
            if (tools.isEmpty() && !order.render()) {
                terminal.line("✘ The record needs Prometheus and Alertmanager: " + MonitoringTools.mend());
                return 1;
            }
            RecordPages pages = new RecordPages(order, tools, terminal);
            Ledger.Contents before = ledger.read(pages.key());
            tellOthers(before);
            boolean failed = !order.render() && !run(tools.orElseThrow(), pages.key());
            int left = pages.write(ledger.read(pages.key()).ours());
            if (failed) {
                return 1;
            }
            terminal.line(left == 0 ? "Everything is recorded." : left + " runs are left: the same command goes on.");
            return left == 0 ? 0 : MORE_IS_LEFT;
        } catch (IOException e) {
            terminal.line("✘ " + ledger.file() + ": " + e.getMessage());
            return 1;
        } catch (StageFailed e) {
            terminal.line("✘ " + e.getMessage());
            return 1;
        }
    }

    /** Never mixed, and never without a word. */
    private void tellOthers(Ledger.Contents contents) {
        contents.others().forEach((key, lines) -> terminal.line("Not counted: %d runs of %s".formatted(lines, key)));
        if (contents.broken() > 0) {
            terminal.line("Not counted: %d lines that are none, as a kill leaves them".formatted(contents.broken()));
        }
    }

    private boolean run(MonitoringTools.Tools tools, String key) throws IOException {
        int failures = 0;
        List<Sitting> left = order.agenda().left(ledger.read(key).ours());
        while (!left.isEmpty() && timeIsLeft()) {
            Sitting next = left.getFirst();
            terminal.line("");
            terminal.line("Round %d, %s: %d runs"
                    .formatted(next.round(), next.arm().title(), next.runs().size()));
            try {
                if (!sit(next, tools, key)) {
                    return false;
                }
                failures = 0;
            } catch (StageFailed | ChildFailed | EcsFailed e) {
                if (stopped) {
                    return false;
                }
                terminal.line("✘ " + e.getMessage());
                if (++failures == FAILURES) {
                    terminal.line("✘ The stage failed " + FAILURES + " times in a row.");
                    return false;
                }
            }
            left = order.agenda().left(ledger.read(key).ours());
        }
        return true;
    }

    private boolean timeIsLeft() {
        return order.time().isEmpty()
                || clock.instant().isBefore(begun.plus(order.time().get()));
    }

    /** False: the command was stopped. */
    private boolean sit(Sitting sitting, MonitoringTools.Tools tools, String key) throws IOException {
        try (Stage stage = new Stage(options(sitting, tools), clock, what -> {})) {
            Thread hook = new Thread(() -> stop(stage));
            Runtime.getRuntime().addShutdownHook(hook);
            stage.start();
            Experiment experiment =
                    new Experiment(stage, new Story(terminal, sitting.runs().size()));
            for (PlannedRun run : sitting.runs()) {
                if (!timeIsLeft()) {
                    break;
                }
                double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
                RunResult result = experiment.run(run);
                if (stopped) {
                    // Whoever stopped the command cut this run short: the next one begins it anew.
                    return false;
                }
                ledger.append(RunLine.of(key, sitting.arm(), sitting.round(), result, load));
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return true;
        }
    }

    private void stop(Stage stage) {
        stopped = true;
        stage.close();
    }

    private StageOptions options(Sitting sitting, MonitoringTools.Tools tools) {
        Arm arm = sitting.arm();
        Setting setting =
                switch (arm) {
                    case HEALER, OFF -> Setting.OURS;
                    case ECS -> Setting.ECS_ALONE;
                    case USUAL -> Setting.USUAL_INTERVALS;
                };
        return new StageOptions(
                order.root(),
                setting == Setting.USUAL_INTERVALS ? Profile.PRODUCTION : order.profile(),
                arm.healerOn(),
                setting != Setting.USUAL_INTERVALS,
                Optional.of(tools),
                order.ports(),
                order.agenda().seed() + sitting.round(),
                Optional.empty(),
                setting);
    }
}
