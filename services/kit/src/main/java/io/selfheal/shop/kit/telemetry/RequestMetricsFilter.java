package io.selfheal.shop.kit.telemetry;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.opentelemetry.context.Context;
import io.selfheal.shop.kit.BusinessPaths;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Measures every business request. Stands right inside the tracing filter, so that the span becomes the exemplar, and
 * outside of the faults, so that it sees what they do; Micronaut's own stands innermost and would not.
 */
@Filter(Filter.MATCH_ALL_PATTERN)
@Requires(property = "shop.request-metrics.enabled", notEquals = "false")
final class RequestMetricsFilter implements HttpServerFilter {

    private static final int FAILED = 500;

    private final RequestMetrics metrics;

    RequestMetricsFilter(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.TRACING.after();
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        if (!BusinessPaths.isBusiness(request.getPath())) {
            return chain.proceed(request);
        }
        long start = System.nanoTime();
        Context span = Context.current();
        return Mono.<MutableHttpResponse<?>>from(chain.proceed(request))
                .doOnNext(response -> record(request, response.code(), start, span))
                .doOnError(e -> record(request, FAILED, start, span));
    }

    private void record(HttpRequest<?> request, int status, long start, Context span) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        span.wrap(() -> metrics.timer(request.getMethodName(), route(request), status)
                        .record(elapsed))
                .run();
    }

    /** The template, never the path: every id would be a series of its own. */
    private static String route(HttpRequest<?> request) {
        if (ShedRequests.isShed(request)) {
            return ShedRequests.URI;
        }
        return RouteAttributes.getRouteInfo(request)
                .map(route -> route instanceof UriRouteInfo<?, ?> uri
                        ? uri.getUriMatchTemplate().toPathString()
                        : "UNMATCHED")
                .orElse("UNMATCHED");
    }
}
