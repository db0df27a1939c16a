package io.selfheal.healer.fleet;

import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.List;

/**
 * Port: the orchestrator that runs the tasks. Implementations bound every call in time, retry with jitter what is safe to
 * retry, and never throw for a system that is slow, throttled or away: reads answer {@link Fact.Unknown}, actions
 * {@link Outcome.Failed}. Thread-safe.
 */
public interface Fleet {

    /** The services the healer may look at. */
    Fact<List<ServiceId>> services();

    /** The service with all its tasks that are not STOPPED. A service that does not exist is Unknown. */
    Fact<ServiceState> describe(ServiceId service);

    /** The same, before those who only look on: somebody waits for it to act. Read after it was asked for, never before. */
    default Fact<ServiceState> describeToAct(ServiceId service) {
        return describe(service);
    }

    /**
     * When this action may be sent so that the API does not refuse it for haste. Keeps that place in the line, so it is to
     * be asked once an action, before the last look and the claim: what is claimed is not to wait.
     */
    default Instant earliest(Action action, Instant now) {
        return now;
    }

    /**
     * Carries out the action. A repeat with the same key does nothing more than the first call did; what the API cannot
     * make idempotent (a redeploy) is not retried inside.
     *
     * @param key incident id and attempt; becomes the API's client token where one exists
     */
    Outcome apply(Action action, String key);
}
