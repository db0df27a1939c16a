package io.selfheal.embedded.engine;

import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.TargetGroup;
import io.selfheal.embedded.state.TargetGroup.Registration;
import io.selfheal.embedded.state.TargetGroup.Target;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.Fields;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Keeps the target groups of services in step with their tasks. */
final class TargetGroups {
    private static final String ADDRESS = "127.0.0.1";

    private final World world;

    /** A service's use of a target group. */
    private record Use(TargetGroup group, String container, int containerPort) {}

    TargetGroups(World world) {
        this.world = world;
    }

    /** Registers tasks that have begun to run, deregisters those that are to stop, and forgets those that have drained. */
    void refresh(IntPredicate busy) {
        services().forEach(service -> uses(service)
                .forEach(use -> service.cluster().tasksOf(service).forEach(task -> target(task, use)
                        .ifPresent(target -> refresh(use.group(), task, target)))));
        world.targetGroups().forEach(group -> tidy(group, busy));
    }

    private static void refresh(TargetGroup group, Task task, Target target) {
        if (task.running()) {
            group.introduce(task, target);
        } else if (task.stopped()) {
            group.ended(task, target);
        } else if (!task.wanted()) {
            group.deregister(target);
        }
    }

    /** Nobody waits for it any more: AWS completes the deregistration then. */
    private static void tidy(TargetGroup group, IntPredicate busy) {
        group.targets().stream()
                .filter(t -> group.registration(t).equals(Optional.of(Registration.DRAINING)))
                .filter(t -> !busy.test(t.port()))
                .forEach(group::forget);
    }

    /** Whether the task gets connections as far as its service's target groups are concerned. */
    boolean routes(Task task) {
        return task.origin().deployment().map(Deployment::service).stream()
                .flatMap(service -> uses(service).stream())
                .allMatch(use -> target(task, use)
                        .flatMap(use.group()::registration)
                        .equals(Optional.of(Registration.REGISTERED)));
    }

    boolean isUsed(TargetGroup group) {
        return services().flatMap(s -> uses(s).stream()).anyMatch(use -> use.group() == group);
    }

    /** The running task that is this target. */
    Optional<Task> task(Target target) {
        return target.id().equals(ADDRESS)
                ? world.clusters().stream()
                        .flatMap(c -> c.tasks().stream())
                        .filter(t -> !t.stopped())
                        .filter(t -> t.containers().stream()
                                .flatMap(c -> c.bindings().stream())
                                .anyMatch(b -> b.hostPort() == target.port()))
                        .findFirst()
                : Optional.empty();
    }

    private Stream<Service> services() {
        return world.clusters().stream()
                .flatMap(c -> c.services().stream())
                .filter(s -> s.status() != Service.Status.INACTIVE);
    }

    private List<Use> uses(Service service) {
        return new Fields(service.settings())
                .objects("loadBalancers").stream()
                        .flatMap(b -> b.text("targetGroupArn").flatMap(world::targetGroup).stream()
                                .map(group -> new Use(
                                        group,
                                        b.text("containerName").orElse(""),
                                        b.integer("containerPort").orElse(0))))
                        .toList();
    }

    private static Optional<Target> target(Task task, Use use) {
        return task.containers().stream()
                .filter(c -> c.definition().name().equals(use.container()))
                .map(Container::bindings)
                .flatMap(List::stream)
                .filter(b -> b.mapping().containerPort() == use.containerPort())
                .map(b -> new Target(ADDRESS, b.hostPort()))
                .findFirst();
    }
}
