package io.selfheal.healer.engine;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may act when, where more is to be done at once than the fleet's API takes. A service waits for its place before the
 * last look and the claim, so that neither grows old in a queue. Only memory. Thread-safe.
 */
final class Places {
    /** The last look and the claim take about this long, so they begin this much earlier. */
    private static final Duration AHEAD = Duration.ofMillis(1500);
    /** Whoever does not come by then has lost it. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Fleet fleet;
    private final Map<ServiceId, Instant> places = new ConcurrentHashMap<>();

    Places(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Takes a place for the action, or keeps the one it has. Empty: it may begin. */
    Optional<Instant> take(Action action, Instant now) {
        Instant place = places.compute(
                action.service(),
                (_, kept) -> kept == null || kept.plus(KEPT).isBefore(now) ? fleet.earliest(action, now) : kept);
        return later(place, now);
    }

    /** Until when there is nothing to do but to wait for the place. */
    Optional<Instant> waiting(ServiceId service, Instant now) {
        return Optional.ofNullable(places.get(service)).flatMap(place -> later(place, now));
    }

    /** Whether it waited for its place, which has come. */
    boolean due(ServiceId service, Instant now) {
        return places.containsKey(service) && waiting(service, now).isEmpty();
    }

    /** It has acted, or is not to act after all. */
    void leave(ServiceId service) {
        places.remove(service);
    }

    private static Optional<Instant> later(Instant place, Instant now) {
        return Optional.of(place.minus(AHEAD)).filter(begin -> begin.isAfter(now));
    }
}
