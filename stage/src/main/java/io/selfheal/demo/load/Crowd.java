package io.selfheal.demo.load;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Users who each wait for an answer, think for a while, and ask again: a closed loop, so that a slow service is asked less
 * often, and its queue does not grow for ever.
 */
public final class Crowd {

    /** A user's patience. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final String service;
    private final URI asked;
    private final LoadLog log;
    private final Clock clock;
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean gone;

    public Crowd(String service, URI asked, LoadLog log, Clock clock) {
        this.service = service;
        this.asked = asked;
        this.log = log;
        this.clock = clock;
    }

    /**
     * So many, within half a pause for thought: who comes slowly is served, and slow, before there is a queue; all at once they would make
     * a queue longer than the one that they keep up.
     */
    public void come(int many, Duration think) {
        Duration apart = think.dividedBy(2L * many);
        for (int i = 0; i < many; i++) {
            Duration later = apart.multipliedBy(i);
            people.execute(() -> {
                LockSupport.parkNanos(later.toNanos());
                ask(think);
            });
        }
    }

    /** Nobody asks again; who waits for an answer gets it. */
    public void leave() {
        gone = true;
        people.shutdown();
    }

    private void ask(Duration think) {
        while (!gone) {
            Instant sentAt = clock.instant();
            Reply reply = Http.get(asked, TIMEOUT);
            log.add(new Request(sentAt, clock.instant(), service, !reply.ok(), reply.brief()));
            LockSupport.parkNanos(think.toNanos());
        }
    }
}
