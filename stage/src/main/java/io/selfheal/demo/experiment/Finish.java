package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.watch.Incident;
import java.time.Duration;

/**
 * When there is nothing more to see of a fault. Pure: all it goes by is the sight.
 *
 * @param healerOn without a healer there is nothing to wait for but the time
 */
record Finish(Fault fault, boolean healerOn, Watch watch) {

    /** Whether the run has shown what it can, with the fault as it stands; in any case after its limit. */
    boolean reached(Sight sight) {
        Duration watched = Duration.between(sight.injectedAt(), sight.now());
        if (watched.compareTo(watch.limit()) >= 0) {
            return true;
        }
        return watched.compareTo(watch.atLeast(fault, healerOn)) >= 0
                && switch (fault.kind()) {
                    case GRAY -> sight.incidentsClosed() && (!healerOn || settled(sight));
                    case SHARED -> !healerOn || sight.escalated();
                    case CRASH -> sight.incidentsClosed() && settled(sight);
                    case CONTROL -> sight.incidentsClosed() && (sight.symptom().isEmpty() || settled(sight));
                };
    }

    /** Whether a fault that is taken back before its end is judged has left nothing behind. */
    boolean cleared(Sight sight) {
        return settled(sight) && sight.incidents().stream().allMatch(Incident::resolved);
    }

    /** Well again, for so long that nothing of before can still come. */
    private boolean settled(Sight sight) {
        return sight.healedAt(watch.stable())
                .filter(at -> !sight.now().isBefore(at.plus(watch.stable()).plus(Watch.ANSWERS_IN)))
                .isPresent();
    }
}
