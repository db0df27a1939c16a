package io.selfheal.healer.aws;

import io.selfheal.healer.fleet.Action;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Keeps the healer below what ECS documents as the limits of its API, so that it is not throttled and leaves something to
 * others: a call waits before its own time limits begin to run. A repeat does not wait, but the calls after it do.
 */
final class EcsPace implements ExecutionInterceptor {
    /** Operations that share one bucket of ECS. */
    private static final Map<String, Group> GROUPS = Map.of(
            "StopTask", Group.STOPS,
            "ListTasks", Group.TASKS,
            "DescribeTasks", Group.TASKS,
            "ListServices", Group.SERVICES,
            "DescribeServices", Group.SERVICES);

    // Amazon ECS API Reference, "Request throttling": 100 at once, and 40 StopTask or 20 reads a second. Somewhat less,
    // since calls that are sent evenly do not arrive evenly.
    private static final double BURST = 95;
    private static final double STOPS_A_SECOND = 39.6;
    private static final double READS_A_SECOND = 19.6;

    /** What a tick sends to look at comes within it; a call takes longer. */
    private static final Duration MOMENT = Duration.ofMillis(5);

    private static final ExecutionAttribute<Boolean> WAITED = new ExecutionAttribute<>("selfheal.waited");

    private enum Group {
        STOPS,
        TASKS,
        SERVICES
    }

    /** The time that passes, and how to let it pass. */
    interface Ticks {
        long nanos();

        void pause(Duration time) throws InterruptedException;

        Ticks REAL = new Ticks() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            }
        };
    }

    private final Ticks ticks;
    private final Map<Group, TokenBucket> buckets;
    private final TokenBucket places;

    EcsPace(Ticks ticks) {
        this.ticks = ticks;
        long now = ticks.nanos();
        this.buckets = Map.of(
                Group.STOPS, new TokenBucket(BURST, STOPS_A_SECOND, now),
                Group.TASKS, new TokenBucket(BURST, READS_A_SECOND, now),
                Group.SERVICES, new TokenBucket(BURST, READS_A_SECOND, now));
        this.places = new TokenBucket(BURST, STOPS_A_SECOND, now);
    }

    /** Lets others who come at the same time catch up, so that they are read for with one call. */
    void moment() {
        try {
            ticks.pause(MOMENT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long an action that is about to be claimed should wait, so that its call will not have to. */
    Duration placeFor(Action action) {
        return action instanceof Action.RestartTask ? places.take(ticks.nanos()) : Duration.ZERO;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        TokenBucket bucket = bucket(attributes);
        if (bucket == null) {
            return;
        }
        Duration wait = bucket.take(ticks.nanos());
        attributes.putAttribute(WAITED, true);
        if (wait.isPositive()) {
            try {
                ticks.pause(wait);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted while it waited to call ECS", stopped);
            }
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        TokenBucket bucket = bucket(attributes);
        if (bucket != null && attributes.getAttribute(WAITED) == null) {
            // A debt of those who come next: a repeat has its own backoff.
            Duration unused = bucket.take(ticks.nanos());
        }
        attributes.putAttribute(WAITED, null);
    }

    private @org.jspecify.annotations.Nullable TokenBucket bucket(ExecutionAttributes attributes) {
        Group group = GROUPS.get(String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
        return group == null ? null : buckets.get(group);
    }
}
