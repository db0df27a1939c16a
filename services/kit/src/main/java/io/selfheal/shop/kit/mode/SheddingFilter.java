package io.selfheal.shop.kit.mode;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.selfheal.shop.kit.BusinessPaths;
import io.selfheal.shop.kit.telemetry.ShedRequests;
import io.selfheal.shop.kit.web.ProblemException;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Turns requests away before anything is done for them; right inside of the metrics, which are to see it. */
@Filter(Filter.MATCH_ALL_PATTERN)
@Requires(bean = ModesEnabled.class)
final class SheddingFilter implements HttpServerFilter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Shedding shedding;

    SheddingFilter(Shedding shedding) {
        this.shedding = shedding;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SESSION.order();
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        if (!BusinessPaths.isBusiness(request.getPath()) || shedding.admits(request.getMethodName())) {
            return chain.proceed(request);
        }
        ShedRequests.mark(request);
        return Mono.error(ProblemException.unavailable(
                "shed", "The service takes fewer requests for a while, and this one is not among them", RETRY_AFTER));
    }
}
