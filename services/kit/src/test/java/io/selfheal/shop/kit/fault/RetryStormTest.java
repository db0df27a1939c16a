package io.selfheal.shop.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/**
 * The storm on a clock of its own: 40 requests a second can be served, 28 are asked for; a caller waits for one second and asks three
 * times. What is told here is arithmetic and the same on every run.
 */
class RetryStormTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE = SECOND;
    private static final int ATTEMPTS = 3;
    private static final int NORMAL = 28;
    private static final int SPIKE = 80;

    private final PriorityQueue<Attempt> due = new PriorityQueue<>();
    private WorkQueue queue = fresh(0);
    private long now;

    private record Attempt(long at, int number) implements Comparable<Attempt> {
        @Override
        public int compareTo(Attempt other) {
            return Long.compare(at, other.at);
        }
    }

    private static WorkQueue fresh(long now) {
        return new WorkQueue(4, Duration.ofMillis(100), Duration.ofSeconds(10), now);
    }

    /** The share of the attempts in that time that were answered while somebody waited. */
    private double served(int seconds, int callsPerSecond, double admitted) {
        long end = now + seconds * SECOND;
        for (long i = 0; i < (long) seconds * callsPerSecond; i++) {
            due.add(new Attempt(now + i * SECOND / callsPerSecond, 1));
        }
        int all = 0;
        int good = 0;
        double credit = 0;
        while (!due.isEmpty() && due.peek().at() < end) {
            Attempt attempt = due.poll();
            credit += admitted;
            if (credit < 1) {
                // Shed: our callers do not repeat that.
                continue;
            }
            credit -= 1;
            all++;
            good += serve(attempt) ? 1 : 0;
        }
        now = end;
        return (double) good / all;
    }

    private boolean serve(Attempt attempt) {
        OptionalLong time = queue.takeOn(attempt.at());
        boolean good = time.isPresent() && time.getAsLong() <= PATIENCE;
        if (!good && attempt.number() < ATTEMPTS) {
            long later = time.isPresent() ? PATIENCE : SECOND / 20;
            due.add(new Attempt(attempt.at() + later, attempt.number() + 1));
        }
        return good;
    }

    @Test
    void givenNormalLoad_thenEveryoneIsServed() {
        assertThat(served(60, NORMAL, 1)).isEqualTo(1);
    }

    @Test
    void givenASpikeOfTenSeconds_whenItIsOver_thenTheRepeatsAloneKeepItOverloaded() {
        served(10, NORMAL, 1);
        served(10, SPIKE, 1);

        assertThat(served(300, NORMAL, 1)).as("five minutes of normal load").isLessThan(0.05);
    }

    @Test
    void givenTheStorm_whenTheTaskIsRestartedIntoTheSpike_thenItIsBackInTheStorm() {
        served(10, NORMAL, 1);
        served(10, SPIKE, 1);
        queue = fresh(now);
        served(3, SPIKE, 1);

        assertThat(served(60, NORMAL, 1)).as("after the restart").isLessThan(0.1);
    }

    @Test
    void givenTheStorm_whenLoadIsShedForAWhile_thenItIsOverForGood() {
        served(10, NORMAL, 1);
        served(10, SPIKE, 1);
        served(60, NORMAL, 1);

        served(20, NORMAL, 0.3);

        assertThat(served(60, NORMAL, 1)).as("all load again").isEqualTo(1);
    }

    @Test
    void givenTooLongAWait_thenTheWorkIsNotTakenOn() {
        WorkQueue small = new WorkQueue(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
        assertThat(small.takeOn(0)).hasValue(SECOND);
        assertThat(small.takeOn(0)).hasValue(2 * SECOND);
        assertThat(small.takeOn(0)).isEmpty();
        assertThat(small.takeOn(SECOND)).hasValue(2 * SECOND);
        assertThat(small.takeOn(60 * SECOND)).as("idle since long").hasValue(SECOND);
    }
}
