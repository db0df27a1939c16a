package io.selfheal.healer.aws;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Task;

/** What the cluster says of itself, in the core's words. */
final class EcsReading {
    // Bounds of the ECS API: DescribeServices takes 10 services, DescribeTasks 100 tasks, ListServices and ListTasks
    // answer
    // 100 a page at most.
    private static final int SERVICES_A_CALL = 10;
    private static final int TASKS_A_CALL = 100;
    private static final int A_PAGE = 100;

    private final EcsSettings settings;
    private final EcsClient ecs;
    private final Bounded bounded;
    private final TaskPorts ports;

    /** Something looked up by name: it may not be there, or not be ours. */
    sealed interface Lookup<T> {}

    record Found<T>(T value) implements Lookup<T> {}

    record NotFound<T>(String why) implements Lookup<T> {}

    EcsReading(EcsSettings settings, EcsClient ecs, Bounded bounded) {
        this.settings = settings;
        this.ecs = ecs;
        this.bounded = bounded;
        this.ports = new TaskPorts(ecs);
    }

    List<ServiceId> services() {
        List<String> arns = ecs
                .listServicesPaginator(
                        request -> request.cluster(settings.cluster()).maxResults(A_PAGE))
                .serviceArns()
                .stream()
                .toList();
        List<ServiceId> ids = new ArrayList<>();
        for (int from = 0; from < arns.size(); from += SERVICES_A_CALL) {
            List<String> batch = arns.subList(from, Math.min(from + SERVICES_A_CALL, arns.size()));
            for (Service service : describeServices(batch).services()) {
                if (active(service) && optedIn(service)) {
                    ids.add(new ServiceId(settings.clusterName(), service.serviceName()));
                }
            }
        }
        return ids.stream().sorted().toList();
    }

    Lookup<Service> service(ServiceId id) {
        if (!id.cluster().equals(settings.clusterName())) {
            return elsewhere(id);
        }
        return found(id, describeServices(List.of(id.service())));
    }

    /** Ten of them a call. */
    Map<ServiceId, Lookup<Service>> services(Collection<ServiceId> ids) {
        Map<ServiceId, Lookup<Service>> found = new HashMap<>();
        List<ServiceId> ours = new ArrayList<>();
        for (ServiceId id : ids) {
            if (id.cluster().equals(settings.clusterName())) {
                ours.add(id);
            } else {
                found.put(id, elsewhere(id));
            }
        }
        for (int from = 0; from < ours.size(); from += SERVICES_A_CALL) {
            List<ServiceId> batch = ours.subList(from, Math.min(from + SERVICES_A_CALL, ours.size()));
            DescribeServicesResponse answer =
                    describeServices(batch.stream().map(ServiceId::service).toList());
            batch.forEach(id -> found.put(id, found(id, answer)));
        }
        return found;
    }

    private NotFound<Service> elsewhere(ServiceId id) {
        return new NotFound<>(id + " is not in the watched cluster " + settings.clusterName());
    }

    private Lookup<Service> found(ServiceId id, DescribeServicesResponse answer) {
        for (Service service : answer.services()) {
            if (!id.service().equals(service.serviceName())) {
                continue;
            }
            if (!active(service)) {
                return new NotFound<>(id + " is " + service.status());
            }
            return optedIn(service) ? new Found<>(service) : new NotFound<>(id + " has not opted in by its tag");
        }
        return new NotFound<>(id + " does not exist in ECS: "
                + answer.failures().stream().map(failure -> failure.reason()).toList());
    }

    Lookup<ServiceState> describe(ServiceId id) throws Exception {
        // A task that is being stopped is listed under STOPPED at once; without it the service would look steady.
        Future<List<String>> wanted = bounded.fork(() -> tasksOf(id, DesiredStatus.RUNNING));
        Future<List<String>> leaving = bounded.fork(() -> newestTasksLeaving(id));
        try {
            return switch (service(id)) {
                case NotFound<Service>(String why) -> new NotFound<>(why);
                case Found<Service>(Service service) -> {
                    List<String> arns = new ArrayList<>(Bounded.join(wanted));
                    arns.addAll(Bounded.join(leaving));
                    yield new Found<>(state(id, service, described(new LinkedHashSet<>(arns))));
                }
            };
        } finally {
            wanted.cancel(true);
            leaving.cancel(true);
        }
    }

    private DescribeServicesResponse describeServices(List<String> names) {
        return ecs.describeServices(request -> {
            request.cluster(settings.cluster()).services(names);
            settings.optIn().ifPresent(tag -> request.include(ServiceField.TAGS));
        });
    }

    private List<String> tasksOf(ServiceId id, DesiredStatus desired) {
        return ecs
                .listTasksPaginator(request -> request.cluster(settings.cluster())
                        .serviceName(id.service())
                        .desiredStatus(desired)
                        .maxResults(A_PAGE))
                .taskArns()
                .stream()
                .toList();
    }

    /** ECS remembers stopped tasks for an hour: the first page is enough, they are few unless the service crash-loops. */
    private List<String> newestTasksLeaving(ServiceId id) {
        return ecs.listTasks(request -> request.cluster(settings.cluster())
                        .serviceName(id.service())
                        .desiredStatus(DesiredStatus.STOPPED)
                        .maxResults(A_PAGE))
                .taskArns();
    }

    /** All of the cluster that are to run. */
    List<String> runningTasks() {
        return ecs
                .listTasksPaginator(request -> request.cluster(settings.cluster())
                        .desiredStatus(DesiredStatus.RUNNING)
                        .maxResults(A_PAGE))
                .taskArns()
                .stream()
                .toList();
    }

    /** A hundred of them a call; those that are gone are left out. */
    List<Task> described(Set<String> arns) {
        List<String> all = List.copyOf(arns);
        List<Task> tasks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TASKS_A_CALL) {
            List<String> batch = all.subList(from, Math.min(from + TASKS_A_CALL, all.size()));
            tasks.addAll(ecs.describeTasks(
                            request -> request.cluster(settings.cluster()).tasks(batch))
                    .tasks());
        }
        return tasks;
    }

    /** The service with those of the tasks that are its own. */
    ServiceState state(ServiceId id, Service service, List<Task> tasks) {
        return EcsWords.serviceState(
                id,
                service,
                tasks.stream()
                        .filter(task -> EcsWords.belongsTo(task, id))
                        .filter(task -> EcsWords.status(task) != TaskStatus.STOPPED)
                        .map(task -> EcsWords.task(task, ports))
                        .toList());
    }

    private boolean optedIn(Service service) {
        return settings.optIn()
                .map(optIn -> service.tags().stream()
                        .anyMatch(tag ->
                                optIn.key().equals(tag.key()) && optIn.value().equals(tag.value())))
                .orElse(true);
    }

    private static boolean active(Service service) {
        return "ACTIVE".equals(service.status());
    }
}
