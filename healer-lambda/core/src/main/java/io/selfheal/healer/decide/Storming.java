package io.selfheal.healer.decide;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.policy.StormBreaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether services fall ill together. Pure. */
public final class Storming {

    private Storming() {}

    /** Whether a storm is seen that a person will have to end, and that is not written down yet. */
    public static boolean begins(StormBreaker breaker, Incident incident, Situation situation, Instant now) {
        return breaker.rearm() == StormBreaker.Rearm.HUMAN
                && situation.instructions().storm() instanceof Fact.Known<StormLatch>(StormLatch latch, Instant _)
                && latch.standing().isEmpty()
                && situation.openings() instanceof Fact.Known<List<Opening>>(List<Opening> openings, Instant _)
                && until(breaker, latch, incident, openings, now).isPresent();
    }

    /** Until when nothing is begun; what came before a person last re-armed does not count again. */
    static Optional<Instant> until(
            StormBreaker breaker, StormLatch latch, Incident incident, List<Opening> openings, Instant now) {
        List<Opening> all = new ArrayList<>(openings);
        // An incident that is just being opened is not in the store yet.
        all.add(new Opening(incident.service(), incident.detectedAt(), Optional.empty()));
        latch.rearmed().ifPresent(last -> all.removeIf(opening -> !opening.at().isAfter(last.at())));
        return breaker.until(all, now);
    }
}
