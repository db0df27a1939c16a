package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Silences;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.engine.Ports;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.InMemoryStorms;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.ProbeRules;
import io.selfheal.healer.watch.ProbeWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One healer: a real engine with a clock of its own. It dies and starts anew, remembering nothing. */
final class SimHealer {
    private static final long TICK_MILLIS = 2000;
    private static final long POLL_MILLIS = 4000;
    private static final long RECONCILE_MILLIS = 15_000;
    private static final long RESTART_MILLIS = 3000;

    private final World world;
    private final int index;
    private final long skewMillis;
    private final Set<Signal> ignored = new HashSet<>();
    private int life;
    private long stalledUntil;

    /** What a healer has only as long as it lives. */
    private record Body(Remediator remediator, ProbeWatch watch) {}

    private Body body;

    SimHealer(World world, int index, long skewMillis) {
        this.world = world;
        this.index = index;
        this.skewMillis = skewMillis;
        this.body = born();
    }

    private Body born() {
        life++;
        ignored.clear();
        InstantSource clock = world.twist.clock(() -> world.timeline.instant().plusMillis(skewMillis));
        Oracle.Witness witness = new Oracle.Witness(index, life, skewMillis, new Told());
        Hazards hazards = new Hazards(world, index, true);
        FleetLink link = new FleetLink(world, hazards, witness, clock);
        StoreLink store = new StoreLink(world, hazards, witness);
        Ports ports = new Ports(
                world.twist.store(store),
                store,
                world.twist.fleet(link),
                world.twist.probe(link),
                world.twist.switches(link),
                Silences.NONE,
                new InMemoryStorms(),
                world.twist.evidence(new EvidenceLink(world, hazards, witness, clock)));
        FleetView view = new FleetView(Duration.ofSeconds(5));
        int mine = life;
        Host host = new Host(clock, command -> later(mine, command), this::nextId, new Ears());
        Settings settings = world.twist.settings(new Settings(
                Settings.DEFAULT.rules(),
                world.chance.below(4) == 0 ? Duration.ZERO : Duration.ofMillis(250),
                Settings.DEFAULT.freshEnough(),
                world.weather.watching()));
        Remediator remediator = new Remediator(ports, view, world.healersPolicies, settings, host);
        ProbeWatch watch = new ProbeWatch(
                ports.fleet(), ports.probe(), view, remediator::accept, clock, Runnable::run, ProbeRules.DEFAULT);
        if (world.weather.ticking()) {
            every(TICK_MILLIS, mine, remediator::tick);
            every(RECONCILE_MILLIS, mine, () -> world.monitors
                    .listing()
                    .ifPresent(alerts -> remediator.reconcile(SignalSource.ALERTMANAGER, alerts)));
        }
        if (world.weather.watching()) {
            every(POLL_MILLIS, mine, watch::poll);
        }
        return new Body(remediator, watch);
    }

    private IncidentId nextId() {
        return new IncidentId("i-" + ++world.ids);
    }

    /** What fails here is heard of and taken up again; anything but an unreachable store is a bug. */
    private final class Ears implements HistoryListener {
        @Override
        public void onHistory(Incident incident, List<HistoryEntry> entries) {}

        @Override
        public void onIgnored(Signal signal, Reason reason) {
            ignored.add(signal);
        }

        @Override
        public void onTrouble(String doing, RuntimeException failure) {
            world.story.tell(index, () -> "has trouble " + doing + ": " + failure);
            if (!(failure instanceof StoreUnavailableException)) {
                throw stumbled(failure);
            }
        }
    }

    private static Broken stumbled(RuntimeException failure) {
        return new Broken(
                "the engine does not stumble",
                failure + " at "
                        + List.of(failure.getStackTrace()).subList(0, Math.min(6, failure.getStackTrace().length)));
    }

    private void every(long millis, int whichLife, Runnable work) {
        world.timeline.after(1 + world.chance.below((int) millis), index, new Runnable() {
            @Override
            public void run() {
                if (life == whichLife) {
                    world.timeline.after(millis, index, this);
                    alive(whichLife, work);
                }
            }
        });
    }

    /** The reading of facts is waited for, so it happens at once; all else in an event of its own, some time later. */
    private void later(int whichLife, Runnable command) {
        if (command instanceof CompletableFuture.AsynchronousCompletionTask) {
            command.run();
        } else {
            world.timeline.after(world.chance.below(20), index, () -> alive(whichLife, command));
        }
    }

    /** Time passes for it. */
    void tick() {
        int now = life;
        world.timeline.after(0, index, () -> alive(now, () -> body.remediator().tick()));
    }

    /** The whole process stands still, between two of its steps. */
    void stall(long millis) {
        stalledUntil = world.timeline.now() + millis;
    }

    void kill() {
        world.story.tell(index, () -> "is killed while it does nothing");
        restart();
    }

    private void restart() {
        life++;
        int next = life;
        world.timeline.after(RESTART_MILLIS, index, () -> {
            if (life == next) {
                world.story.tell(index, () -> "starts anew");
                body = born();
            }
        });
    }

    private void alive(int whichLife, Runnable work) {
        if (life != whichLife) {
            return;
        }
        long wait = stalledUntil - world.timeline.now();
        if (wait > 0) {
            world.timeline.after(wait, index, () -> alive(whichLife, work));
            return;
        }
        try {
            work.run();
        } catch (Killed _) {
            restart();
        } catch (StoreUnavailableException e) {
            world.story.tell(index, () -> "gives up: " + e.getMessage());
        } catch (RuntimeException e) {
            throw stumbled(e);
        }
    }

    /** Runs {@code otherwise} when the sender got no answer and has to send again. */
    void deliver(Signal signal, Runnable otherwise) {
        int now = life;
        boolean[] acknowledged = {false};
        long since = world.oracle.saves();
        alive(now, () -> {
            body.remediator().accept(List.of(signal));
            acknowledged[0] = true;
            world.oracle.accepted(signal, ignored.remove(signal), since);
        });
        if (!acknowledged[0]) {
            otherwise.run();
        }
    }
}
