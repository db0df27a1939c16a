package io.selfheal.demo;

import io.selfheal.demo.cloud.Cloud;
import io.selfheal.demo.cloud.CloudFailed;
import io.selfheal.demo.cloud.LocalStack;
import io.selfheal.demo.experiment.AlarmRun;
import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.stage.Setting;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.stage.StageOptions;
import io.selfheal.demo.story.Story;
import io.selfheal.demo.story.Terminal;
import io.selfheal.demo.story.Terminal.Tone;
import io.selfheal.observability.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call of {@code ./demo --localstack}: a metric in CloudWatch is all that tells the healer. */
final class LocalStackPerformance {

    private final Wishes wishes;
    private final Terminal terminal;
    private final String given;
    private final Clock clock = Clock.systemUTC();
    private final Instant startedAt = clock.instant();
    private final AtomicBoolean leaving = new AtomicBoolean();

    /**
     * Reads nothing yet.
     *
     * @param given the endpoint of a LocalStack that runs already; empty to start a container
     */
    LocalStackPerformance(Wishes wishes, Terminal terminal, String given) {
        this.wishes = wishes;
        this.terminal = terminal;
        this.given = given;
    }

    /** The exit code. */
    int play() {
        try (LocalStack localStack =
                        LocalStack.find(wishes.root(), given, wishes.ports().localStack(), this::say);
                Cloud cloud = Cloud.create(localStack.endpoint(), Fleet.CLUSTER, AlarmRun.SERVICE, name())) {
            say("LocalStack at " + localStack.endpoint() + ": topics, queues, and the alarm " + cloud.alarm());
            return perform(localStack, cloud);
        } catch (CloudFailed | StageFailed | ChildFailed | EcsFailed e) {
            if (leaving.compareAndSet(false, true)) {
                terminal.line("");
                terminal.line(terminal.paint(Tone.BAD, "✘ ") + e.getMessage());
            }
            return 1;
        }
    }

    private int perform(LocalStack localStack, Cloud cloud) {
        StageOptions options = new StageOptions(
                wishes.root(),
                Profile.FAST,
                true,
                false,
                Optional.empty(),
                wishes.ports(),
                wishes.seed(),
                Optional.of(cloud.settings()),
                Setting.OURS);
        try (Stage stage = new Stage(options, clock, this::say)) {
            closeOnSignal(stage, localStack);
            stage.start();
            say("everything is up; only the alarm tells the healer: no Prometheus, no probe of its own");
            List<String> wrong = new AlarmRun(stage, cloud, new Story(terminal, 1)).play();
            leaving.set(true);
            return verdict(wrong);
        }
    }

    private int verdict(List<String> wrong) {
        if (wrong.isEmpty()) {
            terminal.line("  "
                    + terminal.paint(
                            Tone.GOOD,
                            "✔ the alarm went off, one task was replaced, the alarm is over, and SNS told it"));
            return 0;
        }
        wrong.forEach(each -> terminal.line("  " + terminal.paint(Tone.BAD, "✘ " + each)));
        return 1;
    }

    /** Ctrl-C: what was made at an endpoint that stays is left there; a container takes it along. */
    private void closeOnSignal(Stage stage, LocalStack localStack) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (leaving.compareAndSet(false, true)) {
                terminal.line("");
                terminal.line("Stopping everything…");
                stage.close();
                localStack.close();
                terminal.line("Stopped.");
            }
        }));
    }

    private void say(String what) {
        double seconds = Duration.between(startedAt, clock.instant()).toMillis() / 1000.0;
        terminal.line(String.format(Locale.ROOT, "%6.1f s  %s", seconds, what));
    }

    private String name() {
        return "selfheal-" + Long.toString(startedAt.getEpochSecond(), Character.MAX_RADIX);
    }
}
