package io.selfheal.healer.local.compose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Outcome.Accepted;
import io.selfheal.healer.fleet.Outcome.Refused;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.local.compose.Project.NoSuchService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Carries actions out. The engine itself stops and starts: what it has begun, it ends without the healer. */
final class ComposeActions {
    private final EngineApi engine;
    private final Project project;

    ComposeActions(EngineApi engine, Project project) {
        this.engine = engine;
        this.project = project;
    }

    Outcome carryOut(Action action, String key) throws IOException, NoSuchService {
        // First of all, whatever is wanted: nothing is done to what is not ours.
        List<Container> containers = project.containers(action.service());
        return switch (action) {
            case Action.RestartTask restart -> restart(containers, restart.task());
            case Action.ScaleOut out -> grow(containers, out.from(), out.to(), key);
            case Action.SurgeRestart surge -> grow(containers, surge.from(), surge.to(), key);
            case Action.ScaleBack back -> shrink(containers, back.from(), back.to(), Optional.empty());
            case Action.Retire retire -> shrink(containers, retire.from(), retire.to(), Optional.of(retire.task()));
            case Action.Redeploy _ ->
                new Refused("docker compose keeps no deployments that could be repeated: a person can do it by"
                        + " docker compose up --force-recreate "
                        + action.service().service());
            case Action.RollBack _ ->
                new Refused(
                        "docker compose keeps no revision to return to: a person can, with the compose.yaml of then");
            case Action.ShiftTraffic _ -> new Refused("docker compose has no load balancer to take a container out of");
            case Action.Degrade _, Action.Shed _, Action.Restore _ ->
                new Refused("docker compose knows no modes of tasks");
        };
    }

    /** A repeat finds another run in the container, and leaves it alone. */
    private Outcome restart(List<Container> containers, TaskId task) throws IOException {
        Optional<Container> same =
                containers.stream().filter(one -> one.ranAs(task)).findFirst();
        if (same.isEmpty()) {
            return new Accepted("container " + task.shortName() + " is already gone");
        }
        Container container = same.get();
        if (!container.task().equals(task)) {
            return new Accepted("container " + container.name() + " was restarted already, it runs as "
                    + container.task().shortName());
        }
        // The engine would queue a second one behind the first, and restart what has just begun to run.
        if (project.isLeaving(container)) {
            return new Accepted("container " + container.name() + " is being restarted already");
        }
        project.whileLeaving(container, () -> engine.post("/containers/" + container.id() + "/restart"));
        return new Accepted("the engine restarted container " + container.name());
    }

    /** What an earlier call with this key left half done, it ends. */
    private Outcome grow(List<Container> containers, int from, int to, String key) throws IOException {
        Predicate<Container> mine = one -> one.label(Labels.MADE_BY).equals(key);
        long made = containers.stream().filter(mine).count();
        if (containers.size() != to && containers.size() - made != from) {
            return changed(containers, from);
        }
        for (Container half : containers.stream().filter(mine).toList()) {
            if (half.state().equals("created")) {
                start(half.id());
            }
        }
        if (containers.size() == to) {
            return new Accepted("there already are " + to + " containers");
        }
        return add(containers, to - containers.size(), key)
                .orElseGet(() -> new Accepted("containers added: " + to + " instead of " + from));
    }

    private Optional<Outcome> add(List<Container> containers, int missing, String key) throws IOException {
        Container model = containers.stream()
                .filter(one -> one.state().equals("running"))
                .findFirst()
                .orElseGet(containers::getFirst);
        for (int i = 1; i <= missing; i++) {
            Sibling sibling = new Sibling(model, containers.getLast().number() + i, key);
            Optional<String> impossible = sibling.impossible();
            if (impossible.isPresent()) {
                return Optional.of(new Refused(impossible.get()));
            }
            create(sibling);
        }
        return Optional.empty();
    }

    /** The name is the lock: of two who want the same sibling at the same time, one is told that it is taken. */
    private void create(Sibling sibling) throws IOException {
        String id = engine.post("/containers/create", Map.of("name", sibling.name()), sibling.body())
                .path("Id")
                .asText();
        try {
            for (Map.Entry<String, ObjectNode> network :
                    sibling.furtherNetworks().entrySet()) {
                ObjectNode connection = JsonTrees.object().put("Container", id);
                connection.set("EndpointConfig", network.getValue());
                engine.post("/networks/" + network.getKey() + "/connect", Map.of(), connection);
            }
            start(id);
        } catch (EngineException answer) {
            remove(id, true);
            throw answer;
        }
    }

    private void start(String id) throws IOException {
        engine.post("/containers/" + id + "/start");
    }

    /** The victim goes whichever run it is in; else those that the healer added, the newest first, and never another's. */
    private Outcome shrink(List<Container> containers, int from, int to, Optional<TaskId> victim) throws IOException {
        if (containers.size() == to) {
            return new Accepted("there already are " + to + " containers");
        }
        if (containers.size() != from) {
            return changed(containers, from);
        }
        Optional<Container> named = victim.flatMap(
                task -> containers.stream().filter(one -> one.ranAs(task)).findFirst());
        List<Container> added = containers.reversed().stream()
                .filter(one -> !one.label(Labels.MADE_BY).isEmpty())
                .toList();
        List<Container> leave = named.map(List::of).orElse(added);
        if (leave.size() < from - to) {
            return new Refused("of " + from + " containers the healer added " + added.size()
                    + ": it removes no others to come to " + to);
        }
        for (Container container : leave.subList(0, from - to)) {
            project.whileLeaving(container, () -> {
                stop(container.id());
                remove(container.id(), !container.label(Labels.MADE_BY).isEmpty());
            });
        }
        return new Accepted("containers removed: " + to + " instead of " + from);
    }

    private void stop(String id) throws IOException {
        ignoringGone(() -> engine.post("/containers/" + id + "/stop"));
    }

    /** Volumes without a name go with the container that the healer made; what a person's container wrote stays. */
    private void remove(String id, boolean volumes) throws IOException {
        ignoringGone(() -> engine.delete("/containers/" + id, Map.of("force", "true", "v", String.valueOf(volumes))));
    }

    private static void ignoringGone(Project.EngineWork work) throws IOException {
        try {
            work.run();
        } catch (EngineException answer) {
            // Gone is what was wanted.
            if (!answer.notFound()) {
                throw answer;
            }
        }
    }

    private static Refused changed(List<Container> containers, int expected) {
        return new Refused(
                "there are " + containers.size() + " containers, not " + expected + ": somebody else changed it");
    }
}
