package io.selfheal.shop.kit.telemetry;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.http.HttpMethod;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.web.router.Router;
import io.selfheal.shop.kit.BusinessPaths;
import jakarta.inject.Singleton;
import java.util.List;

/** Registers the 5xx series of every business route at start, so that the very first error is an increase from 0. */
@Singleton
final class ErrorSeries implements ApplicationEventListener<ServerStartupEvent> {

    private static final List<Integer> STATUSES = List.of(500, 503);

    private final Router router;
    private final RequestMetrics metrics;

    ErrorSeries(Router router, RequestMetrics metrics) {
        this.router = router;
        this.metrics = metrics;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        router.uriRoutes()
                .filter(route ->
                        route.getHttpMethod() != HttpMethod.HEAD && route.getHttpMethod() != HttpMethod.OPTIONS)
                .forEach(route -> register(
                        route.getHttpMethod().name(),
                        route.getUriMatchTemplate().toPathString()));
    }

    private void register(String method, String uri) {
        if (!BusinessPaths.isBusiness(uri)) {
            return;
        }
        STATUSES.forEach(status -> metrics.timer(method, uri, status));
    }
}
