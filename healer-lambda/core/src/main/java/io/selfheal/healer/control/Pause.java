package io.selfheal.healer.control;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody stopped the healer from acting: everywhere, or on one service. Running actions are not cut off.
 *
 * @param service empty: everywhere (the kill switch)
 * @param until when it ends by itself
 */
public record Pause(Optional<ServiceId> service, String reason, String owner, Instant since, Instant until) {

    public Pause {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: must say why, was blank");
        }
        if (!until.isAfter(since)) {
            throw new IllegalArgumentException("until: expected after " + since + ", was " + until);
        }
    }

    public boolean covers(ServiceId id, Instant now) {
        return now.isBefore(until) && service.map(id::equals).orElse(true);
    }
}
