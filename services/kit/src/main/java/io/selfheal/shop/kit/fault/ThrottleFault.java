package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** A small machine, whatever it really runs on: requests stand in line, and are let in one after the other. */
@Singleton
@Order(20)
@Requires(bean = FaultsEnabled.class)
final class ThrottleFault extends RequestFault {

    private final AtomicLong nextTurn = new AtomicLong();

    @Override
    public String name() {
        return "throttle";
    }

    @Override
    public String symptom() {
        return "no more than so many business requests a second are served, the others wait in line; nothing fails by itself";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.whole("rate", 60, 1, 100_000, "business requests a second"));
    }

    @Override
    public void start(Parameters parameters) {
        nextTurn.set(System.nanoTime());
        super.start(parameters);
    }

    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        long now = System.nanoTime();
        long step = TimeUnit.SECONDS.toNanos(1) / parameters.whole("rate");
        long turn = later(nextTurn.getAndUpdate(next -> later(next, now) + step), now);
        return turn == now
                ? Mono.empty()
                : Mono.delay(Duration.ofNanos(turn - now)).then(Mono.empty());
    }

    /** Nano times may wrap: only their difference means anything. */
    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
