package io.selfheal.healer.aws;

import io.selfheal.healer.fleet.Outcome.Failed;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Failure;

/**
 * ECS itself chooses which task goes when the desired count falls: the others are protected for the time that takes, so that
 * it is the one that is to go. ECS takes it out of the load balancer and lets it drain first.
 */
final class EcsProtection {
    /** The limit of UpdateTaskProtection. */
    private static final int TASKS_A_CALL = 10;
    /** Longer than a scale-in takes, and short enough not to stand in the way of the next deployment. */
    private static final int PROTECTED_MINUTES = 5;

    private final EcsSettings settings;
    private final EcsClient ecs;

    EcsProtection(EcsSettings settings, EcsClient ecs) {
        this.settings = settings;
        this.ecs = ecs;
    }

    /**
     * Protects all running tasks but this one. Nothing, if it is gone: then any task may go, and were all protected none
     * could. Empty when it worked: ECS answers with success even where it protected none.
     */
    Optional<Failed> allBut(TaskId leaving, ServiceState state) {
        if (state.task(leaving).filter(Task::running).isEmpty()) {
            return Optional.empty();
        }
        List<String> others = state.tasks().stream()
                .filter(Task::running)
                .map(task -> task.id().arn())
                .filter(arn -> !arn.equals(leaving.arn()))
                .toList();
        return set(others, true)
                // An earlier retirement may have protected it.
                .or(() -> set(List.of(leaving.arn()), false));
    }

    private Optional<Failed> set(List<String> arns, boolean enabled) {
        for (int from = 0; from < arns.size(); from += TASKS_A_CALL) {
            List<String> batch = arns.subList(from, Math.min(from + TASKS_A_CALL, arns.size()));
            List<Failure> failures = ecs.updateTaskProtection(request -> request.cluster(settings.cluster())
                            .tasks(batch)
                            .protectionEnabled(enabled)
                            .expiresInMinutes(enabled ? PROTECTED_MINUTES : null))
                    .failures();
            if (!failures.isEmpty()) {
                Failure first = failures.getFirst();
                return Optional.of(new Failed("protection of " + EcsWords.lastSegment(String.valueOf(first.arn()))
                        + " could not be turned " + (enabled ? "on" : "off") + ": " + first.reason()));
            }
        }
        return Optional.empty();
    }
}
