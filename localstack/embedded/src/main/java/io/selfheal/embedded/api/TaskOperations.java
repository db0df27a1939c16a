package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.view.TaskView;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import io.selfheal.embedded.wire.Pages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** List, describe, run and stop tasks. */
final class TaskOperations {
    private static final int MAX_DESCRIBED = 100;
    private static final int MAX_RUN = 10;

    private final Engine engine;
    private final World world;

    TaskOperations(Engine engine) {
        this.engine = engine;
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of(
                "ListTasks", this::list,
                "DescribeTasks", this::describe,
                "RunTask", this::run,
                "StopTask", this::stop);
    }

    private ObjectNode list(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        Predicate<Task> filter = status(request)
                .and(service(cluster, request))
                .and(equal(request, "family", t -> Optional.of(t.definition().family())))
                .and(equal(request, "startedBy", t -> t.origin().startedBy()))
                .and(equal(request, "launchType", t -> Optional.of(t.origin().launchType())))
                .and(equal(request, "containerInstance", t -> Optional.empty()));
        List<String> arns =
                cluster.tasks().stream().filter(filter).map(Task::arn).toList();
        return Pages.answer(request, MAX_DESCRIBED, "taskArns", arns);
    }

    /** RUNNING unless asked otherwise; PENDING matches nothing, as on AWS. */
    private static Predicate<Task> status(Fields request) {
        return switch (request.text("desiredStatus").orElse("RUNNING")) {
            case "RUNNING" -> Task::wanted;
            case "STOPPED" -> t -> !t.wanted();
            case "PENDING" -> t -> false;
            default -> throw AwsException.invalidParameter("invalid desiredStatus: use RUNNING, PENDING or STOPPED.");
        };
    }

    private static Predicate<Task> service(Cluster cluster, Fields request) {
        Optional<String> name = request.text("serviceName");
        if (name.isEmpty()) {
            return t -> true;
        }
        Service service = cluster.service(Arns.name(name.get())).orElseThrow(AwsException::serviceNotFound);
        return t -> t.origin().deployment().map(Deployment::service).equals(Optional.of(service));
    }

    private static Predicate<Task> equal(
            Fields request, String field, java.util.function.Function<Task, Optional<String>> value) {
        Optional<String> wanted = request.text(field);
        return t -> wanted.isEmpty() || wanted.equals(value.apply(t));
    }

    private ObjectNode describe(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        List<String> tasks = request.texts("tasks");
        if (tasks.isEmpty()) {
            throw AwsException.invalidParameter("Tasks cannot be empty.");
        }
        if (tasks.size() > MAX_DESCRIBED) {
            throw AwsException.invalidParameter("Tasks cannot have more than 100 elements.");
        }
        boolean tags = request.texts("include").contains("TAGS");
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("tasks");
        ArrayNode failures = answer.putArray("failures");
        for (String reference : tasks) {
            TaskReference named = TaskReference.of(reference);
            named.in(cluster).ifPresentOrElse(task -> found.add(TaskView.of(task, tags)), () -> failures.addObject()
                    .put("arn", named.arn(world.arns(), cluster))
                    .put("reason", "MISSING"));
        }
        return answer;
    }

    private ObjectNode run(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        TaskDefinition definition = world.definition(request.required("taskDefinition"))
                .orElseThrow(() -> AwsException.client("TaskDefinition not found."));
        if (!definition.active()) {
            throw AwsException.client("TaskDefinition is inactive");
        }
        int count = request.integer("count", 1, 1, MAX_RUN);
        request.object("overrides").ifPresent(o -> checkOverrides(o, definition));
        ObjectNode answer = Json.object();
        ArrayNode tasks = answer.putArray("tasks");
        answer.putArray("failures");
        for (int i = 0; i < count; i++) {
            tasks.add(TaskView.of(engine.run(cluster, definition, request), true));
        }
        return answer;
    }

    private static void checkOverrides(Fields overrides, TaskDefinition definition) {
        for (Fields override : overrides.objects("containerOverrides")) {
            String name = override.required("name");
            if (definition.containers().stream().noneMatch(c -> c.name().equals(name))) {
                throw AwsException.invalidParameter(
                        "Override for container named " + name + " is not a container in the TaskDefinition.");
            }
        }
    }

    /** Asynchronous: answers with the task on its way out. A task that has stopped already is left as it is. */
    private ObjectNode stop(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        Task task = cluster.task(TaskReference.of(request.required("task")).id())
                .orElseThrow(() -> AwsException.invalidParameter("The referenced task was not found."));
        engine.stop(task, request.text("reason").orElse("Task stopped by user"));
        ObjectNode answer = Json.object();
        answer.set("task", TaskView.of(task, true));
        return answer;
    }
}
