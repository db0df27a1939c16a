package io.selfheal.healer.aws;

import static io.selfheal.healer.aws.TestCluster.NOW;
import static io.selfheal.healer.aws.TestCluster.ORDER;
import static io.selfheal.healer.aws.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsEvidenceTest {
    private final TestCluster cluster;
    private final EcsFleet fleet;

    EcsEvidenceTest() throws IOException {
        cluster = new TestCluster();
        fleet = cluster.fleet();
        cluster.createOrder(1);
        await(fleet, ServiceState::steady);
    }

    @AfterEach
    void close() {
        fleet.close();
        cluster.close();
    }

    private Evidence gather() {
        return fleet.evidence().gather(ORDER);
    }

    private static <T> T known(Fact<T> fact) {
        return switch (fact) {
            case Fact.Known<T>(T value, var readAt) -> {
                assertThat(readAt).isEqualTo(NOW);
                yield value;
            }
            case Fact.Unknown<T>(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void whenReleased_thenReleasesAreKnown_theNewestFirst() {
        String second = cluster.release("sleep");
        await(
                fleet,
                state -> state.steady() && state.tasks().getFirst().revision().equals(second));
        cluster.release("false");

        List<Release> releases = known(gather().releases());

        assertThat(releases).extracting(Release::revision).containsExactly("order:3", "order:2", "order:1");
        assertThat(releases)
                .extracting(Release::status)
                .containsExactly(Release.Status.IN_PROGRESS, Release.Status.COMPLETED, Release.Status.COMPLETED);
        assertThat(releases.get(0).startedAt()).isAfterOrEqualTo(releases.get(1).startedAt());
    }

    @Test
    void whenADeploymentWasRolledBack_thenItsReleaseIsAbandoned() {
        String bad = cluster.release("false");
        fleet.apply(new Action.RollBack(ORDER, bad, "order:1"), "i1-1");
        await(fleet, ServiceState::steady);

        assertThat(known(gather().releases()).getFirst())
                .extracting(Release::revision, Release::status)
                .containsExactly(bad, Release.Status.ABANDONED);
    }

    @Test
    void whenTasksStopped_thenItIsKnownHowAndOfWhichRevision() {
        assertThat(known(gather().stops())).isEmpty();
        TaskId first = await(fleet, ServiceState::steady).tasks().getFirst().id();
        fleet.apply(new Action.RestartTask(ORDER, first), "i1-1");
        TaskId second = await(
                        fleet, state -> state.steady() && state.task(first).isEmpty())
                .tasks()
                .getFirst()
                .id();
        fleet.apply(new Action.RestartTask(ORDER, second), "i1-2");
        await(fleet, state -> state.steady() && state.task(second).isEmpty());

        List<Stop> stops = known(gather().stops());

        assertThat(stops).extracting(Stop::task).containsExactly(second, first);
        assertThat(stops).allSatisfy(stop -> {
            assertThat(stop.revision()).isEqualTo("order:1");
            assertThat(stop.code()).isEqualTo("UserInitiated");
            assertThat(stop.exitCode()).isPresent();
        });
        assertThat(stops.getFirst().reason()).contains("selfheal i1-2");
    }

    @Test
    void whenOnePartCannotBeRead_thenOnlyItIsUnknown() {
        cluster.fault("{\"operation\":\"ListServiceDeployments\",\"error\":\"ServerException\",\"count\":3}");

        Evidence evidence = gather();

        assertThat(evidence.missing(Part.RELEASES)).hasValueSatisfying(why -> assertThat(why)
                .startsWith("deployments of selfheal/order: ServerException"));
        assertThat(evidence.missing(Part.STOPS)).isEmpty();
    }

    @Test
    void whatEcsCannotTellIsUnknown() {
        assertThat(gather().missing()).containsOnlyKeys(Part.VITALS, Part.CALLS, Part.RETRIES, Part.LOGS, Part.TRACE);
    }

    @Test
    void whenTheServiceIsOfAnotherCluster_thenNothingIsKnown() {
        assertThat(fleet.evidence().gather(new ServiceId("other", "order")).missing())
                .containsOnlyKeys(Part.values());
    }
}
