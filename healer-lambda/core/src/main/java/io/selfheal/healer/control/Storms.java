package io.selfheal.healer.control;

import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.fact.Fact;
import java.time.Instant;

/** Port: the storm that waits for a person. It survives restarts. Unreadable is Unknown, and then nobody acts. Thread-safe. */
public interface Storms {

    Fact<StormLatch> latch(Instant now);

    /** True for exactly one caller until somebody re-arms. Throws StoreUnavailableException when it cannot be kept. */
    boolean trip(Storm storm);

    /** Ends the storm that stands; false when none does. Throws like {@link #trip}. */
    boolean rearm(Rearming rearming);
}
