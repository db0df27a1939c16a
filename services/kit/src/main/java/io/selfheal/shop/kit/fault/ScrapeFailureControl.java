package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.selfheal.shop.kit.telemetry.ScrapeGate;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A scrape or two that fail, as a busy network makes them. A healer that acts on it is too nervous. */
@Singleton
@Requires(bean = FaultsEnabled.class)
final class ScrapeFailureControl implements Fault, ScrapeGate {

    private final AtomicInteger left = new AtomicInteger();

    @Override
    public String name() {
        return "scrape-failure";
    }

    @Override
    public String symptom() {
        return "the next scrapes are answered with 503; nothing is wrong with the service";
    }

    @Override
    public boolean isFault() {
        return false;
    }

    @Override
    public boolean isSpent() {
        return left.get() == 0;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.whole("count", 1, 1, 1000, "scrapes that fail"));
    }

    @Override
    public void start(Parameters parameters) {
        left.set(parameters.whole("count"));
    }

    @Override
    public void stop() {
        left.set(0);
    }

    @Override
    public boolean refuse() {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}
