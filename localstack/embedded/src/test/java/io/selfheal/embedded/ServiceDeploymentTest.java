package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** A service's deployment history and the way back, seen through the AWS SDK. */
class ServiceDeploymentTest {
    private final Endpoint endpoint;

    ServiceDeploymentTest(@TempDir Path folder) throws IOException {
        endpoint = new Endpoint(folder, o -> o.withSettle(Duration.ofMillis(100)));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void whenARevisionIsRolledOut_thenTheHistoryTellsWhatReplacedWhat() {
        String first = endpoint.register("order");
        endpoint.create("order", first, 2);
        String second = endpoint.register("order");
        update(second);
        endpoint.awaitStable("order");

        List<ServiceDeploymentBrief> list = history();

        assertThat(list)
                .extracting(ServiceDeploymentBrief::status)
                .containsOnly(ServiceDeploymentStatus.SUCCESSFUL)
                .hasSize(2);
        assertThat(list.getFirst().serviceDeploymentArn())
                .startsWith("arn:aws:ecs:us-east-1:000000000000:service-deployment/selfheal/order/");
        assertThat(list.getFirst().finishedAt())
                .isAfterOrEqualTo(list.getFirst().createdAt());
        ServiceDeployment latest = describe(list.getFirst().serviceDeploymentArn());
        assertThat(latest.targetServiceRevision().arn())
                .isEqualTo(list.getFirst().targetServiceRevisionArn());
        assertThat(latest.targetServiceRevision().requestedTaskCount()).isEqualTo(2);
        assertThat(latest.targetServiceRevision().runningTaskCount()).isEqualTo(2);
        assertThat(latest.sourceServiceRevisions()).singleElement().satisfies(source -> {
            assertThat(source.arn()).isEqualTo(list.getLast().targetServiceRevisionArn());
            assertThat(source.requestedTaskCount()).isZero();
        });
        assertThat(describe(list.getLast().serviceDeploymentArn()).sourceServiceRevisions())
                .isEmpty();
        assertThat(revision(list.getFirst().targetServiceRevisionArn()).taskDefinition())
                .isEqualTo(second);
        assertThat(revision(list.getLast().targetServiceRevisionArn()).taskDefinition())
                .isEqualTo(first);
    }

    @Test
    void whenADeploymentIsStoppedWithRollback_thenTheServiceIsBackOnTheLastCompletedRevision() {
        String good = endpoint.register("order");
        endpoint.create("order", good, 2);
        List<String> before = endpoint.running("order");
        update(neverHealthy());
        String arn = latest().serviceDeploymentArn();
        Await.until("the new revision runs", () -> endpoint.running("order"), tasks -> tasks.size() == 4);

        assertThat(stop(arn, StopServiceDeploymentStopType.ROLLBACK)).isEqualTo(arn);

        ServiceDeployment after = Await.until(
                "rolled back", () -> describe(arn), d -> d.status() == ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(after.rollback().serviceRevisionArn())
                .isEqualTo(history().getLast().targetServiceRevisionArn());
        assertThat(after.rollback().reason()).contains("user request");
        assertThat(endpoint.awaitStable("order").taskDefinition()).isEqualTo(good);
        assertThat(endpoint.running("order")).isEqualTo(before);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stop(arn, StopServiceDeploymentStopType.ROLLBACK))
                .withMessageContaining("ROLLBACK_SUCCESSFUL");
    }

    @Test
    void whenADeploymentIsAborted_thenItStopsWhereItStandsAndTheOldTasksServe() {
        endpoint.create("order", endpoint.register("order"), 2);
        List<String> before = endpoint.running("order");
        update(neverHealthy());
        String arn = latest().serviceDeploymentArn();

        stop(arn, StopServiceDeploymentStopType.ABORT);

        ServiceDeployment after = describe(arn);
        assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
        assertThat(after.stoppedAt()).isNotNull();
        assertThat(after.rollback()).isNull();
        assertThat(endpoint.running("order")).containsAll(before);
    }

    @Test
    void whenThereIsNothingToGoBackTo_thenTheRollbackFailsAndSaysSo() {
        String bad = neverHealthy();
        endpoint.client().createService(r -> r.cluster(CLUSTER)
                .serviceName("order")
                .taskDefinition(bad)
                .desiredCount(1));
        String arn = latest().serviceDeploymentArn();
        assertThat(latest().status()).isEqualTo(ServiceDeploymentStatus.IN_PROGRESS);

        stop(arn, StopServiceDeploymentStopType.ROLLBACK);

        assertThat(describe(arn).status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_FAILED);
        assertThat(describe(arn).statusReason()).contains("no completed service revision");
    }

    @Test
    void whenANewerDeploymentBegins_thenTheOneBeforeIsStopped() {
        endpoint.create("order", endpoint.register("order"), 1);
        update(neverHealthy());
        update(endpoint.register("order"));

        endpoint.awaitStable("order");

        assertThat(history())
                .extracting(ServiceDeploymentBrief::status)
                .containsExactly(
                        ServiceDeploymentStatus.SUCCESSFUL,
                        ServiceDeploymentStatus.STOPPED,
                        ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(history().get(1).statusReason()).contains("newer service deployment");
    }

    @Test
    void theHistoryIsFilteredAndPaged() {
        endpoint.create("order", endpoint.register("order"), 1);
        update(neverHealthy());
        var all = history();

        var inProgress = endpoint.client()
                .listServiceDeployments(
                        r -> r.cluster(CLUSTER).service("order").status(ServiceDeploymentStatus.IN_PROGRESS))
                .serviceDeployments();
        var before = endpoint.client()
                .listServiceDeployments(r -> r.cluster(CLUSTER)
                        .service("order")
                        .createdAt(c -> c.before(all.getFirst().createdAt())))
                .serviceDeployments();
        var pages = endpoint.client()
                .listServiceDeployments(r -> r.cluster(CLUSTER).service("order").maxResults(1));

        assertThat(inProgress).containsExactly(all.getFirst());
        assertThat(before).containsExactly(all.getLast());
        assertThat(pages.serviceDeployments()).containsExactly(all.getFirst());
        assertThat(endpoint.client()
                        .listServiceDeployments(r -> r.cluster(CLUSTER)
                                .service("order")
                                .maxResults(1)
                                .nextToken(pages.nextToken()))
                        .serviceDeployments())
                .containsExactly(all.getLast());
    }

    @Test
    void whatIsNotThereIsRefused() {
        String arn = "arn:aws:ecs:us-east-1:000000000000:service-deployment/selfheal/order/none";

        assertThat(endpoint.client()
                        .describeServiceDeployments(r -> r.serviceDeploymentArns(arn))
                        .failures())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo("MISSING"));
        assertThatExceptionOfType(ServiceDeploymentNotFoundException.class)
                .isThrownBy(() -> stop(arn, StopServiceDeploymentStopType.ROLLBACK));
        assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(this::history);
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> endpoint.client()
                        .stopServiceDeployment(r -> r.serviceDeploymentArn(arn).stopType("LATER")))
                .withMessageContaining("LATER");
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> endpoint.client().describeServiceRevisions(r -> r.serviceRevisionArns(List.of())));
    }

    /** Runs, but is never ready, so that its deployment stays in progress. */
    private String neverHealthy() {
        return endpoint.register("order", c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 300 & wait")
                .healthCheck(h -> h.command("CMD", "false").startPeriod(300)));
    }

    private void update(String definition) {
        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").taskDefinition(definition));
    }

    private String stop(String arn, StopServiceDeploymentStopType type) {
        return endpoint.client()
                .stopServiceDeployment(r -> r.serviceDeploymentArn(arn).stopType(type))
                .serviceDeploymentArn();
    }

    private List<ServiceDeploymentBrief> history() {
        return endpoint.client()
                .listServiceDeployments(r -> r.cluster(CLUSTER).service("order"))
                .serviceDeployments();
    }

    private ServiceDeploymentBrief latest() {
        return history().getFirst();
    }

    private ServiceDeployment describe(String arn) {
        return endpoint.client()
                .describeServiceDeployments(r -> r.serviceDeploymentArns(arn))
                .serviceDeployments()
                .getFirst();
    }

    private ServiceRevision revision(String arn) {
        return endpoint.client()
                .describeServiceRevisions(r -> r.serviceRevisionArns(arn))
                .serviceRevisions()
                .getFirst();
    }
}
