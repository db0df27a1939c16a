package io.selfheal.shop.kit.client;

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

    Dependency(String name, DependencySettings settings, List<CallGate> gates) {
        this.name = name;
        this.settings = settings;
        this.gates = gates;
        this.breaker = new CircuitBreaker(settings.failuresToOpen(), settings.openFor(), System::nanoTime);
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
            throw new DependencyUnavailableException(name, "its circuit breaker is open", null);
        }
        boolean answered = false;
        try {
            T result = attempt(call, attempts);
            answered = true;
            return result;
        } catch (HttpClientResponseException refusal) {
            answered = true;
            throw refusal;
        } finally {
            if (answered) {
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
