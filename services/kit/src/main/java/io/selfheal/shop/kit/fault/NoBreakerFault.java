package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.selfheal.shop.kit.client.CallGate;
import jakarta.inject.Singleton;

/** A circuit breaker that is set far too tolerant: with it, callers repeat what fails for as long as it fails. */
@Singleton
@Requires(bean = FaultsEnabled.class)
final class NoBreakerFault implements Fault, CallGate {

    private volatile boolean active;

    @Override
    public String name() {
        return "no-breaker";
    }

    @Override
    public String symptom() {
        return "no circuit breaker opens: what is called goes on to be called, and called again, however often it fails";
    }

    @Override
    public void start(Parameters parameters) {
        active = true;
    }

    @Override
    public void stop() {
        active = false;
    }

    @Override
    public void check(String dependency) {
        // Never stands in the way.
    }

    @Override
    public boolean insists() {
        return active;
    }
}
