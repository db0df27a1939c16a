package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.engine.Ports;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.evidence.CombinedEvidence;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.local.HistoryLog;
import io.selfheal.healer.local.Listeners;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.watch.FleetView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine for the time of one call. */
public final class Invocation {
    private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);
    /** More incidents than any cluster has services. */
    private static final int ALL = 10_000;

    private static final Duration FAR_OFF = Duration.ofDays(3650);

    private final Parts parts;
    private final TimeLeft time;
    private final Work work = new Work();
    private final Agenda agenda = new Agenda();
    private final Troubles troubles = new Troubles();
    private final Remediator remediator;
    private List<Incident> open = List.of();
    private Instant spent = Instant.MIN;

    private Invocation(Parts parts, TimeLeft time) {
        this.parts = parts;
        this.time = time;
        Settings settings = new Settings(parts.rules(), parts.factsTimeout(), Settings.DEFAULT.freshEnough(), false);
        Host host = new Host(parts.clock(), work, parts.ids(), listeners(), parts.links());
        // What was seen in another call, maybe hours ago, is not known to this one.
        this.remediator =
                new Remediator(ports(), new FleetView(Duration.ofSeconds(3)), parts.policies(), settings, host);
    }

    private Ports ports() {
        Parts.Ports ports = parts.ports();
        return new Ports(
                ports.store(),
                ports.history(),
                ports.fleet(),
                ports.probe(),
                ports.switches(),
                ports.silences(),
                ports.storms(),
                new CombinedEvidence(ports.evidence(), work, CombinedEvidence.TIME));
    }

    private Listeners listeners() {
        List<HistoryListener> all = new ArrayList<>();
        all.add(agenda);
        all.add(troubles);
        all.add(new HistoryLog());
        parts.notices().forEach(notices -> all.add(notices.listener()));
        return new Listeners(all);
    }

    /** Begins a call. */
    public static Invocation begin(Parts parts, TimeLeft time) {
        Invocation begun = new Invocation(parts, time);
        parts.preparing().forEach(preparation -> begun.tried(preparation.name(), preparation.work()));
        return begun;
    }

    /** Whether there is time to begin something. */
    public boolean hasTime() {
        return time.enough();
    }

    /** This call is what somebody asked for, for that time. */
    public void wokenFor(Instant due) {
        spent = due.isAfter(spent) ? due : spent;
    }

    /** The latest time that this call was asked for; long ago where nobody asked. */
    public Instant spent() {
        return spent;
    }

    /** Takes signals in; returns how many. Everything in them that matters is then saved. */
    public int accept(List<Signal> signals) {
        return remediator.accept(signals);
    }

    /** Looks at everything that is due, and waits for what comes of it. */
    public void tick() {
        remediator.tick();
        parts.tickings()
                .forEach(ticking -> tried(ticking.name(), () -> ticking.work().accept(remediator)));
        work.awaitEnd();
        troubles.storeAway().ifPresent(away -> {
            throw away;
        });
        open = parts.ports().store().due(parts.clock().instant().plus(FAR_OFF), ALL);
    }

    /** Waits for everything that was begun, actions and notices, and says when the function is next needed. */
    public Optional<Instant> end() {
        work.awaitEnd();
        for (Notices notices : parts.notices()) {
            if (!notices.flush(time.spare())) {
                LOG.warn("not all notices could be sent in time");
            }
        }
        return agenda.next(open, remediator.putOff());
    }

    private void tried(String name, Runnable doing) {
        try {
            doing.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("{} failed, and is tried again in the next call: {}", name, e.toString());
        }
    }
}
