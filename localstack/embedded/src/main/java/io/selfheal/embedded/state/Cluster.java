package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Fields;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cluster with its services and tasks, in the order in which they came. */
public final class Cluster {
    private final String name;
    private final String arn;
    private final ObjectNode given;
    private final Map<String, String> tags;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private boolean active = true;

    public Cluster(Arns arns, String name, Fields request) {
        this.name = name;
        this.arn = arns.cluster(name);
        this.given = request.json().deepCopy();
        this.tags = request.pairs("tags", "key", "value");
    }

    public Optional<Service> service(String service) {
        return Optional.ofNullable(services.get(service));
    }

    public Optional<Task> task(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    public void add(Service service) {
        services.put(service.name(), service);
    }

    public void add(Task task) {
        tasks.put(task.id(), task);
    }

    public void remove(Task task) {
        tasks.remove(task.id());
    }

    public List<Task> tasksOf(Service service) {
        return tasks.values().stream()
                .filter(t -> t.origin()
                        .deployment()
                        .filter(d -> d.service() == service)
                        .isPresent())
                .toList();
    }

    public List<Task> tasksOf(Deployment deployment) {
        return tasks.values().stream()
                .filter(t ->
                        t.origin().deployment().filter(d -> d == deployment).isPresent())
                .toList();
    }

    public void close() {
        active = false;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public ObjectNode given() {
        return given;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Collection<Service> services() {
        return List.copyOf(services.values());
    }

    public Collection<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    public boolean active() {
        return active;
    }
}
