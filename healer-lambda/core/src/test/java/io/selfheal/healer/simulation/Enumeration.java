package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import io.selfheal.healer.testkit.Fixtures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One sequence of events for one service and two healers, of which nothing happens by chance. The healers' time passes only
 * where an event says so; the fleet starts what is missing by itself.
 */
final class Enumeration {
    /** What may happen, a second and a half after the event before it. */
    enum Event {
        TASK_HANGS,
        OTHER_TASK_FAILS,
        DUPLICATE,
        RESOLVES,
        TASK_DIES,
        TICK_OF_A,
        TICK_OF_B,
        LEASE_PASSES,
        PAUSE
    }

    /** A trap, and after how many events it is set. */
    record Fault(Trap trap, int after) {}

    private static final long STEP_MILLIS = 1500;
    private static final long LEASE_MILLIS = 20_000;
    private static final int TRIES = 4;
    private static final int LAST_TICKS = 300;
    private static final ServiceId ORDER = Fixtures.service("order");

    private final World world;
    private final List<Event> events;
    private final List<Alert> alerts = new ArrayList<>();
    private final List<TaskId> tasks;
    /** Calls that each trap applies to, so far, before each event. */
    private final List<Map<Trap, Integer>> callsBefore = new ArrayList<>();

    private Enumeration(List<Event> events, Twist twist, boolean told) {
        this.events = events;
        world = new World(Weather.frozen(2), new Random(1), twist, told, List.of(ORDER.service()));
        tasks = world.fleet.running(ORDER);
    }

    /** Plays the sequence without a fault, and names the faults that would make a difference to it. */
    static List<Fault> faults(List<Event> events, Twist twist) {
        Enumeration one = new Enumeration(events, twist, false);
        one.play(Optional.empty());
        List<Fault> faults = new ArrayList<>();
        for (Trap trap : Trap.values()) {
            int last = one.world.applicable(trap);
            for (int after = events.size(); after > 0; after--) {
                int calls = one.callsBefore.get(after).getOrDefault(trap, 0);
                // No call between two events: the trap snaps at the same call, whichever of them it is set after.
                if (calls < last) {
                    faults.add(new Fault(trap, after));
                    last = calls;
                }
            }
        }
        return faults;
    }

    /** Throws {@link Broken}, or does not. */
    static void play(List<Event> events, Fault fault, Twist twist) {
        new Enumeration(events, twist, false).play(Optional.of(fault));
    }

    static List<String> story(List<Event> events, Optional<Fault> fault) {
        Enumeration one = new Enumeration(events, Twist.NONE, true);
        try {
            one.play(fault);
        } catch (Broken e) {
            one.world.story.tell(Timeline.WORLD, () -> "BROKEN " + e.getMessage());
        }
        return one.world.story.lines();
    }

    private void play(Optional<Fault> fault) {
        long at = 0;
        mark();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            int done = i + 1;
            at += event == Event.LEASE_PASSES ? LEASE_MILLIS : STEP_MILLIS;
            world.timeline.after(at, Timeline.WORLD, () -> happen(event));
            world.timeline.after(at, Timeline.WORLD, () -> fault.filter(one -> one.after() == done)
                    .ifPresent(one -> world.armed = Optional.of(one.trap())));
            world.timeline.after(at, Timeline.WORLD, this::mark);
        }
        world.timeline.runUntil(at + STEP_MILLIS);
        end();
    }

    private void mark() {
        Map<Trap, Integer> calls = new EnumMap<>(Trap.class);
        for (Trap trap : Trap.values()) {
            calls.put(trap, world.applicable(trap));
        }
        callsBefore.add(calls);
    }

    private void happen(Event event) {
        world.story.tell(Timeline.WORLD, () -> "EVENT " + event);
        switch (event) {
            case TASK_HANGS -> fires("TaskStuck", tasks.getFirst(), Trouble.HUNG);
            case OTHER_TASK_FAILS -> fires("ErrorBurst", tasks.getLast(), Trouble.GRAY);
            case DUPLICATE -> lastAlert().ifPresent(alert -> send(1, Fixtures.firing(alert), TRIES));
            case RESOLVES -> lastAlert().ifPresent(this::resolves);
            case TASK_DIES -> world.fleet.crash(ORDER, tasks.getFirst());
            case TICK_OF_A -> world.healers.getFirst().tick();
            case TICK_OF_B -> world.healers.getLast().tick();
            case PAUSE ->
                world.switches.pause(new Pause(
                        Optional.of(ORDER),
                        "simulated",
                        "somebody",
                        world.timeline.instant(),
                        world.timeline.instant().plusMillis(LEASE_MILLIS / 2)));
            case LEASE_PASSES -> {}
        }
    }

    private Optional<Alert> lastAlert() {
        return alerts.isEmpty() ? Optional.empty() : Optional.of(alerts.getLast());
    }

    private void fires(String name, TaskId task, Trouble trouble) {
        world.fleet.trouble(ORDER, task, trouble);
        Alert alert = Fixtures.alert(name, ORDER, Optional.of(task), world.timeline.instant());
        alerts.add(alert);
        send(0, Fixtures.firing(alert), TRIES);
    }

    private void resolves(Alert alert) {
        alert.task().ifPresent(task -> world.fleet.trouble(ORDER, task, Trouble.NONE));
        send(0, Fixtures.resolved(alert, world.timeline.instant()), TRIES);
    }

    /** To one healer, and to the other in turn until somebody acknowledges it. */
    private void send(int healer, Signal signal, int tries) {
        world.timeline.after(0, healer + 1, () -> world.healers.get(healer).deliver(signal, () -> {
            if (tries > 1) {
                world.timeline.after(1000, Timeline.WORLD, () -> send(1 - healer, signal, tries - 1));
            }
        }));
    }

    /** All is well again, and everything has to come to its end. */
    private void end() {
        Simulation.calm(world);
        alerts.forEach(this::resolves);
        for (int i = 0; i < LAST_TICKS && !(i > 3 && world.store.allOver()); i++) {
            world.healers.forEach(SimHealer::tick);
            world.timeline.runUntil(world.timeline.now() + 1000);
        }
        Simulation.atTheEnd(world);
    }
}
