package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

@Singleton
@Order(30)
@Requires(bean = FaultsEnabled.class)
final class LatencyFault extends RequestFault {

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String symptom() {
        return "business requests take longer; health and metrics stay fast";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.duration("delay", Duration.ofMillis(500), Duration.ofMinutes(5), "added to each request"),
                Parameter.share("share"));
    }

    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        return parameters.hits("share")
                ? Mono.delay(parameters.duration("delay")).then(Mono.empty())
                : Mono.empty();
    }
}
