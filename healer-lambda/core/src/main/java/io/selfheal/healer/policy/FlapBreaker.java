package io.selfheal.healer.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When a service falls ill and recovers again and again, what is done to it does not help, or is what makes it flap: then
 * nothing more is done, and a person looks.
 *
 * @param flips so many changes between ill and well within the window are flapping; each incident is two, when it is over
 * @param window in which they have to come together
 * @param quarantine how long after the last of them nothing new is done
 */
public record FlapBreaker(int flips, Duration window, Duration quarantine) {
    /** Beyond this no read of the store is worth while. */
    private static final long MOST = 10_000;

    public FlapBreaker {
        if (flips < 2 || !window.isPositive() || !quarantine.isPositive()) {
            throw new IllegalArgumentException("flap: expected flips >= 2, window and quarantine > 0, were " + flips
                    + ", " + window + " and " + quarantine);
        }
    }

    /** How far back the flips have to be known. */
    public Duration lookback() {
        return window.plus(quarantine);
    }

    /** So many of the service's newest incidents tell, since more than that within the lookback are flapping themselves. */
    public int enough() {
        return (int) Math.min(MOST, flips * (2 + quarantine.dividedBy(window)));
    }

    /** Until when nothing new may be done to the service of these flips; empty: it does not flap. */
    public Optional<Instant> until(Collection<Instant> flipsOfService, Instant now) {
        List<Instant> inOrder = flipsOfService.stream()
                .filter(at -> !at.isAfter(now))
                .distinct()
                .sorted()
                .toList();
        return IntStream.iterate(inOrder.size() - 1, last -> last >= flips - 1, last -> last - 1)
                .filter(last ->
                        inOrder.get(last - flips + 1).isAfter(inOrder.get(last).minus(window)))
                .mapToObj(last -> inOrder.get(last).plus(quarantine))
                .findFirst()
                .filter(now::isBefore);
    }
}
