package io.selfheal.healer.engine;

import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.decide.Storming;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.policy.StormBreaker;
import java.time.Instant;

/** Writes a storm down that a person has to end, at the first look that shows it, and calls that person once. */
final class StormWatch {
    private final Storms storms;
    private final StormBreaker breaker;
    private final Notifier notifier;

    StormWatch(Storms storms, StormBreaker breaker, Notifier notifier) {
        this.storms = storms;
        this.breaker = breaker;
        this.notifier = notifier;
    }

    /** Throws StoreUnavailableException when it cannot be written down: then nothing may be decided either. */
    void look(Incident incident, Situation situation, Instant now) {
        if (Storming.begins(breaker, incident, situation, now)) {
            String what = breaker.services() + " or more services fell ill within " + breaker.window() + ", lately "
                    + incident.service();
            Storm storm = new Storm(now, what);
            if (storms.trip(storm)) {
                notifier.storm(incident, storm);
            }
        }
    }
}
