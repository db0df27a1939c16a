package io.selfheal.shop.kit.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.HealthCheckType;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;

/** {@code app_ready}: 1 when readiness is UP, 0 when it is not or did not answer in time. */
@Singleton
final class ReadinessGauge {

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessGauge.class);

    private static final String INTERVAL = "300ms";

    /**
     * Longer than the second that the gauge may lag: a starved machine answers late, and late is not unready. An answer
     * of DOWN counts at once.
     */
    private static final Duration LIMIT = Duration.ofMillis(1500);

    private final HealthEndpoint health;
    private volatile boolean ready;

    ReadinessGauge(HealthEndpoint health, MeterRegistry registry) {
        this.health = health;
        Gauge.builder("app.ready", this, gauge -> gauge.ready ? 1 : 0)
                .description("1 when readiness is UP")
                .register(registry);
    }

    @Scheduled(fixedDelay = INTERVAL)
    void refresh() {
        boolean now = Mono.from(health.getHealth(null, HealthCheckType.READINESS))
                .map(result -> HealthStatus.UP.equals(result.getStatus()))
                .timeout(LIMIT)
                .onErrorReturn(false)
                .blockOptional()
                .orElse(false);
        if (now != ready) {
            LOG.atLevel(now ? Level.INFO : Level.WARN).log("Readiness is now {}", now ? "UP" : "DOWN");
        }
        ready = now;
    }
}
