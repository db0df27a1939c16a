package io.selfheal.healer.control;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a person told the healer, with who and why.
 *
 * @param service what it was about; empty: everything
 * @param detail what exactly, for example until when a pause stands
 */
public record Intervention(
        Instant at, Kind kind, Optional<ServiceId> service, String owner, String reason, String detail) {

    public Intervention {
        if (owner.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("owner and reason: must say who and why, one was blank");
        }
    }

    /** What people can tell it. */
    public enum Kind {
        PAUSE,
        RESUME,
        REARM,
        APPROVE
    }
}
