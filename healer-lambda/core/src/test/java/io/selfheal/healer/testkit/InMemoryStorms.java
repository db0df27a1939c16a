package io.selfheal.healer.testkit;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;

/** Keeps the contract of the storms, in memory; can be made unreadable. */
public final class InMemoryStorms implements Storms {
    private StormLatch latch = StormLatch.NONE;
    private boolean away;

    public synchronized void away(boolean value) {
        away = value;
    }

    @Override
    public synchronized Fact<StormLatch> latch(Instant now) {
        return away ? new Fact.Unknown<>("made unreadable by the test") : new Fact.Known<>(latch, now);
    }

    @Override
    public synchronized boolean trip(Storm storm) {
        if (away) {
            throw new StoreUnavailableException("trip", new IllegalStateException("made so by the test"));
        }
        boolean first = latch.standing().isEmpty();
        latch = first ? new StormLatch(Optional.of(storm), latch.rearmed()) : latch;
        return first;
    }

    @Override
    public synchronized boolean rearm(Rearming rearming) {
        boolean stood = latch.standing().isPresent();
        latch = stood ? new StormLatch(Optional.empty(), Optional.of(rearming)) : latch;
        return stood;
    }
}
