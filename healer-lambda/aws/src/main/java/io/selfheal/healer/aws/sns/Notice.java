package io.selfheal.healer.aws.sns;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.IncidentId;
import java.time.Instant;

/**
 * What a person may want to know at once.
 *
 * @param state the incident's, or what the notice is about instead of a state: APPROVAL or STORM
 * @param version of the incident: with its id and the state it names the notice for ever, so that receivers can tell copies
 */
record Notice(
        Kind kind,
        IncidentId incident,
        long version,
        ServiceId service,
        String state,
        String reason,
        String detail,
        int attempts,
        String historyHead,
        Instant at) {

    enum Kind {
        STATE,
        APPROVAL,
        STORM
    }

    String key() {
        return incident + ":" + version + ":" + state;
    }
}
