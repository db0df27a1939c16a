package io.selfheal.shop.kit.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.ConfigurationProperties;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;

/**
 * The series {@code http_server_requests_seconds} of business requests. No label names the exception, unlike Micronaut's
 * own: an error's series can then exist at 0 before its first error, without which increase() does not see that one.
 */
@Singleton
final class RequestMetrics {

    private final MeterRegistry registry;
    private final Duration[] buckets;

    RequestMetrics(MeterRegistry registry, Settings settings) {
        this.registry = registry;
        this.buckets = settings.buckets().toArray(Duration[]::new);
    }

    Timer timer(String method, String uri, int status) {
        return Timer.builder("http.server.requests")
                .description("Business requests by route and answer")
                .tags("method", method, "uri", uri, "status", Integer.toString(status))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /**
     * Settings of the series.
     *
     * @param buckets upper bounds; they stand on the bounds of the objectives, so that a ratio needs no interpolation
     */
    @ConfigurationProperties("shop.request-metrics")
    record Settings(@NotEmpty List<Duration> buckets) {}
}
