package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

@Singleton
@Order(30)
@Requires(bean = FaultsEnabled.class)
final class LatencyFault extends RequestFault {

    private final AtomicInteger left = new AtomicInteger();

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
                Parameter.share("share"),
                Parameter.whole("count", 0, 0, 1_000_000, "requests that it hits; 0 is no bound"));
    }

    @Override
    public void start(Parameters parameters) {
        int count = parameters.whole("count");
        left.set(count == 0 ? Integer.MAX_VALUE : count);
        super.start(parameters);
    }

    @Override
    public boolean isSpent() {
        return left.get() == 0;
    }

    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        return parameters.hits("share") && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0
                ? Mono.delay(parameters.duration("delay")).then(Mono.empty())
                : Mono.empty();
    }
}
