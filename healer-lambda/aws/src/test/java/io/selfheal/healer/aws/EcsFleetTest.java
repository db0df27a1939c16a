package io.selfheal.healer.aws;

import static io.selfheal.healer.aws.TestCluster.NOW;
import static io.selfheal.healer.aws.TestCluster.ORDER;
import static io.selfheal.healer.aws.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action.Redeploy;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Action.ScaleBack;
import io.selfheal.healer.fleet.Action.ScaleOut;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EcsFleetTest {
    private static final TaskId NEVER_WAS =
            new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/00000000000000000000000000000000");

    private final TestCluster cluster;
    private final EcsFleet fleet;

    EcsFleetTest() throws IOException {
        cluster = new TestCluster();
        fleet = cluster.fleet();
        cluster.createOrder(2);
        await(fleet, ServiceState::steady);
    }

    @AfterEach
    void close() {
        fleet.close();
        cluster.close();
    }

    @Nested
    class Reading {

        @Test
        void whenAsked_thenItTellsItsServices_andEachServiceItsTasks() {
            assertThat(fleet.services()).isEqualTo(new Fact.Known<>(List.of(ORDER), NOW));

            ServiceState state = await(fleet, ServiceState::steady);
            assertThat(state.id()).isEqualTo(ORDER);
            assertThat(state.desired()).isEqualTo(2);
            assertThat(state.deployment()).isEmpty();
            assertThat(state.tasks()).hasSize(2).allSatisfy(task -> {
                assertThat(task.running()).isTrue();
                assertThat(task.revision()).isEqualTo("order:1");
                assertThat(task.startedAt()).isPresent();
                assertThat(task.address().orElseThrow().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+");
            });
        }

        @Test
        void whenTheServiceDoesNotExistOrIsNotOurs_thenUnknown() {
            assertUnknown(fleet.describe(new ServiceId("selfheal", "nope")), "does not exist");
            assertUnknown(fleet.describe(new ServiceId("other", "order")), "not in the watched cluster");
        }
    }

    @Nested
    class Acting {

        @Test
        void whenATaskIsRestarted_thenAnotherTakesItsPlace_andARepeatDoesNoMore() {
            TaskId victim =
                    await(fleet, ServiceState::steady).tasks().getFirst().id();

            assertThat(fleet.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Accepted.class);
            ServiceState healed =
                    await(fleet, state -> state.steady() && state.task(victim).isEmpty());
            assertThat(fleet.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Accepted.class);

            assertThat(ids(await(fleet, ServiceState::steady))).isEqualTo(ids(healed));
        }

        @Test
        void whenTheTaskIsGone_thenTheRestartIsAccepted_andWhenTheClusterIsNotOurs_thenRefused() {
            assertThat(fleet.apply(new RestartTask(ORDER, NEVER_WAS), "i1-1"))
                    .isEqualTo(new Outcome.Accepted("task 00000000000000000000000000000000 is already gone"));
            assertThat(fleet.apply(new RestartTask(new ServiceId("other", "order"), NEVER_WAS), "i1-1"))
                    .isInstanceOf(Outcome.Refused.class);
        }

        @Test
        void whenRedeployed_thenTheDeploymentShows_andAllTasksAreNew() {
            List<TaskId> before = ids(await(fleet, ServiceState::steady));

            assertThat(fleet.apply(new Redeploy(ORDER), "i1-1")).isInstanceOf(Outcome.Accepted.class);

            await(fleet, state -> state.deployment().isPresent());
            ServiceState after = await(fleet, state -> state.steady());
            assertThat(ids(after)).hasSize(2).doesNotContainAnyElementsOf(before);
        }

        @Test
        void whenScaledOut_thenMoreTasksRun_andBackAgain_unlessSomebodyElseChangedIt() {
            assertThat(fleet.apply(new ScaleOut(ORDER, 2, 3, Duration.ofMinutes(1)), "i1-1"))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(await(fleet, state -> state.steady() && state.desired() == 3)
                            .tasks())
                    .hasSize(3);
            // the same again does no more
            assertThat(fleet.apply(new ScaleOut(ORDER, 2, 3, Duration.ofMinutes(1)), "i1-1"))
                    .isEqualTo(new Outcome.Accepted("desired count already is 3"));

            assertThat(fleet.apply(new ScaleBack(ORDER, 5, 2), "i1-2"))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.why())
                            .contains("is 3, not 5"));
            assertThat(fleet.apply(new ScaleBack(ORDER, 3, 2), "i1-2")).isInstanceOf(Outcome.Accepted.class);
            assertThat(await(fleet, state -> state.steady() && state.desired() == 2)
                            .tasks())
                    .hasSize(2);
        }

        @Test
        void whenTheServiceDoesNotExist_thenRefused() {
            ServiceId nope = new ServiceId("selfheal", "nope");

            assertThat(fleet.apply(new Redeploy(nope), "i1-1")).isInstanceOf(Outcome.Refused.class);
            assertThat(fleet.apply(new ScaleBack(nope, 3, 2), "i1-1")).isInstanceOf(Outcome.Refused.class);
        }
    }

    private static List<TaskId> ids(ServiceState state) {
        return state.tasks().stream()
                .map(Task::id)
                .sorted((one, other) -> one.arn().compareTo(other.arn()))
                .toList();
    }

    private static void assertUnknown(Fact<?> fact, String why) {
        assertThat(fact).isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                .contains(why));
    }
}
