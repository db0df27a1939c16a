package io.selfheal.healer.aws;

import static io.selfheal.healer.aws.TestCluster.ORDER;
import static io.selfheal.healer.aws.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action.Redeploy;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Action.ScaleOut;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcsFleetUnderFaultsTest {
    private final TestCluster cluster;
    private final EcsFleet fleet;
    private final TaskId victim;

    EcsFleetUnderFaultsTest() throws IOException {
        cluster = new TestCluster();
        fleet = cluster.fleet();
        cluster.createOrder(1);
        victim = await(fleet, ServiceState::steady).tasks().getFirst().id();
    }

    @AfterEach
    void close() {
        fleet.close();
        cluster.close();
    }

    @Nested
    class GivenATrouble {

        @ParameterizedTest
        @ValueSource(strings = {"ThrottlingException", "ServerException", "ConnectionReset"})
        void whenItPasses_thenReadsAndRepeatableActionsGetThrough(String error) {
            failNext("DescribeServices", error, 2);
            assertThat(fleet.describe(ORDER)).isInstanceOf(Fact.Known.class);
            assertThat(cluster.faultsLeft()).contains("\"faults\":[]");

            failNext("StopTask", error, 2);
            assertThat(fleet.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Accepted.class);

            failNext("UpdateService", error, 1);
            assertThat(fleet.apply(new ScaleOut(ORDER, 1, 2, Duration.ofMinutes(1)), "i1-2"))
                    .isInstanceOf(Outcome.Accepted.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ThrottlingException", "ServerException", "ConnectionReset"})
        void whenItStays_thenReadsAreUnknown_andActionsFailed_afterThreeAttempts(String error) {
            failNext("*", error, 1000);

            assertThat(fleet.services()).isInstanceOf(Fact.Unknown.class);
            assertThat(cluster.faultsLeft()).contains("\"count\":997");
            assertThat(fleet.describe(ORDER)).isInstanceOf(Fact.Unknown.class);
            assertThat(fleet.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Failed.class);
            assertThat(fleet.apply(new ScaleOut(ORDER, 1, 2, Duration.ofMinutes(1)), "i1-1"))
                    .isInstanceOf(Outcome.Failed.class);
            assertThat(fleet.apply(new Redeploy(ORDER), "i1-1")).isInstanceOf(Outcome.Failed.class);
        }

        @Test
        void whenPartOfAServiceCannotBeRead_thenAllOfItIsUnknown() {
            failNext("DescribeTasks", "ServerException", 1000);

            assertThat(fleet.describe(ORDER)).isInstanceOf(Fact.Unknown.class);
        }
    }

    @Nested
    class GivenARedeploy {

        @ParameterizedTest
        @ValueSource(strings = {"ServerException", "ConnectionReset"})
        void whenItMayHaveBeenCarriedOut_thenItIsNotSentAgain(String error) {
            String before = primary();
            cluster.fault("{\"operation\":\"UpdateService\",\"error\":\"" + error + "\",\"count\":2,\"applied\":true}");

            assertThat(fleet.apply(new Redeploy(ORDER), "i1-1")).isInstanceOf(Outcome.Failed.class);

            assertThat(cluster.faultsLeft()).contains("\"count\":1");
            assertThat(primary()).isNotEqualTo(before);
        }

        @Test
        void whenThrottled_thenItWasCertainlyNotCarriedOut_andIsSentAgain() {
            failNext("UpdateService", "ThrottlingException", 2);

            assertThat(fleet.apply(new Redeploy(ORDER), "i1-1")).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Nested
    class GivenASlowApi {
        private static final Duration BOUND = Duration.ofMillis(600);

        @Test
        void whenItIsSlowerThanTheBound_thenCallsEndThere() {
            try (EcsFleet hasty = cluster.fleet(Duration.ofMillis(250), BOUND)) {
                cluster.fault("{\"operation\":\"*\",\"delay\":\"PT4S\",\"count\":1000}");
                long start = System.nanoTime();

                assertThat(hasty.describe(ORDER)).isInstanceOf(Fact.Unknown.class);
                assertThat(hasty.services()).isInstanceOf(Fact.Unknown.class);
                assertThat(hasty.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Failed.class);

                // far from the 12 s that the server takes, far above what it costs
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
                cluster.clearFaults();
            }
        }

        @Test
        void whenOneAnswerIsLate_thenTheNextAttemptGetsThrough() {
            try (EcsFleet hasty = cluster.fleet(Duration.ofMillis(700), Duration.ofSeconds(20))) {
                cluster.fault("{\"operation\":\"StopTask\",\"delay\":\"PT2S\",\"count\":1}");

                assertThat(hasty.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Accepted.class);
            }
        }
    }

    @Test
    void whenNothingListens_thenUnknownAndFailed() {
        try (EcsFleet away = new EcsFleet(
                EcsSettings.ofCluster("selfheal").at(URI.create("http://127.0.0.1:1"), "us-east-1"),
                InstantSource.system())) {
            assertThat(away.services()).isInstanceOf(Fact.Unknown.class);
            assertThat(away.apply(new RestartTask(ORDER, victim), "i1-1")).isInstanceOf(Outcome.Failed.class);
        }
    }

    private String primary() {
        return cluster.order().deployments().stream()
                .filter(deployment -> "PRIMARY".equals(deployment.status()))
                .map(deployment -> deployment.id())
                .findFirst()
                .orElseThrow();
    }

    private void failNext(String operation, String error, int count) {
        cluster.fault("{\"operation\":\"" + operation + "\",\"error\":\"" + error + "\",\"count\":" + count + "}");
    }
}
