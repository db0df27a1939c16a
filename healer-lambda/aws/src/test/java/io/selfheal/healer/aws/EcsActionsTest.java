package io.selfheal.healer.aws;

import static io.selfheal.healer.aws.TestCluster.ORDER;
import static io.selfheal.healer.aws.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions of several steps: what becomes of a service when one of the steps does not succeed. */
class EcsActionsTest {
    private static final String INJECTED = "{\"operation\":\"%s\",\"error\":\"%s\",\"count\":%d}";

    private final TestCluster cluster;
    private final EcsFleet fleet;

    EcsActionsTest() throws IOException {
        cluster = new TestCluster();
        fleet = cluster.fleet();
    }

    @AfterEach
    void close() {
        fleet.close();
        cluster.close();
    }

    @Nested
    class GivenALoadBalancer {
        private final String group = cluster.createOrderBehindLoadBalancer(2);
        private final ServiceState before = settled(2);
        private final Task victim = before.tasks().getFirst();
        private final Action shift = new Action.ShiftTraffic(ORDER, victim.id(), 2, 3, Duration.ofMinutes(30));
        private final Action retire = new Action.Retire(ORDER, victim.id(), 3, 2, true);

        private ServiceState settled(int count) {
            return await(
                    fleet,
                    state -> state.steady()
                            && state.desired() == count
                            && cluster.serving(group).equals(ports(state)));
        }

        private int port() {
            return victim.address().orElseThrow().getPort();
        }

        @Test
        void whenShifted_thenTheTaskRunsOnWithoutTraffic_andWhenRetiredExactlyItGoes() {
            assertThat(fleet.apply(shift, "i1-1")).isInstanceOf(Outcome.Accepted.class);
            assertThat(cluster.serving(group)).doesNotContain(port());
            ServiceState grown = await(
                    fleet,
                    state -> state.steady()
                            && state.desired() == 3
                            && cluster.serving(group).size() == 2);
            assertThat(ids(grown)).containsAll(ids(before));
            assertThat(cluster.serving(group)).doesNotContain(port());

            assertThat(fleet.apply(retire, "i1-2")).isInstanceOf(Outcome.Accepted.class);
            ServiceState after = await(
                    fleet, state -> state.steady() && state.task(victim.id()).isEmpty());
            assertThat(ids(grown)).containsAll(ids(after));
            assertThat(after.desired()).isEqualTo(2);
        }

        @Test
        void whenSomebodyElseHasChangedTheCount_thenAShiftIsRefused_andTheTaskGoesOnServing() {
            cluster.scale(1);

            assertThat(fleet.apply(new Action.ShiftTraffic(ORDER, victim.id(), 2, 3, Duration.ofMinutes(30)), "i1-1"))
                    .isEqualTo(new Outcome.Refused("desired count is 1, not 2: somebody else changed it"));

            ServiceState after = settled(1);
            assertThat(cluster.serving(group)).isEqualTo(ports(after));
        }

        @Test
        void whenTheTaskIsGone_thenAShiftIsRefused_andTheCountStays() {
            cluster.stop(victim.id());
            await(fleet, state -> state.steady() && state.task(victim.id()).isEmpty());

            assertThat(fleet.apply(shift, "i1-1")).isInstanceOf(Outcome.Refused.class);
            assertThat(cluster.order().desiredCount()).isEqualTo(2);
        }

        @Test
        void whenSomebodyElseHasChangedTheCountSince_thenTheTaskServesAgain() {
            fleet.apply(shift, "i1-1");
            cluster.scale(4);

            assertThat(fleet.apply(retire, "i1-2")).isInstanceOf(Outcome.Refused.class);

            assertThat(cluster.serving(group)).contains(port());
            assertThat(ids(settled(4))).containsAll(ids(before));
        }

        @Test
        void whenAShiftStoppedHalfWay_thenItsUndoingPutsTheTaskBack_andNobodyGoes() {
            cluster.fault(INJECTED.formatted("UpdateService", "ServerException", 3));
            assertThat(fleet.apply(shift, "i1-1")).isInstanceOf(Outcome.Failed.class);
            assertThat(cluster.serving(group)).doesNotContain(port());

            fleet.apply(retire, "i1-2");

            assertThat(cluster.serving(group)).contains(port());
            assertThat(ids(settled(2))).isEqualTo(ids(before));
        }

        @Test
        void whenTheLoadBalancerSaysNo_thenRefusedWithItsWords_andTheCountStays() {
            cluster.fault(INJECTED.formatted("DeregisterTargets", "AccessDenied", 1));

            assertThat(fleet.apply(shift, "i1-1")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                            refused.why())
                    .startsWith("shift-traffic on selfheal/order: AccessDenied: DeregisterTargets of 127.0.0.1:")
                    .contains("Injected fault."));
            assertThat(cluster.order().desiredCount()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ThrottlingException", "ServerException", "ConnectionReset"})
        void whenTheLoadBalancerCannotBeAsked_thenFailed_andTheCountStays(String error) {
            cluster.fault(INJECTED.formatted("DeregisterTargets", error, 1000));

            assertThat(fleet.apply(shift, "i1-1")).isInstanceOf(Outcome.Failed.class);
            assertThat(cluster.order().desiredCount()).isEqualTo(2);
        }
    }

    @Nested
    class GivenASurge {
        private final TaskId victim;
        private final Action retire;

        GivenASurge() {
            cluster.createOrder(2);
            victim = await(fleet, ServiceState::steady).tasks().getFirst().id();
            retire = new Action.Retire(ORDER, victim, 3, 2, false);
            fleet.apply(new Action.SurgeRestart(ORDER, victim, 2, 3, Duration.ofMinutes(3)), "i1-1");
            await(fleet, state -> state.steady() && state.desired() == 3);
        }

        @Test
        void whenTheVictimIsGoneAlready_thenTheCountReturnsAllTheSame() {
            cluster.stop(victim);
            await(fleet, state -> state.steady() && state.task(victim).isEmpty());

            assertThat(fleet.apply(retire, "i1-2")).isInstanceOf(Outcome.Accepted.class);

            await(fleet, state -> state.steady() && state.desired() == 2);
        }

        @Test
        void whenProtectionIsThrottledForAMoment_thenExactlyTheVictimGoes() {
            Set<TaskId> grown = ids(await(fleet, ServiceState::steady));
            cluster.fault(INJECTED.formatted("UpdateTaskProtection", "ThrottlingException", 2));

            assertThat(fleet.apply(retire, "i1-2")).isInstanceOf(Outcome.Accepted.class);

            Set<TaskId> left = ids(
                    await(fleet, state -> state.steady() && state.task(victim).isEmpty()));
            assertThat(left).hasSize(2).isSubsetOf(grown);
        }

        @Test
        void whenTheOthersCannotBeProtected_thenNobodyGoes() {
            cluster.fault(INJECTED.formatted("UpdateTaskProtection", "ServerException", 3));
            assertThat(fleet.apply(retire, "i1-2")).isInstanceOf(Outcome.Failed.class);

            cluster.fault(INJECTED.formatted("UpdateTaskProtection", "AccessDeniedException", 1));
            assertThat(fleet.apply(retire, "i1-3")).isInstanceOf(Outcome.Refused.class);

            assertThat(cluster.order().desiredCount()).isEqualTo(3);
        }
    }

    @Nested
    class GivenADeploymentThatDoesNotComeUp {
        private final Set<TaskId> before;
        private final String bad;
        private final Action back;

        GivenADeploymentThatDoesNotComeUp() {
            cluster.createOrder(2);
            before = ids(await(fleet, ServiceState::steady));
            // Not one that ends at once: it runs for a moment, which may be enough to take an old one's place.
            bad = cluster.release("no-such-program");
            back = new Action.RollBack(ORDER, bad, "order:1");
        }

        @Test
        void whenRolledBack_thenItIsStopped_andTheOldTasksHaveServedAllTheTime() {
            assertThat(fleet.apply(back, "i1-1"))
                    .isEqualTo(new Outcome.Accepted("StopServiceDeployment with ROLLBACK accepted"));
            assertThat(fleet.apply(back, "i1-1")).isInstanceOf(Outcome.Accepted.class);

            // The stopped task of the bad revision may be listed for a moment longer.
            ServiceState after =
                    await(fleet, state -> state.steady() && state.tasks().size() == before.size());
            assertThat(ids(after)).isEqualTo(before);
            assertThat(fleet.apply(back, "i1-2")).isEqualTo(new Outcome.Accepted("the service runs order:1 already"));
        }

        @Test
        void whenItHasJustEndedByItself_thenTheGoodRevisionIsDeployed() {
            cluster.fault(INJECTED.formatted("StopServiceDeployment", "ConflictException", 1));

            assertThat(fleet.apply(back, "i1-1")).isEqualTo(new Outcome.Accepted("UpdateService to order:1 accepted"));

            await(
                    fleet,
                    state -> state.steady()
                            && state.tasks().stream()
                                    .allMatch(task -> task.revision().equals("order:1")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ListServiceDeployments", "StopServiceDeployment"})
        void whenAStepSaysNo_thenRefused_andWhenItCannotBeAskedFailed(String operation) {
            cluster.fault(INJECTED.formatted(operation, "AccessDeniedException", 1));
            assertThat(fleet.apply(back, "i1-1")).isInstanceOf(Outcome.Refused.class);

            cluster.fault(INJECTED.formatted(operation, "ServerException", 3));
            assertThat(fleet.apply(back, "i1-2")).isInstanceOf(Outcome.Failed.class);

            assertThat(cluster.order().taskDefinition()).endsWith("/" + bad);
        }
    }

    @Test
    void givenNoTargetGroup_whenShifted_thenRefused_andTheCountStays() {
        cluster.createOrder(1);
        TaskId victim = await(fleet, ServiceState::steady).tasks().getFirst().id();

        assertThat(fleet.apply(new Action.ShiftTraffic(ORDER, victim, 1, 2, Duration.ofMinutes(30)), "i1-1"))
                .isEqualTo(new Outcome.Refused("selfheal/order has no target group to take a task out of"));
        assertThat(cluster.order().desiredCount()).isEqualTo(1);
    }

    private static Set<TaskId> ids(ServiceState state) {
        return state.tasks().stream().map(Task::id).collect(Collectors.toSet());
    }

    private static Set<Integer> ports(ServiceState state) {
        return state.tasks().stream()
                .map(task -> task.address().orElseThrow().getPort())
                .collect(Collectors.toSet());
    }
}
