package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Switches the faults of tasks on and off, each of a task's once. */
final class Toggles {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** Two locked threads: no switch frees them. */
    private static final String FOR_EVER = "deadlock";

    /** Several tasks at the same moment: a fault that they share does not come to one after the other. */
    private static final Executor AT_ONCE = task -> Thread.ofVirtual().start(task);

    private final Stage stage;
    private final Set<String> on = new HashSet<>();

    Toggles(Stage stage) {
        this.stage = stage;
    }

    /** On all of them; throws with the one that refused. */
    void on(List<Task> tasks, String toggle, String parameters) {
        ask(tasks, toggle, parameters).forEach((task, reply) -> {
            if (!reply.ok()) {
                throw new StageFailed("The fault " + toggle + " could not be injected into " + task.service() + " "
                        + task.shortId() + ": " + reply);
            }
        });
    }

    /** On all of them that do not have it yet; one that has just started may not listen, and is asked again the next time. */
    void onNewcomers(List<Task> tasks, String toggle, String parameters) {
        var unused = ask(tasks, toggle, parameters);
    }

    private Map<Task, Reply> ask(List<Task> tasks, String toggle, String parameters) {
        Map<Task, CompletableFuture<Reply>> asked = new LinkedHashMap<>();
        tasks.stream()
                .filter(task -> !on.contains(toggle + task.arn()))
                .forEach(task ->
                        asked.put(task, CompletableFuture.supplyAsync(() -> put(task, toggle, parameters), AT_ONCE)));
        Map<Task, Reply> replies = new LinkedHashMap<>();
        asked.forEach((task, reply) -> replies.put(task, reply.join()));
        replies.forEach((task, reply) -> {
            if (reply.ok()) {
                on.add(toggle + task.arn());
            }
        });
        return replies;
    }

    /** One that may end the task before it answers. */
    void last(Task task, String toggle, String parameters) {
        var unused = put(task, toggle, parameters);
    }

    /** Off on those that still run, or where that cannot help, ECS replaces the task. */
    void off(List<Task> tasks, String toggle) {
        Set<String> running = new HashSet<>();
        stage.fleet().running().forEach(task -> running.add(task.arn()));
        tasks.stream()
                .filter(task -> running.contains(task.arn()))
                .filter(task -> toggle.equals(FOR_EVER)
                        || !Http.send("DELETE", task.at("/faults/" + toggle), Map.of(), null, TIMEOUT)
                                .ok())
                .forEach(this::replace);
    }

    private void replace(Task task) {
        stage.ecs()
                .call(
                        "StopTask",
                        Map.of("cluster", Fleet.CLUSTER, "task", task.arn(), "reason", StoppedTask.BY_THE_STAGE));
    }

    private static Reply put(Task task, String toggle, String parameters) {
        return Http.send("PUT", task.at("/faults/" + toggle), Map.of(), parameters, TIMEOUT);
    }
}
