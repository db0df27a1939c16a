package io.selfheal.awsendpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.aws.EcsFleet;
import io.selfheal.healer.aws.EcsSettings;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.testkit.DeployingFleetContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of the ECS fleet at an ECS that we did not write. */
@AtMoto(
        lacks = {
            @AtMoto.Lack(what = "startedAt in DescribeTasks", tests = "thenAServiceIsDescribedWithItsTasks"),
            @AtMoto.Lack(
                    what = "UpdateTaskProtection",
                    tests = {
                        "whenSurged_thenAnotherTaskComesFirst_andExactlyTheVictimIsRetired",
                        "whenTheNewestTaskIsTheVictim_thenItGoesAllTheSame",
                        "whenASurgeAndItsRetirementAreRepeated_thenNobodyElseComesOrGoes"
                    })
        })
class EcsFleetAtEndpointTest extends DeployingFleetContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MotoCluster cluster = new MotoCluster(2);
    private final EcsFleet fleet = new EcsFleet(
            EcsSettings.ofCluster(cluster.name())
                    .at(AtMoto.Condition.uri(), AwsEndpoint.REGION)
                    // No verdict here depends on how quick the machine is.
                    .within(Duration.ofSeconds(20), Duration.ofSeconds(40)),
            InstantSource.system());

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
        return new ServiceId(cluster.name(), MotoCluster.SERVICE);
    }

    @Override
    protected String release() {
        String revision = cluster.release();
        await(state -> state.steady()
                && state.tasks().stream().allMatch(task -> task.revision().equals(revision)));
        return revision;
    }

    @Override
    protected ServiceState await(Predicate<ServiceState> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            cluster.schedule();
            ServiceState state = state();
            if (condition.test(state)) {
                return state;
            }
        }
        throw new AssertionError("not so within " + PATIENCE + ": " + state());
    }

    @Test
    void thenTasksHaveTheirRevisionAndTheAddressOfTheirInterface() {
        assertThat(state().steady()).isTrue();
        assertThat(state().tasks()).hasSize(2).allSatisfy(task -> {
            assertThat(task.running()).isTrue();
            assertThat(task.revision()).matches("order:[0-9]+");
            assertThat(task.address().orElseThrow().toString()).matches("http://[0-9.]+:8080");
        });
    }

    @Test
    void whenAnEndpointLacksAnOperation_thenThatIsSaid_andNothingIsCounted() {
        TaskId victim = state().tasks().getFirst().id();

        Outcome outcome = fleet.apply(new Action.Retire(service(), victim, 2, 1, false), "retire-1");

        assertThat(outcome).isNotInstanceOf(Outcome.Accepted.class);
        assertThat(outcome.toString()).containsIgnoringCase("retire");
        assertThat(await(ServiceState::steady).desired()).isEqualTo(2);
        assertThat(state().tasks()).extracting(Task::id).contains(victim);
    }

    @Test
    void whenATaskNeverWas_thenItsRestartIsNotSaidToHaveHappened() {
        TaskId neverWas = new TaskId(
                "arn:aws:ecs:us-east-1:123456789012:task/" + cluster.name() + "/00000000000000000000000000000000");

        // AWS calls that an invalid parameter; moto fails with a fault of its own, and then nobody knows.
        assertThat(fleet.apply(new Action.RestartTask(service(), neverWas), "restart-1"))
                .isInstanceOf(Outcome.Failed.class);
    }
}
