package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the contract of the switches, in memory; can be made unreadable. */
public final class InMemorySwitches implements Switches {
    private final Map<Optional<ServiceId>, Pause> pauses = new ConcurrentHashMap<>();
    private volatile boolean unreadable;

    public void unreadable(boolean value) {
        unreadable = value;
    }

    @Override
    public Fact<List<Pause>> active(Instant now) {
        return unreadable
                ? new Fact.Unknown<>("made unreadable by the test")
                : new Fact.Known<>(
                        pauses.values().stream()
                                .filter(pause -> now.isBefore(pause.until()))
                                .toList(),
                        now);
    }

    @Override
    public void pause(Pause pause) {
        pauses.put(pause.service(), pause);
    }

    @Override
    public boolean resume(Optional<ServiceId> scope) {
        return pauses.remove(scope) != null;
    }
}
