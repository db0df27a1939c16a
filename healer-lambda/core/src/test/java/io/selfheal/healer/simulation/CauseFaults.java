package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import io.selfheal.healer.testkit.Fixtures;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What goes wrong for a cause beyond a service's own tasks: its release, what it calls, or who calls it. */
final class CauseFaults {
    static final int KINDS = 14;
    private static final long LOOK_MILLIS = 3000;

    private final World world;
    private final Chance chance;
    private final Faults faults;

    CauseFaults(World world, Faults faults) {
        this.world = world;
        this.chance = world.chance;
        this.faults = faults;
    }

    void happen(int what, ServiceId service) {
        switch (what) {
            case 0, 1, 2 -> release(service, chance.below(3) == 0 ? Trouble.UNREADY : Trouble.GRAY);
            case 3 -> release(service, Trouble.NONE);
            case 4, 5, 6, 7 -> fails(Fixtures.service(chance.oneOf(List.of("order", "stock", "pay", "web"))));
            case 8, 9, 10 -> drowns(service);
            case 11, 12 -> swamps(service);
            default -> world.evidenceDownUntil = world.timeline.now() + chance.between(2000, 30_000);
        }
    }

    /** The tasks of a bad one are complained about as they come up. */
    private void release(ServiceId service, Trouble trouble) {
        String revision = world.fleet.release(service, trouble, chance.between(3000, 25_000));
        world.story.tell(Timeline.WORLD, () -> service.service() + " is released as " + revision + ": " + trouble);
        if (trouble != Trouble.NONE) {
            long until = world.timeline.now() + 60_000;
            repeat(until, () -> world.fleet.running(service).forEach(task -> accuse(service, task, trouble)));
        }
    }

    private void repeat(long until, Runnable look) {
        world.timeline.after(LOOK_MILLIS, Timeline.WORLD, () -> {
            if (world.timeline.now() < until) {
                look.run();
                repeat(until, look);
            }
        });
    }

    private void accuse(ServiceId service, TaskId task, Trouble trouble) {
        if (faults.is(service, task, trouble)) {
            String name = trouble == Trouble.GRAY ? "ErrorBurst" : "TaskUnready";
            world.monitors.alert(name, service, Optional.of(task), () -> faults.is(service, task, trouble));
        }
    }

    /** All its tasks fail, and with it those that call it, though nobody may have complained about it itself yet. */
    private void fails(ServiceId service) {
        world.fleet.running(service).forEach(task -> faults.sick(service, task, Trouble.GRAY, "ErrorBurst"));
        for (ServiceId caller : world.fleet.services()) {
            if (world.callees(caller).contains(service.service())) {
                world.timeline.after(chance.between(500, 6000), Timeline.WORLD, () -> suffers(caller, service));
            }
        }
    }

    private void suffers(ServiceId caller, ServiceId callee) {
        BooleanSupplier suffers = () -> world.fleet.ails(callee) && !world.fleet.in(Mode.DEGRADED, caller);
        List<TaskId> tasks = world.fleet.running(caller);
        if (suffers.getAsBoolean() && !tasks.isEmpty()) {
            Optional<TaskId> one = chance.below(2) == 0 ? Optional.empty() : Optional.of(chance.oneOf(tasks));
            world.monitors.alert(one.isEmpty() ? "ServiceErrorRatio" : "ErrorBurst", caller, one, suffers);
        }
    }

    /** An alert on one of its tasks, or on it as a whole, though all are slow. */
    private void swamps(ServiceId service) {
        world.story.tell(Timeline.WORLD, () -> service.service() + " has more load than it has room for");
        world.fleet.swamp(service, chance.between(5000, 40_000));
        for (TaskId task : world.fleet.running(service)) {
            if (chance.below(2) == 0) {
                world.timeline.after(chance.between(500, 5000), Timeline.WORLD, () -> slow(service, task));
            }
        }
    }

    private void slow(ServiceId service, TaskId task) {
        if (world.fleet.swamped(service, task)) {
            world.monitors.alert("TaskSlow", service, Optional.of(task), () -> world.fleet.swamped(service, task));
        }
    }

    private void drowns(ServiceId service) {
        world.story.tell(Timeline.WORLD, () -> service.service() + " drowns in repeated calls");
        world.fleet.storm(service, chance.between(15_000, 90_000));
        world.timeline.after(chance.between(500, 5000), Timeline.WORLD, () -> {
            if (world.fleet.storms(service)) {
                world.monitors.alert("ServiceErrorRatio", service, Optional.empty(), () -> world.fleet.storms(service));
            }
        });
    }
}
