package io.selfheal.shop.kit.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.selfheal.shop.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
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
    private final Permission permission;
    private final CircuitBreaker breaker;
    private final Timer answered;
    private final Timer failed;
    private final Timer notTried;
    private final Counter retries;
    private final Counter switchedOff;

    Dependency(String name, DependencySettings settings, Permission permission, MeterRegistry registry) {
        this.name = name;
        this.settings = settings;
        this.permission = permission;
        this.breaker = new CircuitBreaker(settings.failuresToOpen(), settings.openFor(), System::nanoTime);
        this.answered = timer(registry, name, "answered");
        this.failed = timer(registry, name, "failed");
        this.notTried = timer(registry, name, "not-tried");
        this.retries = Counter.builder("dependency.retries")
                .tag("dependency", name)
                .description("Attempts beyond the first one of a call")
                .register(registry);
        this.switchedOff = Counter.builder("dependency.switched.off")
                .tag("dependency", name)
                .description("Calls that were not made because the instance is told to do without")
                .register(registry);
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

    /** True while the instance is told to do without: a call would fail at once. */
    public boolean isSwitchedOff() {
        return permission.isOff(name);
    }

    /** When calls may be made again, or since when they may; long ago if they were never switched off. */
    public Instant switchedOffUntil() {
        return permission.offUntil(name);
    }

    boolean isOpen() {
        return breaker.isOpen();
    }

    private <T extends @Nullable Object> T call(Supplier<T> call, int attempts) {
        if (isSwitchedOff()) {
            switchedOff.increment();
            throw new DependencyUnavailableException(name, "this instance is told to do without it");
        }
        boolean insists = permission.insists();
        if (!insists && !breaker.permits()) {
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
            if (ok || insists) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> call, int attempts) {
        for (int attempt = 1; ; attempt++) {
            try {
                permission.check(name);
                return call.get();
            } catch (HttpClientException e) {
                if (e instanceof HttpClientResponseException answer && answer.code() < 500) {
                    throw answer;
                }
                if (attempt >= attempts || isShed(e)) {
                    throw new DependencyUnavailableException(name, reason(e), e);
                }
                LOG.debug("Attempt {} of {} to call '{}' failed: {}", attempt, attempts, name, e.getMessage());
                pause(attempt);
                retries.increment();
            }
        }
    }

    /** It asks for fewer requests: the last thing that it needs is a repeat. */
    private static boolean isShed(HttpClientException e) {
        return e instanceof HttpClientResponseException answer
                && answer.code() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
                && answer.getResponse()
                        .getBody(Problem.class)
                        .filter(problem -> problem.type().endsWith(":shed"))
                        .isPresent();
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
