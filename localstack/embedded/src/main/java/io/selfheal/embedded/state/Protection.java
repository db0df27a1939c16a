package io.selfheal.embedded.state;

import java.time.Instant;
import java.util.Optional;

/** Whether a task is kept from scale-in and deployments, and until when. It ends by itself. */
public record Protection(Optional<Instant> expiration) {
    static final Protection NONE = new Protection(Optional.empty());

    public static Protection until(Instant end) {
        return new Protection(Optional.of(end));
    }

    public static Protection none() {
        return NONE;
    }

    public boolean active(Instant now) {
        return expiration.filter(now::isBefore).isPresent();
    }
}
