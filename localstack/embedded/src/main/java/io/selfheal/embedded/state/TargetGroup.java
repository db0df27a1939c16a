package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A target group: which tasks get connections. All tasks share one address, the port tells them apart. */
public final class TargetGroup {
    private final String name;
    private final String arn;
    private final ObjectNode settings;
    private final Map<Target, Registration> targets = new LinkedHashMap<>();
    private final Set<String> introduced = new LinkedHashSet<>();

    /** An address and a port. */
    public record Target(String id, int port) {}

    /** Gets connections, or gets none any more and may finish what it has. */
    public enum Registration {
        REGISTERED,
        DRAINING
    }

    public TargetGroup(String name, String arn, ObjectNode settings) {
        this.name = name;
        this.arn = arn;
        this.settings = settings.deepCopy();
    }

    /** A service's new task is registered once: whoever deregisters it afterwards means it. */
    public void introduce(Task task, Target target) {
        if (introduced.add(task.id())) {
            register(target);
        }
    }

    /** The task has stopped: its port may be another's by now, so this counts once. */
    public void ended(Task task, Target target) {
        if (introduced.remove(task.id())) {
            targets.remove(target);
        }
    }

    public void register(Target target) {
        targets.put(target, Registration.REGISTERED);
    }

    public void deregister(Target target) {
        targets.computeIfPresent(target, (t, r) -> Registration.DRAINING);
    }

    public void forget(Target target) {
        targets.remove(target);
    }

    public Optional<Registration> registration(Target target) {
        return Optional.ofNullable(targets.get(target));
    }

    public List<Target> targets() {
        return List.copyOf(targets.keySet());
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public ObjectNode settings() {
        return settings;
    }
}
