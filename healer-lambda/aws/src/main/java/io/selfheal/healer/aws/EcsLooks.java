package io.selfheal.healer.aws;

import io.selfheal.healer.aws.EcsReading.Found;
import io.selfheal.healer.aws.EcsReading.Lookup;
import io.selfheal.healer.aws.EcsReading.NotFound;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Looks at services, for all who ask at the same time together. Listing tasks is what costs: a service whose tasks are known
 * and as many as ECS counts is read without it. Where that is not so its tasks are listed, and where it is not so of many,
 * those of the whole cluster.
 */
final class EcsLooks {
    /** Ten calls of DescribeServices, half a second of what ECS gives. */
    private static final int COUNTED = 100;
    /** The others' turn comes the later, the more are read at once. */
    private static final int COUNTED_AT_ONCE = 2;

    private static final int LISTED = 1000;
    /** Two lists of a whole cluster tell no more than one. */
    private static final int LISTED_AT_ONCE = 1;
    /** Each of them takes two lists; a cluster of a thousand tasks takes ten. */
    private static final int FEW = 5;

    private final EcsSettings settings;
    private final EcsReading reading;
    private final Bounded bounded;
    private final InstantSource clock;
    private final KnownTasks known = new KnownTasks();
    private final Rounds<ServiceId, Optional<Fact<ServiceState>>> counted;
    private final Rounds<ServiceId, Fact<ServiceState>> listed;

    EcsLooks(EcsSettings settings, EcsReading reading, Bounded bounded, EcsPace pace, InstantSource clock) {
        this.settings = settings;
        this.reading = reading;
        this.bounded = bounded;
        this.clock = clock;
        this.counted = new Rounds<>(COUNTED, COUNTED_AT_ONCE, bounded::start, pace::moment, this::byCounts);
        this.listed = new Rounds<>(LISTED, LISTED_AT_ONCE, bounded::start, pace::moment, this::byLists);
    }

    /** The service, read from now on. Those who are in a hurry come first. */
    Fact<ServiceState> at(ServiceId service, boolean hurry) throws Exception {
        if (known.knows(service)) {
            Optional<Fact<ServiceState>> told = answer(counted.ask(service, hurry));
            if (told.isPresent()) {
                return told.get();
            }
        }
        return answer(listed.ask(service, hurry));
    }

    private static <T> T answer(Future<T> asked) throws Exception {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    /** Empty for those whose tasks are no longer those that are known. */
    private Map<ServiceId, Optional<Fact<ServiceState>>> byCounts(Set<ServiceId> ids) {
        return reading(ids, Optional::of, readAt -> {
            Map<ServiceId, Lookup<Service>> services = reading.services(ids);
            List<Task> tasks = reading.described(known.of(ids));
            Map<ServiceId, Optional<Fact<ServiceState>>> looks = new HashMap<>();
            services.forEach((id, service) -> {
                boolean told = !(service instanceof Found<Service>(Service there))
                        || EcsWords.counted(there, known.of(id), tasks);
                looks.put(id, told ? Optional.of(seen(id, service, tasks, readAt)) : Optional.empty());
            });
            return looks;
        });
    }

    private Map<ServiceId, Fact<ServiceState>> byLists(Set<ServiceId> ids) {
        return ids.size() <= FEW ? oneByOne(ids) : reading(ids, Function.identity(), readAt -> ofCluster(ids, readAt));
    }

    private Map<ServiceId, Fact<ServiceState>> ofCluster(Set<ServiceId> ids, Instant readAt) {
        Map<ServiceId, Lookup<Service>> services = reading.services(ids);
        Set<String> arns = new LinkedHashSet<>(reading.runningTasks());
        arns.removeAll(known.exceptOf(ids));
        // Those on their way out are no longer listed with the others.
        arns.addAll(known.of(ids));
        Map<ServiceId, List<Task>> tasks = new HashMap<>();
        for (Task task : reading.described(arns)) {
            Optional<ServiceId> of = EcsWords.serviceOf(task, settings.clusterName());
            if (of.isEmpty() && task.group() == null) {
                // Some emulators do not say whose it is.
                return oneByOne(ids);
            }
            of.ifPresent(id -> tasks.computeIfAbsent(id, _ -> new ArrayList<>()).add(task));
        }
        tasks.forEach((id, its) -> {
            if (!ids.contains(id)) {
                known.add(id, its);
            }
        });
        Map<ServiceId, Fact<ServiceState>> looks = new HashMap<>();
        services.forEach((id, service) -> looks.put(id, seen(id, service, tasks.getOrDefault(id, List.of()), readAt)));
        return looks;
    }

    private Map<ServiceId, Fact<ServiceState>> oneByOne(Set<ServiceId> ids) {
        Map<ServiceId, Future<Fact<ServiceState>>> looks = new HashMap<>();
        ids.forEach(id -> looks.put(id, bounded.fork(() -> alone(id))));
        Map<ServiceId, Fact<ServiceState>> seen = new HashMap<>();
        looks.forEach((id, look) -> {
            try {
                seen.put(id, Bounded.join(look));
            } catch (Exception failed) {
                seen.put(id, unknown(id, failed));
            }
        });
        return seen;
    }

    private Fact<ServiceState> alone(ServiceId id) throws Exception {
        Instant readAt = clock.instant();
        return fact(id, bounded.call(() -> reading.describe(id)), readAt);
    }

    private Fact<ServiceState> seen(ServiceId id, Lookup<Service> service, List<Task> tasks, Instant readAt) {
        return fact(
                id,
                switch (service) {
                    case NotFound<Service>(String why) -> new NotFound<ServiceState>(why);
                    case Found<Service>(Service there) -> new Found<>(reading.state(id, there, tasks));
                },
                readAt);
    }

    private Fact<ServiceState> fact(ServiceId id, Lookup<ServiceState> found, Instant readAt) {
        return switch (found) {
            case NotFound<ServiceState>(String why) -> {
                known.forget(id);
                yield new Fact.Unknown<>(why);
            }
            case Found<ServiceState>(ServiceState state) -> {
                known.are(id, state.tasks());
                yield new Fact.Known<>(state, readAt);
            }
        };
    }

    /** What cannot be read for all of them in time is unknown of each. */
    private <V> Map<ServiceId, V> reading(
            Set<ServiceId> ids, Function<Fact<ServiceState>, V> as, Function<Instant, Map<ServiceId, V>> work) {
        // The age of a fact counts from before it was asked for.
        Instant readAt = clock.instant();
        Duration bound = settings.callTimeout().plus(settings.callTimeout().multipliedBy(ids.size() / COUNTED));
        try {
            return bounded.call(() -> work.apply(readAt), bound);
        } catch (Exception failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            Map<ServiceId, V> none = new HashMap<>();
            ids.forEach(id -> none.put(id, as.apply(unknown(id, failed))));
            return none;
        }
    }

    private static Fact<ServiceState> unknown(ServiceId id, Exception failed) {
        return new Fact.Unknown<>(Wording.of("describe " + id, failed));
    }
}
