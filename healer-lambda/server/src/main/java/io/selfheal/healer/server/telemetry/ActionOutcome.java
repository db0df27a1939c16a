package io.selfheal.healer.server.telemetry;

import io.selfheal.healer.incident.Reason;
import java.util.Locale;

/** How an action ended, as the metric label {@code outcome} has it. */
enum ActionOutcome {
    ACCEPTED,
    REFUSED,
    FAILED;

    static ActionOutcome of(Reason reason) {
        return reason == Reason.ACTION_REFUSED ? REFUSED : FAILED;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
