package io.selfheal.healer.control;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: the pauses in force. They survive restarts. Unreadable pauses are Unknown, and then nobody acts. Thread-safe. */
public interface Switches {

    Fact<List<Pause>> active(Instant now);

    /** Replaces a pause of the same scope. Throws StoreUnavailableException when it cannot be kept. */
    void pause(Pause pause);

    /** Ends the pause of exactly this scope; false when there was none. */
    boolean resume(Optional<ServiceId> scope);
}
