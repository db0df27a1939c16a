package io.selfheal.healer.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.aws.TestCluster.NOW;
import static io.selfheal.healer.aws.TestCluster.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.Task.FleetHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What ECS answers and the embedded endpoint does not: awsvpc, tags, pages, deployments that stand side by side. */
class EcsFleetRecordedTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";
    private static final String NO_TASKS = "{\"taskArns\":[]}";

    private final WireMockServer ecs = new WireMockServer(options().dynamicPort());
    private EcsSettings settings;

    @BeforeEach
    void start() {
        ecs.start();
        settings = EcsSettings.ofCluster(ARN + "cluster/selfheal").at(URI.create(ecs.baseUrl()), "us-east-1");
        ecs.stubFor(operation("ListTasks").willReturn(okJson(NO_TASKS)));
    }

    @AfterEach
    void stop() {
        ecs.stop();
    }

    @Nested
    class GivenTasksWithNetworkInterfaces {

        @Test
        void whenDescribed_thenTheAddressIsThePrivateIpAndTheDefinitionsPort_askedForOnce() {
            serviceIs(service("order", ""));
            ecs.stubFor(operation("ListTasks")
                    .withRequestBody(matchingJsonPath("$[?(@.desiredStatus == 'RUNNING')]"))
                    .willReturn(okJson("{\"taskArns\":[\"a1\",\"a2\",\"a3\",\"a4\",\"a5\"]}")));
            ecs.stubFor(operation("DescribeTasks").willReturn(okJson(recorded("awsvpc-tasks.json"))));
            ecs.stubFor(operation("DescribeTaskDefinition").willReturn(okJson("""
                    {"taskDefinition":{"containerDefinitions":[
                      {"name":"sidecar","portMappings":[{"containerPort":8125,"protocol":"udp"}]},
                      {"name":"app","portMappings":[{"containerPort":8080,"hostPort":8080,"protocol":"tcp"}]}]}}""")));

            try (EcsFleet fleet = fleet()) {
                known(fleet.describe(ORDER));
                List<Task> tasks = known(fleet.describe(ORDER)).tasks();

                assertThat(tasks)
                        .containsExactly(
                                new Task(
                                        id("a1"),
                                        "order:7",
                                        TaskStatus.RUNNING,
                                        FleetHealth.UNHEALTHY,
                                        Optional.of(URI.create("http://10.0.1.17:8080")),
                                        Optional.of(Instant.parse("2026-01-02T03:04:05.678Z"))),
                                new Task(
                                        id("a2"),
                                        "order:7",
                                        TaskStatus.STARTING,
                                        FleetHealth.UNKNOWN,
                                        Optional.empty(),
                                        Optional.empty()),
                                new Task(
                                        id("a3"),
                                        "order:6",
                                        TaskStatus.STOPPING,
                                        FleetHealth.UNKNOWN,
                                        Optional.empty(),
                                        Optional.empty()));
            }
            ecs.verify(1, requests("DescribeTaskDefinition"));
        }

        @Test
        void whenTheDefinitionCannotBeRead_thenThereIsNoAddress_whichIsNoReasonToKnowNothing() {
            serviceIs(service("order", ""));
            ecs.stubFor(operation("ListTasks").willReturn(okJson("{\"taskArns\":[\"a1\"]}")));
            ecs.stubFor(operation("DescribeTasks").willReturn(okJson(recorded("awsvpc-tasks.json"))));
            ecs.stubFor(operation("DescribeTaskDefinition").willReturn(error("AccessDeniedException")));

            try (EcsFleet fleet = fleet()) {
                assertThat(known(fleet.describe(ORDER)).tasks().getFirst().address())
                        .isEmpty();
            }
        }
    }

    @Nested
    class GivenAnOptInTag {

        @Test
        void whenAServiceDoesNotCarryIt_thenItIsNeitherListedNorDescribed() {
            String on = "\"tags\":[{\"key\":\"selfheal\",\"value\":\"on\"}],";
            String off = "\"tags\":[{\"key\":\"selfheal\",\"value\":\"off\"}],";
            ecs.stubFor(
                    operation("ListServices").willReturn(okJson("{\"serviceArns\":[\"order\",\"user\",\"product\"]}")));
            ecs.stubFor(operation("DescribeServices")
                    .withRequestBody(matchingJsonPath("$[?(@.include == ['TAGS'])]"))
                    .willReturn(okJson("{\"failures\":[],\"services\":[" + service("order", on) + ","
                            + service("user", off) + "," + service("product", "") + "]}")));
            settings = settings.onlyTagged("selfheal", "on");

            try (EcsFleet fleet = fleet()) {
                assertThat(fleet.services()).isEqualTo(new Fact.Known<>(List.of(ORDER), NOW));
                assertThat(fleet.describe(ORDER)).isInstanceOf(Fact.Known.class);
                assertThat(fleet.describe(new ServiceId("selfheal", "user")))
                        .isEqualTo(new Fact.Unknown<>("selfheal/user has not opted in by its tag"));
            }
        }
    }

    @Nested
    class GivenAServiceThatDidNotOptIn {
        private final TaskId task = id("a1");

        @TestFactory
        Stream<DynamicTest> whenAnythingIsToBeDoneToIt_thenNothingIsSentButTheQuestion() {
            return Stream.of(
                            new RestartTask(ORDER, task),
                            new Action.SurgeRestart(ORDER, task, 2, 3, Duration.ofMinutes(3)),
                            new Action.ShiftTraffic(ORDER, task, 2, 3, Duration.ofMinutes(3)),
                            new Action.Retire(ORDER, task, 2, 1, true),
                            new Action.Redeploy(ORDER),
                            new Action.RollBack(ORDER, "order:2", "order:1"),
                            new Action.ScaleOut(ORDER, 2, 3, Duration.ofMinutes(3)),
                            new Action.ScaleBack(ORDER, 2, 1))
                    .map(action -> DynamicTest.dynamicTest(action.kind().word(), () -> {
                        ecs.resetRequests();
                        serviceIs(service("order", ""));
                        try (EcsFleet fleet =
                                new EcsFleet(settings.onlyTagged("selfheal", "on"), InstantSource.fixed(NOW))) {
                            assertThat(fleet.apply(action, "i1-1"))
                                    .isEqualTo(new Outcome.Refused("selfheal/order has not opted in by its tag"));
                        }
                        ecs.verify(1, requests("DescribeServices"));
                        ecs.verify(1, anyRequestedFor(anyUrl()));
                    }));
        }

        @Test
        void whenEvidenceIsGathered_thenNothingIsKnown_andNothingElseAsked() {
            serviceIs(service("order", ""));
            try (EcsFleet fleet = new EcsFleet(settings.onlyTagged("selfheal", "on"), InstantSource.fixed(NOW))) {
                Evidence evidence = fleet.evidence().gather(ORDER);

                assertThat(evidence.releases()).isInstanceOf(Fact.Unknown.class);
                assertThat(evidence.stops()).isInstanceOf(Fact.Unknown.class);
            }
            ecs.verify(2, anyRequestedFor(anyUrl()));
        }
    }

    @Nested
    class GivenProtectionThatWasNotTaken {

        @Test
        void whenATaskIsRetired_thenTheCountIsLeftAlone() {
            serviceIs(service("order", "").replace(":2}", ":3}"));
            ecs.stubFor(operation("ListTasks")
                    .withRequestBody(matchingJsonPath("$[?(@.desiredStatus == 'RUNNING')]"))
                    .willReturn(okJson("{\"taskArns\":[\"a1\",\"b1\"]}")));
            ecs.stubFor(operation("DescribeTasks")
                    .willReturn(okJson("{\"tasks\":[%s,%s]}".formatted(running("a1"), running("b1")))));
            ecs.stubFor(operation("UpdateTaskProtection")
                    .willReturn(okJson(
                            "{\"protectedTasks\":[],\"failures\":[{\"arn\":\"%s\",\"reason\":\"DEPLOYMENT_BLOCKED\"}]}"
                                    .formatted(id("b1")))));

            try (EcsFleet fleet = fleet()) {
                assertThat(fleet.apply(new Action.Retire(ORDER, id("a1"), 3, 2, false), "i1-1"))
                        .isEqualTo(new Outcome.Failed("protection of b1 could not be turned on: DEPLOYMENT_BLOCKED"));
            }
            ecs.verify(0, requests("UpdateService"));
        }

        private static String running(String name) {
            return "{\"taskArn\":\"" + id(name) + "\",\"lastStatus\":\"RUNNING\",\"desiredStatus\":\"RUNNING\"}";
        }
    }

    @Nested
    class GivenADeploymentOfAnUnknownRevision {

        @Test
        void whenEvidenceIsGathered_thenReleasesAreUnknown_sinceAnOlderOneWouldPassForTheNewest() {
            ecs.stubFor(operation("ListServiceDeployments").willReturn(okJson("""
                    {"serviceDeployments":[
                      {"serviceDeploymentArn":"d2","targetServiceRevisionArn":"r2","createdAt":1767323045,"status":"SUCCESSFUL"},
                      {"serviceDeploymentArn":"d1","targetServiceRevisionArn":"r1","createdAt":1767323000,"status":"SUCCESSFUL"}]}""")));
            ecs.stubFor(operation("DescribeServiceRevisions").willReturn(okJson("""
                    {"serviceRevisions":[{"serviceRevisionArn":"r1","taskDefinition":"order:1"}],
                     "failures":[{"arn":"r2","reason":"MISSING"}]}""")));

            try (EcsFleet fleet = fleet()) {
                assertThat(fleet.evidence().gather(ORDER).releases())
                        .isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                                .contains("no task definition is known of d2"));
            }
        }
    }

    @Nested
    class GivenMoreThanAPage {

        @Test
        void whenServicesAreListed_thenAllPagesAreRead_andDescribedTenAtATime() {
            ecs.stubFor(operation("ListServices")
                    .willReturn(okJson("{\"serviceArns\":" + names("s", 0, 15) + ",\"nextToken\":\"more\"}")));
            ecs.stubFor(operation("ListServices")
                    .withRequestBody(matchingJsonPath("$[?(@.nextToken == 'more')]"))
                    .willReturn(okJson("{\"serviceArns\":" + names("s", 15, 25) + "}")));
            for (int from = 0; from < 25; from += 10) {
                int to = Math.min(from + 10, 25);
                String services = String.join(
                        ",",
                        IntStream.range(from, to)
                                .mapToObj(i -> service("s" + i, ""))
                                .toList());
                ecs.stubFor(operation("DescribeServices")
                        .withRequestBody(matchingJsonPath("$.services[0]", equalTo("s" + from)))
                        .willReturn(okJson("{\"failures\":[],\"services\":[" + services + "]}")));
            }
            try (EcsFleet fleet = fleet()) {
                assertThat(fleet.services())
                        .isInstanceOfSatisfying(Fact.Known.class, known -> assertThat((List<?>) known.value())
                                .hasSize(25));
            }
            ecs.verify(2, requests("ListServices"));
            ecs.verify(3, requests("DescribeServices"));
        }

        @Test
        void whenAServiceHasManyTasks_thenTheyAreDescribedAHundredAtATime() {
            serviceIs(service("order", ""));
            ecs.stubFor(operation("ListTasks")
                    .withRequestBody(matchingJsonPath("$[?(@.desiredStatus == 'RUNNING')]"))
                    .willReturn(okJson("{\"taskArns\":" + names("t", 0, 100) + ",\"nextToken\":\"more\"}")));
            ecs.stubFor(operation("ListTasks")
                    .withRequestBody(matchingJsonPath("$[?(@.nextToken == 'more')]"))
                    .willReturn(okJson("{\"taskArns\":" + names("t", 100, 120) + "}")));
            ecs.stubFor(operation("DescribeTasks").willReturn(okJson("{\"tasks\":[],\"failures\":[]}")));

            try (EcsFleet fleet = fleet()) {
                known(fleet.describe(ORDER));
            }
            ecs.verify(2, requests("DescribeTasks"));
            ecs.verify(1, requests("DescribeTasks").withRequestBody(matchingJsonPath("$.tasks[99]", equalTo("t99"))));
            ecs.verify(1, requests("DescribeTasks").withRequestBody(matchingJsonPath("$.tasks[0]", equalTo("t100"))));
        }
    }

    @Nested
    class GivenDeployments {

        @Test
        void whenTwoStandSideBySide_thenTheNewOneIsInProgress() {
            serviceIs(service("order", """
                    "deployments":[
                      {"id":"ecs-svc/1","status":"ACTIVE","taskDefinition":"%1$sorder:6","rolloutState":"COMPLETED"},
                      {"id":"ecs-svc/2","status":"PRIMARY","taskDefinition":"%1$sorder:7","rolloutState":"FAILED"}],""".formatted(ARN + "task-definition/")));

            try (EcsFleet fleet = fleet()) {
                assertThat(known(fleet.describe(ORDER)).deployment())
                        .contains(new Deployment("ecs-svc/2", "order:7", "FAILED"));
            }
        }

        @Test
        void whenTheOnlyOneFailedOrCompleted_thenNoneIsInProgress() {
            serviceIs(service("order", """
                    "deployments":[{"id":"ecs-svc/1","status":"PRIMARY","taskDefinition":"order:6","rolloutState":"FAILED"}],"""));

            try (EcsFleet fleet = fleet()) {
                assertThat(known(fleet.describe(ORDER)).deployment()).isEmpty();
            }
        }

        @Test
        void whenTheServiceIsBeingDeleted_thenUnknown() {
            serviceIs(service("order", "").replace("ACTIVE", "DRAINING"));

            try (EcsFleet fleet = fleet()) {
                assertThat(fleet.describe(ORDER)).isEqualTo(new Fact.Unknown<>("selfheal/order is DRAINING"));
            }
        }
    }

    @Nested
    class GivenARefusal {

        @Test
        void whenEcsForbidsIt_thenRefusedWithItsWords_afterOneRequest() {
            ecs.stubFor(operation("StopTask").willReturn(error("AccessDeniedException")));

            try (EcsFleet fleet = fleet()) {
                assertThat(fleet.apply(new RestartTask(ORDER, id("a1")), "i1-1"))
                        .isEqualTo(new Outcome.Refused("restart-task on selfheal/order: AccessDeniedException: because;"
                                + " the healer's role may not do this: allow it in its policy"));
            }
            ecs.verify(1, requests("StopTask").withRequestBody(matchingJsonPath("$.reason", equalTo("selfheal i1-1"))));
        }
    }

    private EcsFleet fleet() {
        return new EcsFleet(settings, InstantSource.fixed(NOW));
    }

    private void serviceIs(String service) {
        ecs.stubFor(
                operation("DescribeServices").willReturn(okJson("{\"failures\":[],\"services\":[" + service + "]}")));
    }

    private static MappingBuilder operation(String name) {
        return post(anyUrl()).withHeader("X-Amz-Target", equalTo("AmazonEC2ContainerServiceV20141113." + name));
    }

    private static RequestPatternBuilder requests(String operation) {
        return postRequestedFor(anyUrl())
                .withHeader("X-Amz-Target", equalTo("AmazonEC2ContainerServiceV20141113." + operation));
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder error(String code) {
        return aResponse().withStatus(400).withBody("{\"__type\":\"" + code + "\",\"message\":\"because\"}");
    }

    private static String service(String name, String more) {
        return "{\"serviceName\":\"" + name + "\"," + more + "\"status\":\"ACTIVE\",\"desiredCount\":2}";
    }

    private static String names(String prefix, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"" + prefix + i + "\"")
                .toList()
                .toString();
    }

    private static TaskId id(String name) {
        return new TaskId(ARN + "task/selfheal/" + name);
    }

    private static ServiceState known(Fact<ServiceState> fact) {
        if (fact instanceof Fact.Known<ServiceState>(ServiceState state, Instant at)) {
            assertThat(at).isEqualTo(NOW);
            return state;
        }
        throw new AssertionError("expected a known state, was " + fact);
    }

    private static String recorded(String name) {
        try (InputStream in = EcsFleetRecordedTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
