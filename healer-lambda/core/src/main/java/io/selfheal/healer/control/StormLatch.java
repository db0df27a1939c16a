package io.selfheal.healer.control;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a storm stands that only a person ends.
 *
 * @param standing the storm that nobody has ended yet
 * @param rearmed how the last one before it was ended; what came before that counts for no other storm
 */
public record StormLatch(Optional<Storm> standing, Optional<Rearming> rearmed) {

    public static final StormLatch NONE = new StormLatch(Optional.empty(), Optional.empty());

    /** Seen at that time; what was seen is for a person. */
    public record Storm(Instant since, String what) {}

    /** Somebody looked, and lets the healer act again. */
    public record Rearming(Instant at, String reason, String owner) {
        public Rearming {
            if (reason.isBlank() || owner.isBlank()) {
                throw new IllegalArgumentException("reason and owner: must say why and who, one was blank");
            }
        }
    }
}
