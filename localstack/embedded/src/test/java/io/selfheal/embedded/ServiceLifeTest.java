package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskOverride;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The scheduler at work on real processes, seen through the AWS SDK. */
class ServiceLifeTest {
    private final Endpoint endpoint;

    ServiceLifeTest(@TempDir Path folder) throws IOException {
        endpoint = new Endpoint(folder, o -> o.withSettle(Duration.ofMillis(100)));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void whenATaskIsStopped_thenItIsReplacedAtOnce() {
        endpoint.create("order", endpoint.register("order"), 2);
        List<String> before = endpoint.running("order");
        String victim = before.getFirst();

        Task answer = endpoint.client()
                .stopTask(r -> r.cluster(CLUSTER).task(victim).reason("healer: hung"))
                .task();

        assertThat(answer.desiredStatus()).isEqualTo("STOPPED");
        assertThat(answer.lastStatus()).isEqualTo("DEACTIVATING");
        endpoint.awaitStable("order");
        assertThat(endpoint.running("order"))
                .hasSize(2)
                .contains(before.getLast())
                .doesNotContain(victim);
        Task stopped = endpoint.awaitStopped(victim);
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(stopped.stoppedReason()).isEqualTo("healer: hung");
        assertThat(stopped.containers().getFirst().exitCode()).isZero();
        assertThat(stopped.version()).isGreaterThan(answer.version());
        assertThat(stopped.group()).isEqualTo("service:order");
        assertThat(stopped.startedBy()).startsWith("ecs-svc/");
    }

    @Test
    void whenATaskCrashes_thenItIsReplacedAndSaysWhy() {
        endpoint.create("order", endpoint.register("order"), 1);
        Task victim = endpoint.tasks("order").getFirst();

        pid(victim).destroyForcibly();

        Task stopped = endpoint.awaitStopped(victim.taskArn());
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(137);
        endpoint.awaitStable("order");
        assertThat(endpoint.tasks("order", DesiredStatus.STOPPED)).hasSize(1);
    }

    @Test
    void whenATaskIgnoresSigterm_thenItIsKilledAfterItsStopTimeout() {
        String definition = endpoint.register(
                "deaf", c -> c.stopTimeout(1).command("sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"));
        endpoint.create("deaf", definition, 1);
        String victim = endpoint.running("deaf").getFirst();

        endpoint.client().stopTask(r -> r.cluster(CLUSTER).task(victim));

        // The replacement does not wait for the old task.
        Await.until("replacement", () -> endpoint.running("deaf"), tasks -> tasks.size() == 1);
        assertThat(endpoint.awaitStopped(victim).containers().getFirst().exitCode())
                .isEqualTo(137);
    }

    @Test
    void whenARevisionIsRolledOut_thenTheServiceNeverFallsBelowItsDesiredCount() {
        endpoint.create("order", endpoint.register("order"), 2);
        List<String> before = endpoint.running("order");
        String second = endpoint.register("order");

        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").taskDefinition(second));

        Await.until("old tasks gone", () -> {
            List<String> now = endpoint.running("order");
            assertThat(now).hasSizeBetween(2, 4);
            return now.stream().noneMatch(before::contains);
        });
        Service stable = endpoint.awaitStable("order");
        assertThat(stable.taskDefinition()).isEqualTo(second).endsWith(":2");
        assertThat(endpoint.tasks("order")).allMatch(t -> t.taskDefinitionArn().equals(second));
        Task old = endpoint.awaitStopped(before.getFirst());
        assertThat(old.stopCode()).isEqualTo(TaskStopCode.SERVICE_SCHEDULER_INITIATED);
        assertThat(old.stoppedReason()).startsWith("Scaling activity initiated by (deployment ecs-svc/");
    }

    @Test
    void whenADeploymentIsForced_thenEveryTaskIsReplacedOnTheSameRevision() {
        Service first = endpoint.create("order", endpoint.register("order"), 2);
        List<String> before = endpoint.running("order");

        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").forceNewDeployment(true));

        Service second = endpoint.awaitStable("order");
        assertThat(second.taskDefinition()).isEqualTo(first.taskDefinition());
        assertThat(second.deployments().getFirst().id())
                .isNotEqualTo(first.deployments().getFirst().id());
        assertThat(endpoint.running("order")).hasSize(2).doesNotContainAnyElementsOf(before);
    }

    @Test
    void scalesOutAndInAndDeletes() {
        endpoint.create("order", endpoint.register("order"), 1);
        List<String> oldest = endpoint.running("order");

        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").desiredCount(3));
        endpoint.awaitStable("order");
        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").desiredCount(1));
        endpoint.awaitStable("order");

        assertThat(endpoint.running("order")).isEqualTo(oldest);
        endpoint.client().deleteService(r -> r.cluster(CLUSTER).service("order").force(true));
        Await.until("inactive", () -> endpoint.service("order").status(), "INACTIVE"::equals);
        assertThat(endpoint.client().listServices(r -> r.cluster(CLUSTER)).serviceArns())
                .isEmpty();
        endpoint.awaitStopped(oldest.getFirst());
        assertThat(endpoint.client()
                        .deleteCluster(r -> r.cluster(CLUSTER))
                        .cluster()
                        .status())
                .isEqualTo("INACTIVE");
    }

    @Test
    void whenARevisionCannotStart_thenTheCircuitBreakerRollsBack() {
        String good = endpoint.register("order");
        endpoint.create(
                "order",
                good,
                1,
                r -> r.deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));
        List<String> before = endpoint.running("order");
        // Its health check never succeeds, so that even a slow exit comes before the task could count as healthy.
        String bad = endpoint.register("order", c -> c.command("sh", "-c", "exit 3")
                .healthCheck(h -> h.command("CMD", "false").startPeriod(300)));

        endpoint.client().updateService(r -> r.cluster(CLUSTER).service("order").taskDefinition(bad));

        Await.until("failed tasks", () -> endpoint.tasks("order", DesiredStatus.STOPPED), tasks -> tasks.size() >= 3);
        Service after = endpoint.awaitStable("order");
        assertThat(after.taskDefinition()).isEqualTo(good);
        assertThat(endpoint.running("order")).isEqualTo(before);
        assertThat(after.events()).anyMatch(e -> e.message().contains("tasks failed to start"));
        assertThat(endpoint.client()
                        .listServiceDeployments(r -> r.cluster(CLUSTER).service("order"))
                        .serviceDeployments()
                        .getFirst()
                        .status())
                .isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        Task failed = endpoint.tasks("order", DesiredStatus.STOPPED).getFirst();
        assertThat(failed.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(failed.containers().getFirst().exitCode()).isEqualTo(3);
    }

    @Test
    void whenANewServiceCannotStart_thenItsDeploymentFailsAndStopsTrying() {
        String bad = endpoint.register("bad", c -> c.command("no-such-program"));
        endpoint.client().createService(r -> r.cluster(CLUSTER)
                .serviceName("bad")
                .taskDefinition(bad)
                .desiredCount(1)
                .deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));

        Service failed = Await.until(
                "deployment failed",
                () -> endpoint.service("bad"),
                s -> s.deployments().getFirst().rolloutState() == DeploymentRolloutState.FAILED);

        assertThat(failed.deployments().getFirst().failedTasks()).isEqualTo(3);
        assertThat(failed.runningCount()).isZero();
        assertThat(endpoint.tasks("bad", DesiredStatus.STOPPED)).hasSize(3).allSatisfy(task -> {
            assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
            assertThat(task.containers().getFirst().reason()).contains("CannotStartContainerError");
        });
    }

    @Test
    void whenATaskTurnsUnhealthy_thenItsReplacementComesFirst() throws IOException {
        String definition =
                endpoint.register("order", c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 300 & wait")
                        .healthCheck(h -> h.command("CMD-SHELL", "test ! -e hung")
                                .interval(1)
                                .retries(1)
                                .startPeriod(60)));
        endpoint.create("order", definition, 1);
        Task victim = endpoint.tasks("order").getFirst();
        assertThat(victim.healthStatus()).isEqualTo(HealthStatus.HEALTHY);

        Files.createFile(endpoint.taskFolder(victim).resolve("hung"));

        Task stopped = endpoint.awaitStopped(victim.taskArn());
        assertThat(stopped.healthStatus()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.SERVICE_SCHEDULER_INITIATED);
        assertThat(stopped.stoppedReason()).isEqualTo("Task failed container health checks");
        Task replacement = endpoint.tasks("order").getFirst();
        assertThat(replacement.startedAt()).isBefore(stopped.stoppingAt());
        assertThat(replacement.healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void whateverIsStoppedOrRolledOut_theServiceComesBackToItsDesiredCount() {
        endpoint.create("order", endpoint.register("order"), 4);
        Random random = new Random(7);

        for (int i = 0; i < 60; i++) {
            List<Task> tasks = endpoint.tasks("order");
            if (!tasks.isEmpty()) {
                String victim = tasks.get(random.nextInt(tasks.size())).taskArn();
                endpoint.client().stopTask(r -> r.cluster(CLUSTER).task(victim));
            }
            if (i % 20 == 0) {
                endpoint.client()
                        .updateService(r -> r.cluster(CLUSTER).service("order").forceNewDeployment(true));
            }
        }

        endpoint.awaitStable("order");
        assertThat(endpoint.running("order")).hasSize(4);
        Await.until("the others are gone", () -> endpoint.tasks("order", DesiredStatus.STOPPED).stream()
                .allMatch(t -> t.lastStatus().equals("STOPPED")));
        // Each task has its guard and the half of it that listens.
        Await.until("no process too many", () -> programs() == 8);
    }

    /** Guards that run for this endpoint, by their log file. */
    private long programs() {
        String folder = endpoint.folder().toString();
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(folder + "/tasks"))
                .count();
    }

    @Test
    void runTaskRunsATaskOnceWithItsOverrides() {
        String definition = endpoint.register("job", c -> c.command("false"));

        Task started = endpoint.client()
                .runTask(r -> r.cluster(CLUSTER)
                        .taskDefinition(definition)
                        .startedBy("me")
                        .overrides(code(42)))
                .tasks()
                .getFirst();

        assertThat(started.lastStatus()).isEqualTo("PENDING");
        assertThat(started.group()).isEqualTo("family:job");
        Task stopped = endpoint.awaitStopped(started.taskArn());
        assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(42);
        assertThat(endpoint.client()
                        .listTasks(r -> r.cluster(CLUSTER).startedBy("me").desiredStatus(DesiredStatus.STOPPED))
                        .taskArns())
                .containsExactly(started.taskArn());
    }

    private static TaskOverride code(int code) {
        ContainerOverride override = ContainerOverride.builder()
                .name("app")
                .command("sh", "-c", "exit $CODE")
                .environment(KeyValuePair.builder()
                        .name("CODE")
                        .value(Integer.toString(code))
                        .build())
                .build();
        return TaskOverride.builder().containerOverrides(override).build();
    }

    private static ProcessHandle pid(Task task) {
        String runtime = task.containers().getFirst().runtimeId();
        return ProcessHandle.of(Long.parseLong(runtime.substring(runtime.indexOf('-') + 1)))
                .orElseThrow();
    }
}
