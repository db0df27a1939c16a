package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.selfheal.shop.kit.BusinessPaths;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Leads every request past the active faults, after metrics and traces have begun to watch it. */
@Filter(Filter.MATCH_ALL_PATTERN)
@Requires(bean = FaultsEnabled.class)
final class FaultFilter implements HttpServerFilter {

    private final List<RequestFault> faults;

    FaultFilter(List<RequestFault> faults) {
        this.faults = faults;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.LAST.order();
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        if (BusinessPaths.isFaultControl(request.getPath())) {
            return chain.proceed(request);
        }
        Mono<MutableHttpResponse<?>> answered = Flux.fromIterable(faults)
                .concatMap(fault -> fault.meet(request))
                .next();
        return answered.switchIfEmpty(Mono.defer(() -> Mono.from(chain.proceed(request))));
    }
}
