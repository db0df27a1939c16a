package io.selfheal.shop.kit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.selfheal.shop.kit.testkit.ManualClock;
import io.selfheal.shop.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DependencyTest {

    private final AtomicInteger calls = new AtomicInteger();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualClock clock = new ManualClock();
    private final CallGate stubborn = new CallGate() {
        @Override
        public void check(String dependency) {
            // Never stands in the way.
        }

        @Override
        public boolean insists() {
            return insists;
        }
    };

    private Instant off = Instant.EPOCH;
    private boolean insists;

    private double counted(String outcome) {
        return registry.get("dependency.calls").tag("outcome", outcome).timer().count();
    }

    private Dependency dependency(int attempts, int failuresToOpen) {
        return new Dependency(
                "user",
                new DependencySettings(attempts, Duration.ofMillis(1), failuresToOpen, Duration.ofHours(1)),
                new Permission(List.of(stubborn), List.of(name -> off), clock),
                registry);
    }

    private String fails() {
        calls.incrementAndGet();
        throw new HttpClientException("no");
    }

    private String refuses() {
        calls.incrementAndGet();
        throw new HttpClientResponseException("no", HttpResponse.status(HttpStatus.CONFLICT));
    }

    @Nested
    class GivenItFails {
        @Test
        void whenTheCallIsIdempotent_thenItIsRepeated() {
            assertThatThrownBy(() -> dependency(3, 9).idempotent(DependencyTest.this::fails))
                    .isInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("'user'");
            assertThat(calls).hasValue(3);
            assertThat(registry.get("dependency.retries").counter().count()).isEqualTo(2);
        }

        @Test
        void whenTheCallIsNot_thenItIsMadeOnce() {
            assertThatThrownBy(() -> dependency(3, 9).once(DependencyTest.this::fails))
                    .isInstanceOf(DependencyUnavailableException.class);
            assertThat(calls).hasValue(1);
        }

        @Test
        void whenItFailsOften_thenItIsNotEvenCalled() {
            Dependency dependency = dependency(1, 2);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> dependency.idempotent(DependencyTest.this::fails))
                        .isInstanceOf(DependencyUnavailableException.class);
            }
            assertThat(calls).hasValue(2);
            assertThat(dependency.isOpen()).isTrue();
            assertThat(counted("failed")).isEqualTo(2);
            assertThat(counted("not-tried")).isEqualTo(3);
        }

        @Test
        void whenCallsAreMadeAgainstAllReason_thenNoBreakerEndsThem() {
            Dependency dependency = dependency(3, 1);
            assertThatThrownBy(() -> dependency.idempotent(DependencyTest.this::fails))
                    .isInstanceOf(DependencyUnavailableException.class);
            assertThat(dependency.isOpen()).isTrue();

            insists = true;
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> dependency.idempotent(DependencyTest.this::fails))
                        .isInstanceOf(DependencyUnavailableException.class);
            }

            assertThat(calls).hasValue(15);
            assertThat(dependency.isOpen()).isFalse();
            assertThat(counted("not-tried")).isZero();
        }

        @Test
        void whenTheRepeatSucceeds_thenNobodyNotices() {
            Dependency dependency = dependency(3, 1);
            assertThat(dependency.idempotent(() -> calls.incrementAndGet() < 3 ? fails() : "there"))
                    .isEqualTo("there");
            assertThat(dependency.isOpen()).isFalse();
        }
    }

    @Test
    void givenItRefuses_whenCalled_thenTheRefusalIsAnAnswer() {
        Dependency dependency = dependency(3, 1);
        assertThatThrownBy(() -> dependency.idempotent(this::refuses)).isInstanceOf(HttpClientResponseException.class);
        assertThat(calls).hasValue(1);
        assertThat(dependency.isOpen()).isFalse();
    }

    @Test
    void givenItShedsLoad_whenCalled_thenItIsNotCalledAgain() {
        Problem shed = new Problem("urn:selfheal:problem:shed", "Shed", 503, null, null, null);
        assertThatThrownBy(() -> dependency(3, 9).idempotent(() -> {
                    calls.incrementAndGet();
                    throw new HttpClientResponseException(
                            "no",
                            HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE).body(shed));
                }))
                .isInstanceOf(DependencyUnavailableException.class);
        assertThat(calls).hasValue(1);
        assertThat(registry.get("dependency.retries").counter().count()).isZero();
    }

    @Test
    void givenItIsSwitchedOff_whenCalled_thenItIsNotAskedUntilTheTimeIsOver() {
        Dependency dependency = dependency(3, 1);
        off = clock.instant().plusSeconds(60);

        assertThatThrownBy(() -> dependency.idempotent(calls::incrementAndGet))
                .isInstanceOf(DependencyUnavailableException.class)
                .hasMessageContaining("told to do without");
        assertThat(calls).hasValue(0);
        assertThat(dependency.isSwitchedOff()).isTrue();
        assertThat(registry.get("dependency.switched.off").counter().count()).isEqualTo(1);
        assertThat(counted("not-tried")).isZero();

        clock.advance(Duration.ofSeconds(60));
        assertThat(dependency.idempotent(calls::incrementAndGet)).isEqualTo(1);
        assertThat(dependency.isOpen()).as("not its fault").isFalse();
    }

    @Test
    void givenTheBreakerIsOpen_whenTheTimeIsOver_thenOneCallTries() {
        AtomicLong now = new AtomicLong();
        CircuitBreaker breaker = new CircuitBreaker(1, Duration.ofSeconds(2), now::get);
        assertThat(breaker.permits()).isTrue();
        breaker.failed();
        assertThat(breaker.permits()).isFalse();

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.permits()).as("a second one while the first is out").isFalse();
        breaker.failed();
        assertThat(breaker.permits()).as("the try failed").isFalse();

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(breaker.permits()).isTrue();
        breaker.succeeded();
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }
}
