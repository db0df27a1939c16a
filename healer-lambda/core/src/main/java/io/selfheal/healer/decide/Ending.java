package io.selfheal.healer.decide;

import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import java.time.Instant;
import java.util.stream.Collectors;

/** How an incident of a well service ends. */
final class Ending {

    private Ending() {}

    /** It is over, unless alerts fire that no policy is for: those are a human's. */
    static Decision of(Diagnosis diagnosis, Reason reason, Instant wellSince) {
        return diagnosis.ungoverned().isEmpty()
                ? new Decision.Resolve(reason, wellSince, "every task healthy, the fleet steady, no alert left")
                : withoutPolicy(diagnosis);
    }

    static Decision withoutPolicy(Diagnosis diagnosis) {
        String names = diagnosis.ungoverned().stream()
                .map(Alert::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new Decision.Escalate(Reason.NO_POLICY, "no policy matches " + names);
    }
}
