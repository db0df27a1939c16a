package io.selfheal.demo.load;

import io.selfheal.demo.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Users at a constant rate, whatever the shop does: an open loop, so that a slow shop gets no fewer requests.
 * Bounded all the same: beyond {@value #MOST_AT_ONCE} requests in flight a user is turned away, and that counts as a failure.
 */
public final class Load implements AutoCloseable {

    private static final int MOST_AT_ONCE = 400;

    /** How soon it is noticed that users come again. */
    private static final Duration NOBODY = Duration.ofMillis(20);

    private static final Duration LAST_REQUEST = Duration.ofSeconds(1);

    /** One kind of request: the service it goes to, its share of all, and how to send it. */
    public record Kind(String service, int share, Supplier<Reply> send) {}

    private final List<Kind> mix;
    private final double perSecond;
    private final LoadLog log;
    private final Clock clock;
    private final Random random;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread pace;
    private volatile double factor = 1;
    private volatile boolean closed;

    public Load(List<Kind> mix, double perSecond, LoadLog log, Clock clock, long seed) {
        this.mix = List.copyOf(mix);
        this.perSecond = perSecond;
        this.log = log;
        this.clock = clock;
        this.random = new Random(seed);
        this.pace = Thread.ofPlatform().daemon().name("load").unstarted(this::keepPace);
    }

    /** Starts the users. */
    public void start() {
        pace.start();
    }

    /** Multiplies the rate from now on; at 0 nobody comes. */
    public void times(double newFactor) {
        factor = newFactor;
    }

    @Override
    public void close() {
        closed = true;
        pace.interrupt();
        try {
            // One that never began is over: joining it by a Duration would throw, and leave all else of a stage that
            // failed open.
            pace.join(LAST_REQUEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        users.shutdownNow();
    }

    private void keepPace() {
        long due = System.nanoTime();
        while (!closed) {
            if (factor == 0) {
                LockSupport.parkNanos(NOBODY.toNanos());
                // Those who did not come do not come later.
                due = System.nanoTime();
                continue;
            }
            due += (long) (1e9 / (perSecond * factor));
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            if (!closed) {
                send(pick());
            }
        }
    }

    private Kind pick() {
        int ticket = random.nextInt(mix.stream().mapToInt(Kind::share).sum());
        for (Kind kind : mix) {
            ticket -= kind.share();
            if (ticket < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("shares do not add up: " + mix);
    }

    private void send(Kind kind) {
        Instant sentAt = clock.instant();
        if (!places.tryAcquire()) {
            log.add(new Request(sentAt, sentAt, kind.service(), true, "turned away: too many requests in flight"));
            return;
        }
        users.execute(() -> {
            try {
                Reply reply = kind.send().get();
                if (!closed) {
                    log.add(new Request(sentAt, clock.instant(), kind.service(), !reply.ok(), reply.brief()));
                }
            } finally {
                places.release();
            }
        });
    }
}
