package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Protection;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Protect tasks of services from scale-in and deployments. */
final class TaskProtectionOperations {
    private static final int MAX_UPDATED = 10;
    private static final int MAX_DESCRIBED = 100;
    private static final int STANDARD_MINUTES = 120;
    private static final int MAX_MINUTES = 2_880;

    private final Engine engine;
    private final World world;

    TaskProtectionOperations(Engine engine) {
        this.engine = engine;
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of("UpdateTaskProtection", this::update, "GetTaskProtection", this::get);
    }

    private ObjectNode update(Fields request) {
        List<String> tasks = tasks(request, MAX_UPDATED);
        if (!request.json().path("protectionEnabled").isBoolean()) {
            throw AwsException.invalidParameter("protectionEnabled must be given: true or false.");
        }
        int minutes = request.integer("expiresInMinutes", STANDARD_MINUTES, 1, MAX_MINUTES);
        Protection protection = request.flag("protectionEnabled")
                ? Protection.until(engine.now().plus(Duration.ofMinutes(minutes)))
                : Protection.none();
        return answer(request, tasks, task -> {
            task.protect(protection);
            task.origin().deployment().map(Deployment::service).ifPresent(engine::changed);
        });
    }

    private ObjectNode get(Fields request) {
        return answer(request, tasks(request, MAX_DESCRIBED), task -> {});
    }

    private static List<String> tasks(Fields request, int most) {
        List<String> tasks = request.texts("tasks");
        if (tasks.isEmpty() || tasks.size() > most) {
            throw AwsException.invalidParameter("tasks must have between 1 and %d elements.".formatted(most));
        }
        return tasks;
    }

    private ObjectNode answer(Fields request, List<String> tasks, Consumer<Task> action) {
        Cluster cluster = world.cluster(Optional.of(request.required("cluster")));
        List<TaskReference> named = tasks.stream().map(TaskReference::of).toList();
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("protectedTasks");
        ArrayNode failures = answer.putArray("failures");
        for (TaskReference reference : named) {
            Optional<Task> task = reference.in(cluster);
            Optional<String> failure = failure(task);
            if (failure.isPresent()) {
                failures.addObject()
                        .put("arn", reference.arn(world.arns(), cluster))
                        .put("reason", failure.get());
            } else {
                action.accept(task.orElseThrow());
                found.add(view(task.get(), engine.now()));
            }
        }
        return answer;
    }

    private static Optional<String> failure(Optional<Task> task) {
        if (task.isEmpty()) {
            return Optional.of("MISSING");
        }
        boolean ofService = task.get().origin().deployment().isPresent();
        return ofService && task.get().wanted() ? Optional.empty() : Optional.of("TASK_NOT_VALID");
    }

    private static ObjectNode view(Task task, Instant now) {
        boolean active = task.protection().active(now);
        ObjectNode node = Json.object().put("taskArn", task.arn()).put("protectionEnabled", active);
        task.protection()
                .expiration()
                .filter(at -> active)
                .ifPresent(at -> node.put("expirationDate", Json.seconds(at)));
        return node;
    }
}
