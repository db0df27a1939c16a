package io.selfheal.twin.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.web.client.RestClientException;

/** Another service, as seen by a careful caller: three attempts, pauses of random length, a circuit breaker. */
final class Dependency {

    private static final int ATTEMPTS = 3;
    private static final long BACKOFF_MILLIS = 50;
    private static final int FAILED = 500;

    private final String name;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final Timer answered;
    private final Timer failed;
    private final Timer notTried;
    private final Counter retries;

    Dependency(String name, MeterRegistry registry) {
        this.name = name;
        this.answered = timer(registry, "answered");
        this.failed = timer(registry, "failed");
        this.notTried = timer(registry, "not-tried");
        this.retries = registry.counter("dependency.retries", "dependency", name);
    }

    private Timer timer(MeterRegistry registry, String outcome) {
        return registry.timer("dependency.calls", "dependency", name, "outcome", outcome);
    }

    Reply idempotent(Supplier<Reply> call) {
        if (!breaker.permits()) {
            notTried.record(Duration.ZERO);
            throw new DependencyUnavailableException(name, "its circuit breaker is open", null);
        }
        boolean ok = false;
        long start = System.nanoTime();
        try {
            Reply reply = attempt(call);
            ok = true;
            return reply;
        } finally {
            (ok ? answered : failed).record(Duration.ofNanos(System.nanoTime() - start));
            if (ok) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private Reply attempt(Supplier<Reply> call) {
        for (int attempt = 1; ; attempt++) {
            String why;
            try {
                Reply reply = call.get();
                if (reply.status() < FAILED) {
                    return reply;
                }
                why = "status " + reply.status();
                if (reply.problem().equals("shed")) {
                    throw new DependencyUnavailableException(name, why, null);
                }
            } catch (RestClientException e) {
                why = e.getMessage();
            }
            if (attempt == ATTEMPTS) {
                throw new DependencyUnavailableException(name, why, null);
            }
            pause(attempt);
            retries.increment();
        }
    }

    private void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong((BACKOFF_MILLIS << (attempt - 1)) + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DependencyUnavailableException(name, "interrupted", e);
        }
    }
}
