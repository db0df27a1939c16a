package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.incident.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the world has told one healer in one life, by that healer's own clock: all that it could know. A guarantee can ask no
 * more of it than to act rightly on this.
 */
final class Told {
    /** So long the engine goes by what a task had answered; see Settings. */
    private static final Duration REUSED = Duration.ofMillis(1500);

    /** The last answers about one service. */
    static final class AboutService {
        private Optional<Fact<ServiceState>> state = Optional.empty();
        private Optional<ServiceState> seen = Optional.empty();
        private Instant seenAt = Instant.MIN;
        private Instant at = Instant.MIN;
        private final Map<TaskId, Fact<TaskHealth>> health = new HashMap<>();
        private final Set<TaskId> everReady = new HashSet<>();
        private Optional<Instant> wellSince = Optional.empty();

        Instant at() {
            return at;
        }

        /** When the last answer came that told something: one that did not takes nothing back. */
        Instant seenAt() {
            return seenAt;
        }

        /** Empty: never told, or told that it cannot be known. */
        Optional<ServiceState> state() {
            return state.flatMap(fact -> fact instanceof Fact.Known<ServiceState>(ServiceState known, Instant _)
                    ? Optional.of(known)
                    : Optional.empty());
        }

        /** Empty: unknown. */
        Optional<Boolean> healthy(TaskId task) {
            return health.get(task) instanceof Fact.Known<TaskHealth>(TaskHealth seen, Instant _)
                    ? Optional.of(seen.healthy())
                    : Optional.empty();
        }

        boolean everReady(TaskId task) {
            return everReady.contains(task);
        }

        boolean well() {
            return well(Set.of());
        }

        /** Those that were set aside serve nobody, and none of them counts. */
        boolean well(Set<TaskId> aside) {
            return seen.filter(known -> steady(known, aside))
                    .filter(known -> known.tasks().stream()
                            .filter(task -> task.running() && !aside.contains(task.id()))
                            .allMatch(task -> healthy(task.id()).orElse(false)))
                    .isPresent();
        }

        private static boolean steady(ServiceState state, Set<TaskId> aside) {
            int wanted = state.desired();
            int running = 0;
            boolean starting = false;
            for (Task task : state.tasks()) {
                boolean kept = aside.contains(task.id());
                wanted -= kept ? 1 : 0;
                running += task.running() && !kept ? 1 : 0;
                starting |= task.status() == TaskStatus.STARTING;
            }
            return running == Math.max(0, wanted)
                    && !starting
                    && state.deployment().isEmpty();
        }

        Optional<Instant> wellSince() {
            return wellSince;
        }

        String summary() {
            return state().map(known ->
                            known.running() + " of " + known.desired() + " run" + (known.steady() ? "" : ", unsteady"))
                    .orElse("unknown");
        }

        @Override
        public String toString() {
            return state + ", probed " + health + ", well since " + wellSince;
        }

        /** The fleet alone was asked: what the tasks had answered a moment before goes with it. */
        private void described(Instant now) {
            boolean fresh = seen.stream()
                    .flatMap(known -> known.tasks().stream())
                    .filter(Task::running)
                    .allMatch(task -> health.get(task.id()) instanceof Fact.Known<TaskHealth>(var _, Instant readAt)
                            && !readAt.plus(REUSED).isBefore(now));
            if (wellSince.isEmpty() && fresh && well()) {
                wellSince = Optional.of(now);
            }
        }

        private void probed(Map<TaskId, Fact<TaskHealth>> answers, Instant now) {
            health.putAll(answers);
            answers.forEach((task, _) -> healthy(task).filter(yes -> yes).ifPresent(_ -> everReady.add(task)));
            if (!well()) {
                wellSince = Optional.empty();
            } else if (wellSince.isEmpty()) {
                wellSince = Optional.of(now);
            }
        }
    }

    private final Map<ServiceId, AboutService> services = new HashMap<>();
    private final Map<TaskId, ServiceId> homes = new HashMap<>();
    private Optional<Fact<List<Pause>>> pauses = Optional.empty();
    private List<Opening> openings = List.of();
    private Instant pausesAt = Instant.MIN;
    private final Map<ServiceId, Evidence> evidence = new HashMap<>();
    private final Map<TaskId, Instant> servedBadly = new HashMap<>();

    AboutService about(ServiceId service) {
        return services.computeIfAbsent(service, _ -> new AboutService());
    }

    Optional<Fact<List<Pause>>> pauses() {
        return pauses;
    }

    Instant pausesAt() {
        return pausesAt;
    }

    /** Of the service, as it came last. */
    Evidence evidence(ServiceId service) {
        return evidence.getOrDefault(service, Evidence.unknown("never asked"));
    }

    /** @param askedAt when the question was put */
    void evidence(ServiceId service, Evidence gathered, Instant askedAt) {
        evidence.put(service, gathered);
        if (gathered.vitals() instanceof Fact.Known<Map<TaskId, Vitals>>(Map<TaskId, Vitals> vitals, Instant _)) {
            vitals.forEach((task, served) -> {
                if (served.errorShare() > 0.2 || served.slowShare() > 0.4) {
                    servedBadly.put(task, askedAt);
                }
            });
        }
    }

    /** Whether this healer was ever told that it fails or is slow, not before the given time. */
    boolean servedBadly(TaskId task, Instant after) {
        return servedBadly.getOrDefault(task, Instant.MIN).isAfter(after);
    }

    List<Opening> openings() {
        return openings;
    }

    /** @param askedAt when the question was put: the answer may be as old as that */
    void state(ServiceId service, Fact<ServiceState> fact, Instant askedAt) {
        AboutService about = about(service);
        about.state = Optional.of(fact);
        about.at = askedAt;
        about.state().ifPresent(known -> {
            about.seen = Optional.of(known);
            about.seenAt = askedAt;
            known.tasks().forEach(task -> homes.put(task.id(), service));
            about.described(askedAt);
        });
    }

    void health(Map<TaskId, Fact<TaskHealth>> answers, Instant now) {
        answers.keySet().stream().findFirst().map(homes::get).ifPresent(service -> about(service)
                .probed(answers, now));
    }

    void pauses(Fact<List<Pause>> fact, Instant askedAt) {
        pauses = Optional.of(fact);
        pausesAt = askedAt;
    }

    void openings(List<Opening> answer) {
        openings = answer;
    }
}
