package io.selfheal.healer.policy;

import io.selfheal.healer.incident.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
        // Only from an opening whose hold still lasts: the first that is the last of a storm decides.
        return IntStream.range(0, newestFirst.size())
                .filter(last -> newestFirst.get(last).at().plus(hold).isAfter(now))
                .filter(last -> together(newestFirst, last))
                .mapToObj(last -> newestFirst.get(last).at().plus(hold))
                .findFirst();
    }

    private boolean together(List<Opening> newestFirst, int last) {
        Instant first = newestFirst.get(last).at().minus(window);
        return newestFirst.stream()
                        .skip(last)
                        .takeWhile(opening -> opening.at().isAfter(first))
                        .map(Opening::service)
                        .distinct()
                        .limit(services)
                        .count()
                >= services;
    }
}
