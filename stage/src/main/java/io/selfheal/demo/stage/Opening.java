package io.selfheal.demo.stage;

import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.process.LogTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits until every task of the shop is ready, and gives up early when tasks die instead. */
final class Opening {

    /** ECS tries again by itself; a task that dies this often will not come up. */
    private static final int DEATHS = 3;

    private static final Duration ONE_TRY = Duration.ofSeconds(1);

    private final Fleet fleet;
    private final Patience patience;
    private final Path logs;

    Opening(Fleet fleet, Patience patience, Path logs) {
        this.fleet = fleet;
        this.patience = patience;
        this.logs = logs;
    }

    void await() {
        if (patience.until(() -> dead().isPresent() || ready()) && dead().isEmpty()) {
            return;
        }
        Optional<StoppedTask> dead = fleet.stopped().stream().findFirst();
        throw new StageFailed(dead.map(task -> "The tasks of " + task.service() + " die at their start ("
                        + task.stoppedReason() + ").\n" + log(task.service(), task.arn()))
                .or(() -> unready()
                        .map(task -> "A task of " + task.service() + " does not become ready.\n"
                                + log(task.service(), task.arn())))
                .orElse("Tasks are missing: " + fleet.counts()));
    }

    private Optional<StoppedTask> dead() {
        List<StoppedTask> stopped = fleet.stopped();
        return stopped.size() >= DEATHS ? Optional.of(stopped.getFirst()) : Optional.empty();
    }

    private boolean ready() {
        return fleet.whole()
                && fleet.running().size() == Shop.SERVICES.size() * Shop.TASKS
                && unready().isEmpty();
    }

    private Optional<Task> unready() {
        return fleet.running().stream()
                .filter(task -> !Http.get(task.at("/health/readiness"), ONE_TRY).ok())
                .findFirst();
    }

    private String log(String service, String arn) {
        return LogTail.of(logs.resolve(arn.substring(arn.lastIndexOf('/') + 1)).resolve(service + ".log"));
    }
}
