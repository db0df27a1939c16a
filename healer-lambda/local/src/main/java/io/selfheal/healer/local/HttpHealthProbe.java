package io.selfheal.healer.local;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks each task's own health endpoint, all at once, each on a fresh connection. 2xx is healthy, any other answer is unready,
 * no answer in time is unresponsive.
 */
public final class HttpHealthProbe implements HealthProbe {
    /** The aggregate of liveness and readiness. */
    public static final String DEFAULT_PATH = "/health";

    /** From opening the connection to the answer's first line. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(400);

    // Beyond the deadline of the exchange: for looking up a host name, and for a machine too busy to run the probe in
    // time.
    private static final Duration GRACE = Duration.ofMillis(500);

    private final String path;
    private final Duration timeout;
    private final InstantSource clock;
    private final Executor threads =
            task -> Thread.ofVirtual().name("health-probe").start(task);

    public HttpHealthProbe(String path, Duration timeout, InstantSource clock) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("probe path: expected to start with '/', was '" + path + "'");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("probe timeout: expected more than nothing, was " + timeout);
        }
        this.path = path;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public Map<TaskId, Fact<TaskHealth>> probe(Collection<Task> tasks) {
        Map<TaskId, FutureTask<Fact<TaskHealth>>> asked = new LinkedHashMap<>();
        for (Task task : tasks) {
            FutureTask<Fact<TaskHealth>> question = new FutureTask<>(() -> ask(task.address()));
            asked.put(task.id(), question);
            threads.execute(question);
        }
        long deadline = System.nanoTime() + timeout.plus(GRACE).toNanos();
        Map<TaskId, Fact<TaskHealth>> answers = new LinkedHashMap<>();
        asked.forEach((id, question) -> answers.put(id, await(question, deadline)));
        return answers;
    }

    private Fact<TaskHealth> ask(Optional<URI> address) {
        if (address.isEmpty()) {
            return new Fact.Unknown<>("the fleet gives no address of it");
        }
        URI target = address.get();
        if (!"http".equals(target.getScheme()) || target.getHost() == null) {
            return new Fact.Unknown<>("its address is not http://host:port: " + target);
        }
        var readAt = clock.instant();
        try {
            return new Fact.Known<>(judge(new OneShotGet(target, path, timeout).send()), readAt);
        } catch (UnknownHostException | IllegalArgumentException unusable) {
            return new Fact.Unknown<>("its address cannot be used: " + target);
        } catch (IOException silent) {
            return new Fact.Known<>(new TaskHealth.Unresponsive(String.valueOf(silent.getMessage())), readAt);
        }
    }

    private static TaskHealth judge(OneShotGet.Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return new TaskHealth.Healthy();
        }
        String down = HealthDocument.whatIsDown(answer.body());
        return new TaskHealth.Unready("HTTP " + answer.status() + (down.isEmpty() ? "" : ": " + down));
    }

    private static Fact<TaskHealth> await(FutureTask<Fact<TaskHealth>> question, long deadline) {
        try {
            return question.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Fact.Unknown<>("the probe itself did not end in time");
        } catch (ExecutionException bug) {
            return new Fact.Unknown<>("the probe itself failed: " + bug.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Fact.Unknown<>("the probe was interrupted");
        } finally {
            question.cancel(true);
        }
    }
}
