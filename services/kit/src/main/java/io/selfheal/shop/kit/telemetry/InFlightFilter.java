package io.selfheal.shop.kit.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.selfheal.shop.kit.BusinessPaths;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Keeps {@link InFlight} up to date and publishes it. */
@Filter(Filter.MATCH_ALL_PATTERN)
@Requires(property = "shop.request-metrics.enabled", notEquals = "false")
final class InFlightFilter implements HttpServerFilter {

    /** Far above what a request takes, below what the alerts call stuck. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private final InFlight inFlight;

    InFlightFilter(InFlight inFlight, MeterRegistry registry) {
        this.inFlight = inFlight;
        Gauge.builder("http.server.inflight.requests", inFlight, InFlight::count)
                .description("Business requests being worked on")
                .register(registry);
        Gauge.builder("http.server.inflight.late.requests", inFlight, flight -> flight.olderThan(LATE))
                .description("Business requests being worked on for more than a second")
                .register(registry);
        Gauge.builder(
                        "http.server.inflight.oldest",
                        inFlight,
                        flight -> flight.oldest().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("Age of the oldest business request being worked on")
                .register(registry);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        if (!BusinessPaths.isBusiness(request.getPath())) {
            return chain.proceed(request);
        }
        InFlight.Request current = inFlight.begin();
        return Mono.<MutableHttpResponse<?>>from(chain.proceed(request)).doFinally(signal -> inFlight.end(current));
    }
}
