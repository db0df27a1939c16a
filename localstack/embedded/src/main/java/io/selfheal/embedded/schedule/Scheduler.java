package io.selfheal.embedded.schedule;

import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import io.selfheal.embedded.schedule.Plan.Cause;
import io.selfheal.embedded.schedule.Plan.Stop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The service scheduler, as AWS documents it: keep the desired count; start a replacement before stopping the unhealthy or
 * superseded task while maximumPercent allows it; never fall below minimumHealthyPercent on purpose.
 */
public final class Scheduler {
    private static final Comparator<TaskSnapshot> OLDEST =
            Comparator.comparing(TaskSnapshot::createdAt).thenComparing(TaskSnapshot::id);

    private Scheduler() {}

    /** The same snapshot and time give the same plan. */
    public static Plan plan(ServiceSnapshot service, Instant now) {
        List<Stop> stops = new ArrayList<>();
        stops.addAll(unhealthy(service));
        stops.addAll(superseded(service, stops));
        stops.addAll(scaledIn(service));
        int missing = missing(service);
        if (missing > 0 && now.isBefore(service.primary().notBefore())) {
            return new Plan(0, stops, Optional.of(service.primary().notBefore()));
        }
        int room =
                service.limits().ceiling(service.desired()) - (service.tasks().size() - stops.size());
        if (missing > 0 && room <= 0 && stops.isEmpty()) {
            stops.addAll(makeRoom(service));
            room += stops.size();
        }
        return new Plan(Math.max(0, Math.min(missing, room)), stops, Optional.empty());
    }

    /** Tasks of the primary deployment to start if there were no ceiling; an unhealthy one needs a replacement. */
    private static int missing(ServiceSnapshot service) {
        if (service.primary().rollout() == Rollout.FAILED) {
            return 0;
        }
        long good = service.ofPrimary().stream()
                .filter(t -> t.readiness() != Readiness.UNHEALTHY)
                .count();
        return (int) Math.max(0, service.desired() - good);
    }

    /** Unhealthy tasks go as healthy ones take their place: together they stay at the desired count. */
    private static List<Stop> unhealthy(ServiceSnapshot service) {
        long keep = Math.max(0, service.desired() - service.count(Readiness.HEALTHY));
        List<TaskSnapshot> sick = sick(service);
        return sick.stream()
                .limit(Math.max(0, sick.size() - keep))
                .map(t -> new Stop(t.id(), Cause.UNHEALTHY))
                .toList();
    }

    /** Superseded tasks before those of the primary deployment, then the oldest first. */
    private static List<TaskSnapshot> sick(ServiceSnapshot service) {
        return service.tasks().stream()
                .filter(t -> t.readiness() == Readiness.UNHEALTHY)
                .sorted(Comparator.comparing((TaskSnapshot t) ->
                                t.deployment().equals(service.primary().id()))
                        .thenComparing(OLDEST))
                .toList();
    }

    /** Tasks of older deployments go as long as enough others can serve; one that has not started yet goes at once. */
    private static List<Stop> superseded(ServiceSnapshot service, List<Stop> already) {
        List<Stop> stops = new ArrayList<>();
        boolean failed = service.primary().rollout() == Rollout.FAILED;
        long available = service.ofPrimary().stream()
                        .filter(t -> t.readiness() == Readiness.HEALTHY)
                        .count()
                + service.superseded().stream().filter(Scheduler::serves).count();
        int floor = service.limits().floor(service.desired());
        for (TaskSnapshot task : service.superseded().stream().sorted(OLDEST).toList()) {
            if (task.kept()) {
                continue;
            }
            if (task.readiness() == Readiness.STARTING) {
                stops.add(new Stop(task.id(), Cause.SUPERSEDED));
            } else if (serves(task) && !failed && available > floor) {
                available--;
                stops.add(new Stop(task.id(), Cause.SUPERSEDED));
            }
        }
        stops.removeIf(stop -> already.stream().anyMatch(other -> other.task().equals(stop.task())));
        return stops;
    }

    private static boolean serves(TaskSnapshot task) {
        return task.readiness() == Readiness.SERVING || task.readiness() == Readiness.HEALTHY;
    }

    /**
     * More tasks of the primary deployment than desired: those that serve least go first, then the newest; none that is kept, and
     * no healthy one for the sake of a kept one that is not healthy yet.
     */
    private static List<Stop> scaledIn(ServiceSnapshot service) {
        List<TaskSnapshot> good = service.ofPrimary().stream()
                .filter(t -> t.readiness() != Readiness.UNHEALTHY)
                .sorted(Comparator.comparing(TaskSnapshot::readiness).thenComparing(OLDEST.reversed()))
                .toList();
        long spare =
                good.stream().filter(t -> t.readiness() == Readiness.HEALTHY).count()
                        - service.limits().floor(service.desired());
        List<Stop> stops = new ArrayList<>();
        for (TaskSnapshot task : good) {
            boolean healthy = task.readiness() == Readiness.HEALTHY;
            if (task.kept() || stops.size() >= good.size() - service.desired() || (healthy && spare <= 0)) {
                continue;
            }
            spare -= healthy ? 1 : 0;
            stops.add(new Stop(task.id(), Cause.SCALED_IN));
        }
        return stops;
    }

    /** maximumPercent leaves no room for a replacement: unhealthy tasks are stopped one by one, as AWS does. */
    private static List<Stop> makeRoom(ServiceSnapshot service) {
        boolean busy =
                service.stopping() > 0 || service.tasks().stream().anyMatch(t -> t.readiness() == Readiness.STARTING);
        return busy
                ? List.of()
                : sick(service).stream()
                        .limit(1)
                        .map(t -> new Stop(t.id(), Cause.UNHEALTHY))
                        .toList();
    }
}
