package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/** Task scale-in protection, seen through the AWS SDK. */
class TaskProtectionTest {
    private final Endpoint endpoint;

    TaskProtectionTest(@TempDir Path folder) throws IOException {
        endpoint = new Endpoint(folder, o -> o.withSettle(Duration.ofMillis(100)));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void givenTheNewestIsProtected_whenScaledIn_thenAnotherOneGoes() {
        endpoint.create("order", endpoint.register("order"), 1);
        String oldest = endpoint.running("order").getFirst();
        scale(2);
        String newest = endpoint.running("order").stream()
                .filter(t -> !t.equals(oldest))
                .findFirst()
                .orElseThrow();
        Instant before = Instant.now();

        ProtectedTask answer = protect(newest, true, null).protectedTasks().getFirst();
        scale(1);

        assertThat(answer.protectionEnabled()).isTrue();
        assertThat(answer.expirationDate())
                .isBetween(
                        before.plus(Duration.ofHours(2)).minusMillis(1),
                        Instant.now().plus(Duration.ofHours(2)));
        assertThat(endpoint.running("order")).containsExactly(newest);
        assertThat(get(newest).protectionEnabled()).isTrue();
    }

    @Test
    void givenATaskIsProtected_whenARevisionIsRolledOut_thenItStaysUntilProtectionEnds() {
        endpoint.create("order", endpoint.register("order"), 2);
        String kept = endpoint.running("order").getFirst();
        String other = endpoint.running("order").getLast();
        protect(kept, true, 1);
        String second = endpoint.register("order");

        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").taskDefinition(second));
        Await.until("the unprotected one is gone", () -> endpoint.task(other).lastStatus(), "STOPPED"::equals);
        assertThat(endpoint.task(kept).desiredStatus()).isEqualTo("RUNNING");
        assertThat(protect(kept, false, null).protectedTasks().getFirst().expirationDate())
                .isNull();

        endpoint.awaitStable("order");
        assertThat(endpoint.awaitStopped(kept).stoppedReason()).startsWith("Scaling activity initiated by");
    }

    @Test
    void aProtectedTaskIsStoppedByStopTaskAndWithItsService() {
        endpoint.create("order", endpoint.register("order"), 2);
        List<String> tasks = endpoint.running("order");
        tasks.forEach(t -> protect(t, true, 2_880));

        endpoint.client().stopTask(r -> r.cluster(CLUSTER).task(tasks.getFirst()));
        endpoint.awaitStopped(tasks.getFirst());
        endpoint.client().deleteService(r -> r.cluster(CLUSTER).service("order").force(true));

        endpoint.awaitStopped(tasks.getLast());
        assertThat(failures(protect(tasks.getLast(), true, null))).containsExactly("TASK_NOT_VALID");
    }

    @Test
    void whatCannotBeProtectedIsAFailureAndNoneOfTheOthers() {
        endpoint.create("order", endpoint.register("order"), 1);
        String task = endpoint.running("order").getFirst();
        String standalone = endpoint.client()
                .runTask(r -> r.cluster(CLUSTER).taskDefinition("order"))
                .tasks()
                .getFirst()
                .taskArn();
        String missing = "a".repeat(32);

        UpdateTaskProtectionResponse answer = endpoint.client()
                .updateTaskProtection(
                        r -> r.cluster(CLUSTER).tasks(standalone, missing, task).protectionEnabled(true));

        assertThat(failures(answer)).containsExactly("TASK_NOT_VALID", "MISSING");
        assertThat(answer.failures().getFirst().arn()).isEqualTo(standalone);
        assertThat(answer.protectedTasks()).extracting(ProtectedTask::taskArn).containsExactly(task);
        for (int minutes : List.of(0, 2_881)) {
            assertThatExceptionOfType(InvalidParameterException.class)
                    .isThrownBy(() -> protect(task, true, minutes))
                    .withMessageContaining("expiresInMinutes");
        }
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> endpoint.client()
                        .updateTaskProtection(r -> r.cluster(CLUSTER).tasks(task)))
                .withMessageContaining("protectionEnabled");
    }

    private UpdateTaskProtectionResponse protect(String task, boolean enabled, @Nullable Integer minutes) {
        return endpoint.client().updateTaskProtection(r -> r.cluster(CLUSTER)
                .tasks(task)
                .protectionEnabled(enabled)
                .expiresInMinutes(minutes));
    }

    private ProtectedTask get(String task) {
        return endpoint.client()
                .getTaskProtection(r -> r.cluster(CLUSTER).tasks(task))
                .protectedTasks()
                .getFirst();
    }

    private static List<String> failures(UpdateTaskProtectionResponse answer) {
        return answer.failures().stream().map(Failure::reason).toList();
    }

    private void scale(int count) {
        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").desiredCount(count));
        endpoint.awaitStable("order");
    }
}
