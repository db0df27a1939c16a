package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What goes wrong in the world by itself, one thing after the other, each chosen by chance. */
final class Faults {
    private final World world;
    private final Chance chance;

    Faults(World world) {
        this.world = world;
        this.chance = world.chance;
    }

    /** Goes on until the given time. */
    void until(long end) {
        long next = 1L + chance.below(Math.multiplyExact(2, world.weather.faultEvery()));
        if (world.timeline.now() + next < end) {
            world.timeline.after(next, Timeline.WORLD, () -> {
                happen();
                until(end);
            });
        }
    }

    private void happen() {
        ServiceId service = chance.oneOf(world.fleet.services());
        List<TaskId> tasks = world.fleet.running(service);
        int what = chance.below(world.weather.byCause() ? 34 + CauseFaults.KINDS : 34);
        if (tasks.isEmpty()) {
            return;
        }
        TaskId task = chance.oneOf(tasks);
        switch (what) {
            case 0, 1, 2, 3, 4 -> sick(service, task, Trouble.HUNG, "TaskStuck");
            case 5, 6, 7 -> sick(service, task, Trouble.UNREADY, "TaskUnready");
            case 8, 9, 10, 11, 12 -> sick(service, task, Trouble.GRAY, "ErrorBurst");
            case 13, 14 -> flap(service, task);
            case 15 -> tasks.forEach(one -> sick(service, one, Trouble.GRAY, "ErrorBurst"));
            case 16 -> tasks.forEach(one -> sick(service, one, Trouble.HUNG, "TaskStuck"));
            case 17, 18, 19 -> symptom("ServiceSaturated", service, chance.between(5000, 40_000));
            case 20 -> {
                sick(service, task, Trouble.UNREADY, "TaskUnready");
                symptom("ServiceErrorRatio", service, chance.between(5000, 40_000));
            }
            case 21 -> symptom("Stray", service, chance.between(3000, 15_000));
            case 22 -> world.fleet.crash(service, task);
            case 23 -> deploy(service);
            case 24 -> world.fleet.badReplacements(service, chance.between(10_000, 60_000));
            case 25 -> world.fleet.slowStarts(service, chance.between(10_000, 60_000));
            case 26 -> humanScales(service);
            case 27, 28, 29, 30, 31, 32, 33 -> around(what, service);
            default -> new CauseFaults(world, this).happen(what - 34, service);
        }
    }

    /** What befalls not a service but the world around it. */
    private void around(int what, ServiceId service) {
        long now = world.timeline.now();
        switch (what) {
            case 27 -> pause(chance.below(2) == 0 ? Optional.of(service) : Optional.empty());
            case 28 -> {
                world.story.tell(Timeline.WORLD, () -> "the switches cannot be read");
                world.switches.unreadable(true);
                world.timeline.after(
                        chance.between(3000, 20_000), Timeline.WORLD, () -> world.switches.unreadable(false));
            }
            case 29 -> world.apiDownUntil = now + chance.between(2000, 20_000);
            case 30 -> world.storeDownUntil = now + chance.between(1000, 10_000);
            case 31 ->
                world.fleet.services().forEach(one -> world.fleet.running(one).stream()
                        .findFirst()
                        .ifPresent(task -> sick(one, task, Trouble.HUNG, "TaskStuck")));
            case 32 -> chance.oneOf(world.healers).stall(chance.between(1000, 40_000));
            default -> chance.oneOf(world.healers).kill();
        }
    }

    void sick(ServiceId service, TaskId task, Trouble trouble, String alert) {
        world.story.tell(Timeline.WORLD, () -> service.service() + " " + task.shortName() + " becomes " + trouble);
        world.fleet.trouble(service, task, trouble);
        long lasts = chance.below(3) == 0 ? chance.between(20_000, 120_000) : chance.between(4000, 25_000);
        world.timeline.after(lasts, Timeline.WORLD, () -> world.fleet.trouble(service, task, Trouble.NONE));
        world.timeline.after(chance.between(500, 8000), Timeline.WORLD, () -> {
            if (is(service, task, trouble)) {
                world.monitors.alert(alert, service, Optional.of(task), () -> is(service, task, trouble));
            }
        });
    }

    boolean is(ServiceId service, TaskId task, Trouble trouble) {
        return world.fleet.trouble(service, task).filter(trouble::equals).isPresent();
    }

    private void flap(ServiceId service, TaskId task) {
        for (int i = 0; i < 3; i++) {
            long from = i * 12_000L;
            world.timeline.after(from, Timeline.WORLD, () -> {
                world.fleet.trouble(service, task, Trouble.GRAY);
                if (is(service, task, Trouble.GRAY)) {
                    world.monitors.alert(
                            "ErrorBurst", service, Optional.of(task), () -> is(service, task, Trouble.GRAY));
                }
            });
            world.timeline.after(from + 6000, Timeline.WORLD, () -> world.fleet.trouble(service, task, Trouble.NONE));
        }
    }

    private void symptom(String name, ServiceId service, long millis) {
        long until = world.timeline.now() + millis;
        world.monitors.alert(name, service, Optional.empty(), () -> world.timeline.now() < until);
    }

    private void deploy(ServiceId service) {
        world.story.tell(Timeline.WORLD, () -> "a deployment of " + service.service() + " begins");
        world.fleet.deploy(service, chance.between(5000, 30_000), chance.below(2) == 0);
    }

    /** Not where the healer scales too: then only the one who wrote last could say whose count stands. */
    private void humanScales(ServiceId service) {
        if (!world.scaled(service)) {
            world.fleet.humanScales(service, chance.between(2, 5));
        }
    }

    private void pause(Optional<ServiceId> scope) {
        Instant now = world.timeline.instant();
        long millis = chance.between(5000, 40_000);
        world.story.tell(Timeline.WORLD, () -> "somebody pauses " + scope + " for " + millis + " ms");
        world.switches.pause(new Pause(scope, "simulated", "somebody", now, now.plusMillis(millis)));
    }
}
