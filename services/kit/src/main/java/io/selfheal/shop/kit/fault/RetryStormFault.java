package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.selfheal.shop.kit.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Little capacity, and work that goes on for callers who have given up. Harmless while the load is below the capacity; once a
 * spike has made callers wait longer than they are patient, their repeats alone keep it overloaded, and only less load ends it.
 */
@Singleton
@Order(25)
@Requires(bean = FaultsEnabled.class)
final class RetryStormFault extends RequestFault {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private volatile Sinks.Empty<Void> end = Sinks.empty();
    private volatile WorkQueue queue = new WorkQueue(1, Duration.ZERO, Duration.ZERO, System.nanoTime());

    @Override
    public String name() {
        return "retry-storm";
    }

    @Override
    public String symptom() {
        return "capacity is limited and work goes on for callers who gave up: an overload feeds on their repeats";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("places", 4, 1, 1_000, "requests worked on at the same time"),
                Parameter.duration(
                        "work", Duration.ofMillis(100), Duration.ofMinutes(1), "time that each request takes"),
                Parameter.duration(
                        "backlog",
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10),
                        "longest wait; beyond it 503 at once"));
    }

    @Override
    public void start(Parameters parameters) {
        queue = new WorkQueue(
                parameters.whole("places"),
                parameters.duration("work"),
                parameters.duration("backlog"),
                System.nanoTime());
        end = Sinks.empty();
        super.start(parameters);
    }

    /** Whoever waits is served at once. */
    @Override
    public void stop() {
        super.stop();
        end.tryEmitEmpty();
    }

    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        OptionalLong time = queue.takeOn(System.nanoTime());
        return time.isPresent()
                ? Mono.firstWithSignal(
                                Mono.delay(Duration.ofNanos(time.getAsLong())).then(), end.asMono())
                        .then(Mono.empty())
                : Mono.error(ProblemException.unavailable(
                        "overloaded", "Too much work is waiting already (fault 'retry-storm')", RETRY_AFTER));
    }
}
