package io.selfheal.healer.aws;

import io.selfheal.healer.fleet.ServiceId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.model.Task;

/** Which tasks a service had when it was looked at last: where to look first, and nothing to go by. Thread-safe. */
final class KnownTasks {
    private final Map<ServiceId, Set<String>> arns = new ConcurrentHashMap<>();

    boolean knows(ServiceId service) {
        return arns.containsKey(service);
    }

    Set<String> of(ServiceId service) {
        return arns.getOrDefault(service, Set.of());
    }

    Set<String> of(Collection<ServiceId> services) {
        Set<String> all = new LinkedHashSet<>();
        services.forEach(service -> all.addAll(of(service)));
        return all;
    }

    /** Those of all others. */
    Set<String> exceptOf(Set<ServiceId> services) {
        Set<String> others = new HashSet<>();
        arns.forEach((service, tasks) -> {
            if (!services.contains(service)) {
                others.addAll(tasks);
            }
        });
        return others;
    }

    void are(ServiceId service, List<io.selfheal.healer.fleet.Task> tasks) {
        Set<String> its = new LinkedHashSet<>();
        tasks.forEach(task -> its.add(task.id().arn()));
        arns.put(service, Collections.unmodifiableSet(its));
    }

    /** Found besides, while others were looked for. */
    void add(ServiceId service, List<Task> tasks) {
        Set<String> all = new LinkedHashSet<>(of(service));
        tasks.forEach(task -> all.add(task.taskArn()));
        arns.put(service, Collections.unmodifiableSet(all));
    }

    void forget(ServiceId service) {
        arns.remove(service);
    }
}
