package io.selfheal.healer.control;

import io.selfheal.healer.fact.Fact;
import java.time.Instant;
import java.util.List;

/**
 * Port: the silences in force where alerts are silenced. What was read too long ago is Unknown, and then nobody acts on an
 * alert. Answers at once: it is asked at every decision. Thread-safe.
 */
@FunctionalInterface
public interface Silences {

    /** Where alerts cannot be silenced. */
    Silences NONE = now -> new Fact.Known<>(List.of(), now);

    Fact<List<Silence>> active(Instant now);
}
