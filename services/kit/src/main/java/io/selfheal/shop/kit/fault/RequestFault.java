package io.selfheal.shop.kit.fault;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.selfheal.shop.kit.BusinessPaths;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A fault that meets requests on their way in. */
abstract class RequestFault implements Fault {

    private volatile @Nullable Parameters active;

    @Override
    public void start(Parameters parameters) {
        active = parameters;
    }

    @Override
    public void stop() {
        active = null;
    }

    /** True for the paths that the fault touches. */
    boolean concerns(HttpRequest<?> request) {
        return BusinessPaths.isBusiness(request.getPath());
    }

    final Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request) {
        Parameters parameters = active;
        return parameters != null && concerns(request) ? meet(request, parameters) : Mono.empty();
    }

    /** Empty lets the request pass (later, perhaps), a value answers it, and never is a possibility too. */
    abstract Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters);
}
