package io.selfheal.healer.aws;

import io.selfheal.healer.aws.EcsReading.Found;
import io.selfheal.healer.fleet.Outcome.Refused;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/** Takes a task of a service out of the service's target groups and puts it back. A repeat of either is harmless. */
final class EcsTraffic {
    private final EcsClients clients;
    private final EcsReading reading;

    EcsTraffic(EcsClients clients, EcsReading reading) {
        this.clients = clients;
        this.reading = reading;
    }

    /** Empty: it is out. */
    Optional<Refused> takeOut(ServiceId id, Service service, TaskId task) throws Exception {
        List<String> groups = groupsOf(service);
        if (groups.isEmpty()) {
            return Optional.of(new Refused(id + " has no target group to take a task out of"));
        }
        Optional<URI> address = addressOf(id, task);
        if (address.isEmpty()) {
            return Optional.of(new Refused("task " + task.shortName() + " is gone or has no address"));
        }
        TargetGroups targets = clients.targetGroups();
        for (String group : groups) {
            targets.deregister(group, address.get());
        }
        return Optional.empty();
    }

    /** A task that is to stay after all serves again; nothing, if it no longer runs. */
    void putBack(ServiceId id, TaskId task) throws Exception {
        Optional<URI> address = addressOf(id, task);
        if (address.isPresent() && reading.service(id) instanceof Found<Service>(Service service)) {
            TargetGroups targets = clients.targetGroups();
            for (String group : groupsOf(service)) {
                targets.register(group, address.get());
            }
        }
    }

    private static List<String> groupsOf(Service service) {
        return service.loadBalancers().stream()
                .map(LoadBalancer::targetGroupArn)
                .filter(Objects::nonNull)
                .toList();
    }

    private Optional<URI> addressOf(ServiceId service, TaskId task) throws Exception {
        return reading.describe(service) instanceof Found<ServiceState>(ServiceState state)
                ? state.task(task).filter(Task::running).flatMap(Task::address)
                : Optional.empty();
    }
}
