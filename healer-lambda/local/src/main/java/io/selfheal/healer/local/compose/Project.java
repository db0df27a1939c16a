package io.selfheal.healer.local.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The containers of one project that may be healed, and no other container: everything is found through here. */
final class Project {
    private final ComposeSettings settings;
    private final EngineApi engine;
    /** Ids of containers that are being stopped or restarted at this moment: the engine calls them running until they end. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();

    Project(ComposeSettings settings, EngineApi engine) {
        this.settings = settings;
        this.engine = engine;
    }

    List<ServiceId> services() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode container : list(Labels.OPT_IN + "=true")) {
            names.add(container.path("Labels").path(Labels.SERVICE).asText());
        }
        return names.stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .sorted()
                .map(name -> new ServiceId(settings.cluster(), name))
                .toList();
    }

    /** Throws {@link NoSuchService} when there is none that may be healed. */
    ServiceState describe(ServiceId id) throws IOException, NoSuchService {
        List<Container> containers = containers(id);
        List<Task> tasks = containers.stream()
                .map(container -> container.asTask(isLeaving(container)))
                .filter(task -> task.status() != TaskStatus.STOPPED)
                .toList();
        return new ServiceState(id, containers.size(), tasks, mixed(containers));
    }

    /** Those that exist, whether they run or not, by their numbers. Their count is what is wanted: compose keeps no other. */
    List<Container> containers(ServiceId id) throws IOException, NoSuchService {
        if (!id.cluster().equals(settings.cluster())) {
            throw new NoSuchService(id + " is not in the watched cluster " + settings.cluster());
        }
        List<Container> found = new ArrayList<>();
        for (JsonNode listed : list(Labels.OPT_IN + "=true", Labels.SERVICE + "=" + id.service())) {
            inspect(listed.path("Id").asText())
                    .filter(container -> ours(container, id) && container.exists())
                    .ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw new NoSuchService(
                    list(Labels.SERVICE + "=" + id.service()).isEmpty()
                            ? "the compose project " + settings.project() + " has no container of " + id.service()
                            : id + " has not opted in: its containers lack the label " + Labels.OPT_IN + "=true");
        }
        return found.stream().sorted(Container.BY_NUMBER).toList();
    }

    /** Empty when it is gone. */
    Optional<Container> inspect(String container) throws IOException {
        try {
            return Optional.of(new Container(engine.get("/containers/" + container + "/json", Map.of())));
        } catch (EngineException answer) {
            if (answer.notFound()) {
                return Optional.empty();
            }
            throw answer;
        }
    }

    boolean isLeaving(Container container) {
        return leaving.contains(container.id());
    }

    /** While the work is under way, the container shows as leaving. */
    void whileLeaving(Container container, EngineWork work) throws IOException {
        leaving.add(container.id());
        try {
            work.run();
        } finally {
            leaving.remove(container.id());
        }
    }

    /** Asks the engine for something. */
    @FunctionalInterface
    interface EngineWork {
        void run() throws IOException;
    }

    /** Nothing of that name may be healed here. */
    static final class NoSuchService extends Exception {
        private static final long serialVersionUID = 1L;

        NoSuchService(String why) {
            super(why);
        }
    }

    /** The filter of the engine's list is not all that stands between the healer and a stranger's container. */
    private boolean ours(Container container, ServiceId id) {
        return container.label(Labels.PROJECT).equals(settings.project())
                && container.service().equals(id.service())
                && container.label(Labels.OPT_IN).equals("true")
                && !container.label(Labels.ONE_OFF).equalsIgnoreCase("true");
    }

    private List<JsonNode> list(String... labels) throws IOException {
        var wanted = JsonNodeFactory.instance.arrayNode().add(Labels.PROJECT + "=" + settings.project());
        List.of(labels).forEach(wanted::add);
        var filters = JsonTrees.object();
        filters.set("label", wanted);
        List<JsonNode> listed = new ArrayList<>();
        for (JsonNode container :
                engine.get("/containers/json", Map.of("all", "true", "filters", JsonTrees.write(filters)))) {
            if (!container.path("Labels").path(Labels.ONE_OFF).asText().equalsIgnoreCase("true")) {
                listed.add(container);
            }
        }
        return listed;
    }

    /** Compose replaces containers one after the other; two kinds of them at once is what can be seen of it. */
    private static Optional<ServiceState.Deployment> mixed(List<Container> containers) {
        List<String> revisions =
                containers.stream().map(Container::revision).distinct().toList();
        return revisions.size() < 2
                ? Optional.empty()
                : Optional.of(new ServiceState.Deployment(
                        "docker compose up", revisions.getLast(), "containers of " + revisions.size() + " revisions"));
    }
}
