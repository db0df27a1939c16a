package io.selfheal.healer.local.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.testkit.FleetContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract against a real engine, and what only compose has. */
class ComposeFleetTest extends FleetContract {
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final String OPT_IN = Labels.OPT_IN + "=true";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private static Optional<TestEngine> running = Optional.empty();
    private static String whyNot = "";

    private final TestEngine engine = running.orElseGet(() -> Assumptions.abort(whyNot));
    private final String project = "shop" + PROJECTS.incrementAndGet();
    private final String strangers = project + "-strangers";
    private final ComposeFleet fleet;

    @BeforeAll
    static void startEngine() {
        try {
            running = Optional.of(TestEngine.start());
        } catch (IOException skipped) {
            // Thrown here it would be told nowhere: each test says it.
            whyNot = "the compose fleet is not tried out: " + skipped.getMessage();
        }
    }

    @AfterAll
    static void endEngine() {
        running.ifPresent(TestEngine::close);
    }

    ComposeFleetTest() {
        engine.network(project);
        engine.network(strangers);
        engine.container(project, "order", 1, "--label", OPT_IN);
        engine.container(project, "order", 2, "--label", OPT_IN);
        fleet = ComposeFleet.open(settings(engine.uri()), InstantSource.system());
    }

    private ComposeSettings settings(URI uri) {
        return new ComposeSettings("selfheal", project, uri, Duration.ofSeconds(20), PATIENCE);
    }

    @AfterEach
    void close() {
        fleet.close();
        engine.remove(project);
        engine.remove(strangers);
    }

    @Override
    protected Fleet fleet() {
        return fleet;
    }

    @Override
    protected ServiceId service() {
        return ORDER;
    }

    @Override
    protected ServiceState await(Predicate<ServiceState> condition) {
        Instant end = Instant.now().plus(PATIENCE);
        ServiceState state = state();
        while (!condition.test(state)) {
            assertThat(Instant.now()).as("never came about: " + state).isBefore(end);
            Thread.onSpinWait();
            state = state();
        }
        return state;
    }

    private String engineSays(String format, String container) {
        return engine.docker("inspect", "--format", format, container);
    }

    @Test
    void whenRestarted_thenItIsTheSameContainerInAnotherRun() {
        Task victim = state().tasks().getFirst();
        String before = engineSays("{{.Id}}", project + "-order-1");

        Outcome outcome = fleet.apply(new Action.RestartTask(ORDER, victim.id()), "i1-1");

        assertThat(outcome).isEqualTo(new Outcome.Accepted("the engine restarted container " + project + "-order-1"));
        assertThat(engineSays("{{.Id}}", project + "-order-1")).isEqualTo(before);
        ServiceState after = await(ServiceState::steady);
        assertThat(after.task(victim.id())).isEmpty();
        assertThat(after.tasks()).anySatisfy(task -> {
            assertThat(task.revision()).isEqualTo(victim.revision());
            assertThat(task.startedAt().orElseThrow())
                    .isAfter(victim.startedAt().orElseThrow());
        });
    }

    @Test
    void whenTheEngineRestartedItMeanwhile_thenTheNewRunIsLeftAlone() {
        TaskId victim = state().tasks().getFirst().id();
        engine.docker("restart", project + "-order-1");
        ServiceState between = await(ServiceState::steady);

        Outcome outcome = fleet.apply(new Action.RestartTask(ORDER, victim), "i1-1");

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> assertThat(accepted.detail())
                .contains("was restarted already"));
        assertThat(ids(state())).isEqualTo(ids(between));
    }

    @Test
    void whenScaledOut_thenTheNewContainerIsLikeItsSiblings_andComposeTakesItForItsOwn() {
        engine.remove(project);
        engine.network(project);
        engine.container(
                project,
                "order",
                1,
                "--label",
                OPT_IN,
                "--memory",
                "64m",
                "--cap-drop",
                "ALL",
                "--read-only",
                "--env",
                "COLOUR=green",
                "--security-opt",
                "no-new-privileges",
                "--restart",
                "unless-stopped",
                "--tmpfs",
                "/tmp");

        fleet.apply(new Action.ScaleOut(ORDER, 1, 2, Duration.ofMinutes(1)), "i1-1");

        await(state -> state.steady() && state.desired() == 2);
        String settings = "{{.HostConfig.Memory}} {{.HostConfig.CapDrop}} {{.HostConfig.ReadonlyRootfs}}"
                + " {{.HostConfig.SecurityOpt}} {{.HostConfig.RestartPolicy}} {{.HostConfig.Tmpfs}} {{.Config.Env}}"
                + " {{.Config.Cmd}} {{.Config.StopSignal}} {{.Image}} {{.HostConfig.NetworkMode}}"
                + " {{index .Config.Labels \"" + Labels.CONFIG_HASH + "\"}}";
        assertThat(engineSays(settings, project + "-order-2"))
                .contains("67108864", "COLOUR=green", "c0ffee00")
                .isEqualTo(engineSays(settings, project + "-order-1"));
        assertThat(engineSays("{{index .Config.Labels \"" + Labels.NUMBER + "\"}}", project + "-order-2"))
                .isEqualTo("2");
        assertThat(engineSays("{{json .NetworkSettings.Networks}}", project + "-order-2"))
                .contains("\"order\"")
                .doesNotContain(
                        project + "-order-1",
                        engineSays("{{.Id}}", project + "-order-1").substring(0, 12));
    }

    @Test
    void whenAScaleOutIsRepeatedWithItsKey_thenNothingIsAdded() {
        Action out = new Action.ScaleOut(ORDER, 2, 3, Duration.ofMinutes(1));
        fleet.apply(out, "i1-1");
        ServiceState grown = await(state -> state.steady() && state.desired() == 3);

        assertThat(fleet.apply(out, "i1-1")).isEqualTo(new Outcome.Accepted("there already are 3 containers"));
        assertThat(ids(state())).isEqualTo(ids(grown));
    }

    @Test
    void whenAHealerDiedHalfWay_thenItsRepeatEndsIt() {
        engine.docker("rm", "--force", project + "-order-2");
        engine.docker(
                "create",
                "--name",
                project + "-order-2",
                "--network",
                project + "_default",
                "--expose",
                "8080",
                "--label",
                Labels.PROJECT + "=" + project,
                "--label",
                Labels.SERVICE + "=order",
                "--label",
                Labels.NUMBER + "=2",
                "--label",
                OPT_IN,
                "--label",
                Labels.MADE_BY + "=i1-1",
                "--label",
                Labels.CONFIG_HASH + "=c0ffee00",
                "--volume",
                "/bin:/bin:ro",
                "--volume",
                "/lib:/lib:ro",
                "--volume",
                "/lib64:/lib64:ro",
                "--volume",
                "/usr:/usr:ro",
                TestEngine.IMAGE,
                "/bin/sleep",
                "600");

        Outcome outcome = fleet.apply(new Action.ScaleOut(ORDER, 1, 2, Duration.ofMinutes(1)), "i1-1");

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        await(state -> state.steady() && state.desired() == 2);
    }

    @Test
    void whenTheHealerDidNotAddThem_thenScalingBackRemovesNone() {
        ServiceState before = state();

        assertThat(fleet.apply(new Action.ScaleBack(ORDER, 2, 1), "i1-1"))
                .isEqualTo(
                        new Outcome.Refused("of 2 containers the healer added 0: it removes no others to come to 1"));
        assertThat(ids(state())).isEqualTo(ids(before));
    }

    @Test
    void whenThereCanBeNoSecondOne_thenScalingOutIsRefusedWithTheReason() {
        engine.container(project, "edge", 1, "--label", OPT_IN, "--publish", "38091:8080");

        assertThat(fleet.apply(
                        new Action.ScaleOut(new ServiceId("selfheal", "edge"), 1, 2, Duration.ofMinutes(1)), "i1-1"))
                .isEqualTo(new Outcome.Refused(
                        project + "-edge-1 publishes the host's port 38091, which no second one can have"));
    }

    @Test
    void whenAnActionNeedsAnOrchestrator_thenItIsRefused_andNothingIsDone() {
        ServiceState before = state();
        TaskId task = before.tasks().getFirst().id();

        for (Action action : List.of(
                new Action.Redeploy(ORDER),
                new Action.RollBack(ORDER, "order:2", "order:1"),
                new Action.ShiftTraffic(ORDER, task, 2, 3, Duration.ofMinutes(1)),
                new Action.Shed(ORDER, 50, Duration.ofMinutes(1)))) {
            assertThat(fleet.apply(action, "i1-1")).as(action.toString()).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whenAServiceHasNotOptedIn_thenItIsNotListed_notRead_andNotTouched() {
        String id = engine.container(project, "ledger", 1);
        String startedAt = engineSays("{{.State.StartedAt}}", id);
        ServiceId ledger = new ServiceId("selfheal", "ledger");
        TaskId task = taskOf(project, "ledger", id);

        assertThat(fleet.services().map(List::copyOf))
                .isInstanceOfSatisfying(
                        Fact.Known.class, known -> assertThat(known.value()).isEqualTo(List.of(ORDER)));
        assertThat(fleet.describe(ledger))
                .isEqualTo(new Fact.Unknown<>(
                        "selfheal/ledger has not opted in: its containers lack the label selfheal.heal=true"));
        for (Action action : everything(ledger, task)) {
            assertThat(fleet.apply(action, "i1-1")).as(action.toString()).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(engineSays("{{.State.StartedAt}}", id)).isEqualTo(startedAt);
    }

    @Test
    void whenAContainerIsOfAnotherProject_thenItIsNeverTouched_howeverItIsNamed() {
        String id = engine.container(strangers, "order", 1, "--label", OPT_IN);
        String startedAt = engineSays("{{.State.StartedAt}}", id);

        for (Action action : everything(ORDER, taskOf(strangers, "order", id))) {
            fleet.apply(action, "i1-1");
        }
        for (Action action : everything(ORDER, taskOf(project, "order", id))) {
            fleet.apply(action, "i1-2");
        }
        for (Action action : everything(new ServiceId(strangers, "order"), taskOf(strangers, "order", id))) {
            assertThat(fleet.apply(action, "i1-3")).as(action.toString()).isInstanceOf(Outcome.Refused.class);
        }

        assertThat(engineSays("{{.State.StartedAt}} {{.State.Status}}", id)).isEqualTo(startedAt + " running");
        assertThat(engine.docker("ps", "--quiet", "--filter", "label=" + Labels.PROJECT + "=" + strangers)
                        .lines())
                .hasSize(1);
    }

    @Test
    void whenItIsARunOfOneCommand_thenItIsNoTask() {
        engine.container(project, "order", 3, "--label", OPT_IN, "--label", Labels.ONE_OFF + "=True");

        assertThat(state().tasks()).hasSize(2);
        assertThat(state().desired()).isEqualTo(2);
    }

    @Test
    void whenAContainerEnded_thenItIsMissing_andItsExitCodeIsEvidence() {
        engine.container(
                project, "job", 1, "--label", OPT_IN, "--entrypoint", "/bin/sh", TestEngine.IMAGE, "-c", "exit 42");
        ServiceId job = new ServiceId("selfheal", "job");

        awaitEnd(project + "-job-1");

        assertThat(fleet.describe(job)).isInstanceOfSatisfying(Fact.Known.class, known -> {
            ServiceState state = (ServiceState) known.value();
            assertThat(state.tasks()).isEmpty();
            assertThat(state.desired()).isEqualTo(1);
            assertThat(state.steady()).isFalse();
        });
        assertThat(fleet.evidence().gather(job).stops())
                .isInstanceOfSatisfying(Fact.Known.class, known -> assertThat((List<?>) known.value())
                        .singleElement()
                        .isInstanceOfSatisfying(Stop.class, stop -> {
                            assertThat(stop.code()).isEqualTo("ContainerExited");
                            assertThat(stop.exitCode()).contains(42);
                        }));
    }

    @Test
    void whenTwoConfigurationsRun_thenThatIsADeployment() {
        engine.container(project, "order", 3, "--label", OPT_IN, "--label", Labels.CONFIG_HASH + "=decade00");

        assertThat(state().deployment()).isPresent();
    }

    @Test
    void whenThereIsNoSocket_thenOpeningSaysWhatToDo() {
        assertThatThrownBy(() ->
                        ComposeFleet.open(settings(URI.create("unix:///nowhere/docker.sock")), InstantSource.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no socket at /nowhere/docker.sock: start Docker");
    }

    private void awaitEnd(String container) {
        assertThat(engine.docker("wait", container)).isEqualTo("42");
    }

    /** As the fleet would name it, if it were one of its tasks. */
    private TaskId taskOf(String inProject, String service, String id) {
        return new TaskId("compose/" + inProject + "/" + service + "-1." + id.substring(0, 12) + ".20260101T000000000");
    }

    private List<Action> everything(ServiceId service, TaskId task) {
        return List.of(
                new Action.RestartTask(service, task),
                new Action.Retire(service, task, 2, 1, false),
                new Action.Retire(service, task, 3, 2, false),
                new Action.Redeploy(service),
                new Action.ScaleBack(service, 3, 2),
                new Action.ScaleBack(service, 2, 1));
    }
}
