package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.testkit.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Two Alertmanagers that see the same rules and know nothing of each other: what they send is lost, doubled, late and in any
 * order, repeated as long as the alert fires, and sent again until somebody acknowledges it.
 */
final class Monitors {
    private static final long EVALUATION_MILLIS = 3000;
    private static final int REPEAT_EVERY = 5;
    private static final int TRIES = 4;

    private record Active(Alert alert, BooleanSupplier stillTrue) {}

    private final World world;
    private final List<Active> active = new ArrayList<>();
    private List<Alert> lately = List.of();

    Monitors(World world) {
        this.world = world;
    }

    boolean quiet() {
        return active.isEmpty();
    }

    /** Fires as long as it is true, unless it fires already. */
    void alert(String name, ServiceId service, Optional<TaskId> task, BooleanSupplier stillTrue) {
        Alert alert = Fixtures.alert(name, service, task, world.timeline.instant());
        if (active.stream().anyMatch(one -> one.alert().sameAs(alert))) {
            return;
        }
        world.story.tell(
                Timeline.WORLD,
                () -> name + " fires on " + service.service()
                        + task.map(id -> " " + id.shortName()).orElse(""));
        active.add(new Active(alert, stillTrue));
        evaluate(new Active(alert, stillTrue), 0);
    }

    private void evaluate(Active one, int round) {
        if (!one.stillTrue().getAsBoolean()) {
            active.removeIf(other -> other.alert().equals(one.alert()));
            world.story.tell(
                    Timeline.WORLD,
                    () -> one.alert().name() + " ends on "
                            + one.alert().service().service()
                            + one.alert().task().map(id -> " " + id.shortName()).orElse(""));
            send(Fixtures.resolved(one.alert(), world.timeline.instant()));
            return;
        }
        if (round % REPEAT_EVERY == 0) {
            send(Fixtures.firing(one.alert()));
        }
        world.timeline.after(EVALUATION_MILLIS, Timeline.WORLD, () -> evaluate(one, round + 1));
    }

    private void send(Signal signal) {
        int trouble = world.weather.delivery();
        for (int manager = 0; manager < 2; manager++) {
            int copies = world.chance.hits(trouble) ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                if (!world.chance.hits(trouble)) {
                    long late = world.chance.hits(trouble) ? world.chance.between(1000, 15_000) : 0;
                    post(signal, late + world.chance.below(500), TRIES);
                }
            }
        }
    }

    private void post(Signal signal, long millis, int tries) {
        SimHealer healer = world.chance.oneOf(world.healers);
        world.timeline.after(
                millis,
                world.healers.indexOf(healer) + 1,
                () -> healer.deliver(signal, () -> {
                    if (tries > 1) {
                        post(signal, 2000, tries - 1);
                    }
                }));
    }

    /** What an Alertmanager lists as active; now and then it cannot be asked, or lists what was true a moment ago. */
    Optional<List<Alert>> listing() {
        if (world.chance.hits(world.weather.delivery())) {
            return Optional.empty();
        }
        List<Alert> now = active.stream().map(Active::alert).toList();
        List<Alert> listed = world.chance.hits(world.weather.delivery()) ? lately : now;
        lately = now;
        return Optional.of(listed);
    }
}
