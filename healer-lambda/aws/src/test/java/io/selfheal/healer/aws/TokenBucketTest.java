package io.selfheal.healer.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    private final TokenBucket bucket = new TokenBucket(2, 10, 0);

    @Test
    void whenTheBurstIsUsedUp_thenEachWaitsForItsOwnToken() {
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(bucket.take(0)).isEqualTo(Duration.ofMillis(200));
        assertThat(bucket.take(SECOND / 10)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whenNobodyComesForLong_thenNoMoreThanTheBurstIsThere() {
        assertThat(bucket.take(100 * SECOND)).isZero();
        assertThat(bucket.take(100 * SECOND)).isZero();
        assertThat(bucket.take(100 * SECOND)).isPositive();
    }

    @Test
    void whenTimeGoesBack_thenNothingIsGiven() {
        assertThat(bucket.take(SECOND)).isZero();
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isPositive();
    }
}
