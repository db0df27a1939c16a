package io.selfheal.healer.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action.Redeploy;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** What an operator reads when ECS, the load balancer or CloudWatch Logs says no, and that nothing is done twice over it. */
class AwsSaysNoTest {
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final TaskId TASK = new TaskId("arn:aws:ecs:eu-central-1:1:task/selfheal/a1");
    private static final Redeploy REDEPLOY = new Redeploy(ORDER);
    private static final RestartTask RESTART = new RestartTask(ORDER, TASK);
    private static final String NOT_ALLOWED = "User: arn:aws:sts::1:assumed-role/healer/x is not authorized to perform:"
            + " %s on resource: %s because no identity-based policy allows the %1$s action";

    private final WireMockServer aws = new WireMockServer(options().dynamicPort());

    @BeforeEach
    void start() {
        aws.start();
    }

    @AfterEach
    void stop() {
        aws.stop();
    }

    private record No(int status, String code, String message, String advice, boolean repeated) {}

    private static List<No> noes(String action, String resource) {
        return List.of(
                new No(
                        400,
                        "AccessDeniedException",
                        NOT_ALLOWED.formatted(action, resource),
                        "add " + action + " on " + resource
                                + " to the policy of the healer's role: {\"Effect\": \"Allow\"," + " \"Action\": \""
                                + action + "\", \"Resource\": \"" + resource + "\"}",
                        false),
                new No(
                        403,
                        "AccessDeniedException",
                        NOT_ALLOWED
                                .formatted(action, resource)
                                .replace(
                                        "no identity-based policy allows",
                                        "an explicit deny in a service control policy forbids"),
                        "no further permission helps",
                        false),
                new No(
                        400,
                        "ExpiredTokenException",
                        "The security token is expired",
                        "credentials have expired",
                        false),
                new No(400, "UnrecognizedClientException", "The security token is invalid", "are not accepted", false),
                new No(
                        400,
                        "InvalidSignatureException",
                        "Signature expired: 20260102T030405Z is now earlier than 20260102T040405Z",
                        "the clock of this machine is off",
                        true),
                new No(403, "RequestTimeTooSkewed", "too large a difference", "the clock of this machine is off", true),
                new No(400, "ThrottlingException", "Rate exceeded", "Rate exceeded", true),
                new No(500, "ServerException", "broken", "broken", true),
                new No(503, "ServiceUnavailable", "busy", "busy", true));
    }

    private void answers(int status, String body) {
        aws.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private void says(No no) {
        aws.resetAll();
        answers(no.status(), "{\"__type\":\"" + no.code() + "\",\"message\":\"" + no.message() + "\"}");
    }

    private int sent(String operation) {
        return aws.findAll(postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("." + operation)))
                .size();
    }

    private EcsFleet fleet(Duration attempt, Duration call) {
        return new EcsFleet(
                EcsSettings.ofCluster("selfheal")
                        .at(URI.create(aws.baseUrl()), "eu-central-1")
                        .within(attempt, call),
                InstantSource.system());
    }

    private EcsFleet fleet() {
        return fleet(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    @TestFactory
    Stream<DynamicTest> givenEcs_whenItSaysNo_thenTheLineSaysWhatToDo_andATaskIsStoppedOnceAtMost() {
        return noes("ecs:StopTask", TASK.arn()).stream()
                .map(no -> DynamicTest.dynamicTest(no.code() + " " + no.status(), () -> {
                    says(no);
                    try (EcsFleet fleet = fleet()) {
                        assertThat(why(fleet.apply(RESTART, "i1-1")))
                                .startsWith("restart-task on selfheal/order: " + no.code())
                                .contains(no.advice());
                        // Stopping it twice stops it once: a repeat is harmless.
                        assertThat(sent("StopTask")).isBetween(1, no.repeated() ? 3 : 1);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> givenEcs_whenItSaysNoToADeployment_thenItIsSentAgainOnlyIfCertainlyNotBegun() {
        return noes("ecs:UpdateService", "arn:aws:ecs:eu-central-1:1:service/selfheal/order").stream()
                .map(no -> DynamicTest.dynamicTest(no.code() + " " + no.status(), () -> {
                    says(no);
                    try (EcsFleet fleet = fleet()) {
                        Outcome outcome = fleet.apply(REDEPLOY, "i1-1");

                        assertThat(why(outcome)).contains(no.advice());
                        assertThat(sent("UpdateService")).isEqualTo(no.code().equals("ThrottlingException") ? 3 : 1);
                        boolean open = no.status() >= 500 || no.code().equals("ThrottlingException");
                        assertThat(outcome).isInstanceOf(open ? Outcome.Failed.class : Outcome.Refused.class);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> givenEcs_whenItSaysNoToALook_thenTheServiceIsUnknown_andWhyIsSaid() {
        return noes("ecs:DescribeServices", "arn:aws:ecs:eu-central-1:1:service/selfheal/order").stream()
                .map(no -> DynamicTest.dynamicTest(no.code() + " " + no.status(), () -> {
                    says(no);
                    try (EcsFleet fleet = fleet()) {
                        assertThat(fleet.describe(ORDER))
                                .isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                                        .contains(no.advice()));
                    }
                }));
    }

    @Test
    void givenAnotherRegion_whenTheClusterIsNotThere_thenItIsSaidWhereToLook() {
        says(new No(400, "ClusterNotFoundException", "Cluster not found.", "", false));
        try (EcsFleet fleet = fleet()) {
            assertThat(fleet.services()).isInstanceOfSatisfying(Fact.Unknown.class, unknown -> assertThat(unknown.why())
                    .contains("check HEALER_CLUSTER and AWS_REGION"));
        }
    }

    @Test
    void givenARegionThatDoesNotExist_thenItsHostIsNamed() {
        try (EcsFleet fleet = new EcsFleet(
                EcsSettings.ofCluster("selfheal").at(URI.create("http://ecs.nowhere-1.invalid"), "nowhere-1"),
                InstantSource.system())) {
            assertThat(why(fleet.apply(RESTART, "i1-1")))
                    .contains("ecs.nowhere-1.invalid")
                    .contains("check AWS_REGION");
        }
    }

    @Test
    void givenADeploymentThatWasBegun_whenTheAnswerIsLate_orLost_thenItIsNotSentAgain_andNobodySaysItWasRefused() {
        aws.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(600_000)));
        try (EcsFleet hasty = fleet(Duration.ofMillis(300), Duration.ofSeconds(3))) {
            assertThat(hasty.apply(REDEPLOY, "i1-1")).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(sent("UpdateService")).isEqualTo(1);

        aws.resetAll();
        aws.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        try (EcsFleet fleet = fleet()) {
            assertThat(fleet.apply(REDEPLOY, "i1-1")).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(sent("UpdateService")).isEqualTo(1);

        aws.resetAll();
        answers(408, "{\"__type\":\"RequestTimeout\",\"message\":\"late\"}");
        try (EcsFleet fleet = fleet()) {
            assertThat(fleet.apply(REDEPLOY, "i1-1")).isInstanceOf(Outcome.Failed.class);
        }
    }

    @TestFactory
    Stream<DynamicTest> givenALoadBalancer_whenItSaysNo_thenTheLineSaysWhatToDo_afterOneRequest() {
        String group = "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/order/1";
        return noes("elasticloadbalancing:DeregisterTargets", group).stream()
                .map(no -> DynamicTest.dynamicTest(no.code() + " " + no.status(), () -> {
                    aws.resetAll();
                    answers(
                            no.status(),
                            "<ErrorResponse><Error><Type>Sender</Type><Code>" + no.code() + "</Code><Message>"
                                    + no.message() + "</Message></Error></ErrorResponse>");
                    try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
                        AwsServiceException failure =
                                catchThrowableOfType(AwsServiceException.class, () -> new TargetGroups(signed(http))
                                        .deregister(group, URI.create("http://10.0.0.1:8080")));
                        said(no, EcsActions.outcomeOf("shift-traffic on selfheal/order", failure));
                    }
                    assertThat(aws.getAllServeEvents()).hasSize(1);
                }));
    }

    @TestFactory
    Stream<DynamicTest> givenCloudWatchLogs_whenTheySayNo_thenTheLineSaysWhatToDo_afterOneRequest() {
        String group = "arn:aws:logs:eu-central-1:1:log-group:/selfheal/order:log-stream:";
        CloudWatchLogs.Search search = new CloudWatchLogs.Search(
                new CloudWatchLogs.Group("/selfheal/order", Optional.empty()),
                List.of("app/1"),
                "ERROR",
                Instant.EPOCH,
                Instant.EPOCH);
        return noes("logs:FilterLogEvents", group).stream()
                .map(no -> DynamicTest.dynamicTest(no.code() + " " + no.status(), () -> {
                    says(no);
                    try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
                        AwsServiceException failure =
                                catchThrowableOfType(AwsServiceException.class, () -> new CloudWatchLogs(signed(http))
                                        .filter(search, Optional.empty(), 10));
                        assertThat(Wording.of("logs of selfheal/order", failure))
                                .contains(no.advice());
                    }
                    assertThat(aws.getAllServeEvents()).hasSize(1);
                }));
    }

    private static void said(No no, Outcome outcome) {
        assertThat(why(outcome)).contains(no.advice());
        boolean open = no.status() >= 500 || no.code().equals("ThrottlingException");
        assertThat(outcome).isInstanceOf(open ? Outcome.Failed.class : Outcome.Refused.class);
    }

    private SignedCalls signed(SdkHttpClient http) {
        return new SignedCalls(
                http,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
                Region.EU_CENTRAL_1,
                Optional.of(URI.create(aws.baseUrl())));
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> throw new AssertionError("accepted: " + accepted.detail());
            case Outcome.Refused(String why) -> why;
            case Outcome.Failed(String why) -> why;
        };
    }
}
