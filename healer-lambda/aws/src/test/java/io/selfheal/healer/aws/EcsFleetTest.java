package io.selfheal.healer.aws;

import static io.selfheal.healer.aws.TestCluster.NOW;
import static io.selfheal.healer.aws.TestCluster.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action.Redeploy;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Action.ScaleBack;
import io.selfheal.healer.fleet.Action.ScaleOut;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.testkit.DeployingFleetContract;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against real processes, and what only ECS has. */
class EcsFleetTest extends DeployingFleetContract {
    private static final TaskId NEVER_WAS =
            new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/00000000000000000000000000000000");

    private final TestCluster cluster;
    private final EcsFleet fleet;

    EcsFleetTest() throws IOException {
        cluster = new TestCluster();
        fleet = cluster.fleet();
        cluster.createOrder(2);
        TestCluster.await(fleet, ServiceState::steady);
    }

    @AfterEach
    void close() {
        fleet.close();
        cluster.close();
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
    protected String release() {
        String revision = cluster.release("sleep");
        await(state -> state.steady()
                && state.tasks().stream().allMatch(task -> task.revision().equals(revision)));
        return revision;
    }

    @Override
    protected ServiceState await(Predicate<ServiceState> condition) {
        return TestCluster.await(fleet, condition);
    }

    @Test
    void whenDescribed_thenTasksHaveTheirRevisionAndTheAddressOfTheirBinding() {
        assertThat(fleet.describe(ORDER)).isInstanceOfSatisfying(Fact.Known.class, known -> {
            assertThat(known.readAt()).isEqualTo(NOW);
            assertThat(((ServiceState) known.value()).tasks()).allSatisfy(task -> {
                assertThat(task.revision()).isEqualTo("order:1");
                assertThat(task.address().orElseThrow().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+");
            });
        });
    }

    @Test
    void whenTheClusterIsNotOurs_thenItIsUnknown_andNothingIsDone() {
        ServiceId elsewhere = new ServiceId("other", "order");

        assertThat(fleet.describe(elsewhere))
                .isEqualTo(new Fact.Unknown<>("other/order is not in the watched cluster selfheal"));
        assertThat(fleet.apply(new RestartTask(elsewhere, NEVER_WAS), "i1-1")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void whenTheTaskIsGone_thenTheRestartIsAccepted() {
        assertThat(fleet.apply(new RestartTask(ORDER, NEVER_WAS), "i1-1"))
                .isEqualTo(new Outcome.Accepted("task 00000000000000000000000000000000 is already gone"));
    }

    @Test
    void whenTheServiceDoesNotExist_thenActionsAreRefused() {
        ServiceId nope = new ServiceId("selfheal", "nope");

        assertThat(fleet.apply(new Redeploy(nope), "i1-1")).isInstanceOf(Outcome.Refused.class);
        assertThat(fleet.apply(new ScaleBack(nope, 3, 2), "i1-1")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void whenRedeployed_thenTheDeploymentShows() {
        assertThat(fleet.apply(new Redeploy(ORDER), "i1-1"))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> assertThat(accepted.detail())
                        .contains("deployment ecs-svc/"));

        await(state -> state.deployment().isPresent());
        await(ServiceState::steady);
    }

    @Test
    void whenTheCountIsAsWantedAlready_thenARepeatIsAccepted_andACountChangedBySomebodyElseRefused() {
        fleet.apply(new ScaleOut(ORDER, 2, 3, Duration.ofMinutes(1)), "i1-1");
        await(state -> state.desired() == 3);

        assertThat(fleet.apply(new ScaleOut(ORDER, 2, 3, Duration.ofMinutes(1)), "i1-1"))
                .isEqualTo(new Outcome.Accepted("desired count already is 3"));
        assertThat(fleet.apply(new ScaleBack(ORDER, 5, 2), "i1-2"))
                .isEqualTo(new Outcome.Refused("desired count is 3, not 5: somebody else changed it"));
    }
}
