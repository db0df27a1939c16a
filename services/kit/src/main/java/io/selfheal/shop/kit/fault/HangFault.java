package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Connections are accepted and then nothing happens: to a port check the instance looks well. */
@Singleton
@Order(10)
@Requires(bean = FaultsEnabled.class)
final class HangFault extends RequestFault {

    private volatile Sinks.Empty<MutableHttpResponse<?>> end = Sinks.empty();

    @Override
    public String name() {
        return "hang";
    }

    @Override
    public String symptom() {
        return "no request is ever answered, health and metrics included";
    }

    @Override
    public void start(Parameters parameters) {
        end = Sinks.empty();
        super.start(parameters);
    }

    @Override
    public void stop() {
        super.stop();
        end.tryEmitEmpty();
    }

    @Override
    boolean concerns(HttpRequest<?> request) {
        return true;
    }

    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        return end.asMono();
    }
}
