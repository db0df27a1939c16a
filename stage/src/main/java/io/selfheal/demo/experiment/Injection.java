package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Breaks one task, or does what a control does, and takes it back. */
final class Injection {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final double SPIKE = 4;
    private static final long SPIKE_SECONDS = 10;

    private final Stage stage;

    Injection(Stage stage) {
        this.stage = stage;
    }

    /** The moment just before it was asked for. */
    Instant inject(Fault fault, Optional<Task> task) {
        Instant at = stage.clock().instant();
        if (fault == Fault.LOAD_SPIKE) {
            stage.load().times(SPIKE);
            CompletableFuture.delayedExecutor(SPIKE_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> stage.load().times(1));
        }
        if (task.isPresent() && fault.toggle().isPresent()) {
            Reply reply = Http.send(
                    "PUT", task.get().at("/faults/" + fault.toggle().get()), Map.of(), fault.parameters(), TIMEOUT);
            // A task that crashes at once may not get its answer out any more.
            if (!reply.ok() && fault.kind() != Fault.Kind.CRASH) {
                throw new StageFailed("The fault " + fault.id() + " could not be injected into "
                        + task.get().service() + " " + task.get().shortId() + ": " + reply);
            }
        }
        return at;
    }

    /** Takes a fault back that nobody healed: switches it off, or where that cannot help, has ECS replace the task. */
    void clear(Fault fault, Task task) {
        if (stage.fleet().running().stream().noneMatch(each -> each.arn().equals(task.arn()))) {
            return;
        }
        boolean switchedOff = fault != Fault.DEADLOCK
                && Http.send("DELETE", task.at("/faults/" + fault.toggle().orElse(fault.id())), Map.of(), null, TIMEOUT)
                        .ok();
        if (!switchedOff) {
            stage.ecs()
                    .call(
                            "StopTask",
                            Map.of("cluster", Fleet.CLUSTER, "task", task.arn(), "reason", StoppedTask.BY_THE_STAGE));
        }
    }
}
