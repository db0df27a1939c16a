package io.selfheal.healer.policy;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When so many services fall ill together, the cause is none of them: a network, a host, a database, the clock. Then nothing
 * is restarted, since it would not help and would take away what still works.
 *
 * @param services that get an incident within the window: so many are a storm
 * @param window in which they have to come together
 * @param hold how long after the last of them nothing new is done
 * @param rearm what ends it
 */
public record StormBreaker(int services, Duration window, Duration hold, Rearm rearm) {

    /** Whether a storm ends by itself when its hold is over, or only by a person's word. */
    public enum Rearm {
        AUTO,
        HUMAN
    }

    public StormBreaker {
        if (services < 2 || !window.isPositive() || !hold.isPositive()) {
            throw new IllegalArgumentException("storm: expected services >= 2, window and hold > 0, were " + services
                    + ", " + window + " and " + hold);
        }
    }

    /** That ends by itself. */
    public StormBreaker(int services, Duration window, Duration hold) {
        this(services, window, hold, Rearm.AUTO);
    }

    /** How far back the openings have to be known. */
    public Duration lookback() {
        return window.plus(hold);
    }

    /** So many of the newest openings tell a storm, also when some services come up again and again. */
    public int enough() {
        return 10 * Math.min(services, 1000);
    }

    /** Until when nothing new may be done; empty: there is no storm. */
    public Optional<Instant> until(List<Opening> openings, Instant now) {
        List<Opening> newestFirst = openings.stream()
                .filter(opening -> !opening.at().isAfter(now))
                .sorted(Comparator.comparing(Opening::at).reversed())
                .toList();
        return newestFirst.size() < services ? Optional.empty() : lastOfStorm(newestFirst, now);
    }

    /** One pass, since in a storm each of many services asks: the window's two ends move on with the opening looked at. */
    private Optional<Instant> lastOfStorm(List<Opening> newestFirst, Instant now) {
        Map<ServiceId, Integer> within = new HashMap<>();
        int end = 0;
        for (Opening last : newestFirst) {
            // Only from an opening whose hold still lasts: the first that is the last of a storm decides.
            if (!last.at().plus(hold).isAfter(now)) {
                return Optional.empty();
            }
            Instant first = last.at().minus(window);
            while (end < newestFirst.size() && newestFirst.get(end).at().isAfter(first)) {
                within.merge(newestFirst.get(end).service(), 1, Integer::sum);
                end++;
            }
            if (within.size() >= services) {
                return Optional.of(last.at().plus(hold));
            }
            within.computeIfPresent(last.service(), (_, count) -> count == 1 ? null : count - 1);
        }
        return Optional.empty();
    }
}
