package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

@Singleton
@Requires(bean = FaultsEnabled.class)
final class UnreadyFault implements Fault, HealthIndicator {

    private volatile boolean active;

    @Override
    public String name() {
        return "unready";
    }

    @Override
    public String symptom() {
        return "readiness is DOWN although every request is still served";
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
    public Publisher<HealthResult> getResult() {
        return Mono.fromSupplier(
                () -> HealthResult.builder("fault-unready", active ? HealthStatus.DOWN : HealthStatus.UP)
                        .build());
    }
}
