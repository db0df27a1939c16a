package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the contract of the silences, in memory; can be made unreadable. */
public final class InMemorySilences implements Silences {
    private final List<Silence> silences = new CopyOnWriteArrayList<>();
    private volatile boolean unreadable;

    public void unreadable(boolean value) {
        unreadable = value;
    }

    public void add(Silence silence) {
        silences.add(silence);
    }

    @Override
    public Fact<List<Silence>> active(Instant now) {
        return unreadable
                ? new Fact.Unknown<>("made unreadable by the test")
                : new Fact.Known<>(
                        silences.stream().filter(silence -> silence.holds(now)).toList(), now);
    }
}
