package io.selfheal.shop.kit.client;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another service, as seen by a careful caller. An answer below 500 is an answer, also a refusal; everything else is a
 * failure and, after the last attempt, a {@link DependencyUnavailableException}.
 */
public final class Dependency {

    private static final Logger LOG = LoggerFactory.getLogger(Dependency.class);

    private final String name;
    private final DependencySettings settings;
    private final List<CallGate> gates;
    private final CircuitBreaker breaker;
    private final Timer answered;
    private final Timer failed;
    private final Timer notTried;

    Dependency(String name, DependencySettings settings, List<CallGate> gates, MeterRegistry registry) {
        this.name = name;
        this.settings = settings;
        this.gates = gates;
        this.breaker = new CircuitBreaker(settings.failuresToOpen(), settings.openFor(), System::nanoTime);
        this.answered = timer(registry, name, "answered");
        this.failed = timer(registry, name, "failed");
        this.notTried = timer(registry, name, "not-tried");
        Gauge.builder("dependency.circuit.open", breaker, b -> b.isOpen() ? 1 : 0)
                .tag("dependency", name)
                .description("1 while calls to the dependency are not even tried")
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String outcome) {
        return Timer.builder("dependency.calls")
                .description(
                        "Calls to another service, all their attempts together; not-tried: the circuit breaker was open")
                .tags("dependency", name, "outcome", outcome)
                .register(registry);
    }

    /** Makes a call that may be repeated without harm. */
    public <T extends @Nullable Object> T idempotent(Supplier<T> call) {
        return call(call, settings.attempts());
    }

    /** Makes a call that must not be repeated. */
    public <T extends @Nullable Object> T once(Supplier<T> call) {
        return call(call, 1);
    }

    boolean isOpen() {
        return breaker.isOpen();
    }

    private <T extends @Nullable Object> T call(Supplier<T> call, int attempts) {
        if (!breaker.permits()) {
            notTried.record(Duration.ZERO);
            throw new DependencyUnavailableException(name, "its circuit breaker is open", null);
        }
        boolean ok = false;
        long start = System.nanoTime();
        try {
            T result = attempt(call, attempts);
            ok = true;
            return result;
        } catch (HttpClientResponseException refusal) {
            ok = true;
            throw refusal;
        } finally {
            (ok ? answered : failed).record(Duration.ofNanos(System.nanoTime() - start));
            if (ok) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> call, int attempts) {
        for (int attempt = 1; ; attempt++) {
            try {
                gates.forEach(gate -> gate.check(name));
                return call.get();
            } catch (HttpClientException e) {
                if (e instanceof HttpClientResponseException answer && answer.code() < 500) {
                    throw answer;
                }
                if (attempt >= attempts) {
                    throw new DependencyUnavailableException(name, reason(e), e);
                }
                LOG.debug("Attempt {} of {} to call '{}' failed: {}", attempt, attempts, name, e.getMessage());
                pause(attempt);
            }
        }
    }

    private static String reason(HttpClientException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Full jitter: callers that failed together must not come back together. */
    private void pause(int attempt) {
        long longest = settings.backoff().toMillis() << Math.min(attempt - 1, 10);
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DependencyUnavailableException(name, "interrupted", e);
        }
    }
}
