package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.watch.Incident;
import java.time.Duration;
import java.time.Instant;

/**
 * When there is nothing more to see of a fault. Pure: all it goes by is the sight.
 *
 * @param healerOn without a healer there is nothing to wait for but the time
 */
record Finish(Fault fault, boolean healerOn, Watch watch) {

    /** Whether the run has shown what it can, with the fault as it stands; in any case after its limit. */
    boolean reached(Sight sight) {
        Duration watched = Duration.between(sight.injectedAt(), sight.now());
        if (watched.compareTo(watch.limit(fault)) >= 0) {
            return true;
        }
        if (watch.untilWell() && settled(sight)) {
            return true;
        }
        return watched.compareTo(watch.atLeast(fault, healerOn)) >= 0
                && switch (fault.kind()) {
                    case GRAY ->
                        sight.incidentsClosed()
                                && (healerOn
                                        ? settled(sight) && noticed(sight) && (!fault.gently() || sight.asBefore())
                                        : shown(sight));
                    case SHARED -> !healerOn || handedOver(sight);
                    case OVERLOAD ->
                        healerOn ? sight.actedAt().isPresent() && wellLately(sight) : sight.incidentsClosed();
                    case RELEASE ->
                        sight.incidentsClosed()
                                && (!healerOn || (sight.actedAt().isPresent() && sight.asBefore() && settled(sight)));
                    case STORM ->
                        sight.incidentsClosed()
                                && (!healerOn
                                        || (sight.actedAt().isPresent() && sight.asBefore() && wellLately(sight)));
                    case CRASH -> sight.incidentsClosed() && settled(sight);
                    case CONTROL -> sight.incidentsClosed() && (sight.symptom().isEmpty() || settled(sight));
                };
    }

    /** Whether the stage has to end the fault before the run can be judged: no healing takes away what it is about. */
    boolean endsFirst(Sight sight) {
        return healerOn
                && switch (fault.kind()) {
                    case SHARED -> handedOver(sight);
                    case OVERLOAD -> sight.actedAt().isPresent();
                    case GRAY, STORM, RELEASE, CRASH, CONTROL -> false;
                };
    }

    /** Whether a fault that the stage ended has left nothing behind. */
    boolean cleared(Sight sight) {
        return settled(sight) && sight.asBefore() && sight.incidents().stream().allMatch(Incident::resolved);
    }

    /** A person is called, and callers that can do without the service have been told to. */
    private boolean handedOver(Sight sight) {
        return sight.escalated() && (!fault.slowsCallers() || sight.actedAt().isPresent());
    }

    /** What users do not notice begins with what is done about it; a blip before is another matter. */
    private boolean noticed(Sight sight) {
        return !fault.silent() || sight.actedAt().isPresent();
    }

    /** What users do not notice takes its time until an alert tells of it. */
    private boolean shown(Sight sight) {
        return !fault.silent() || sight.symptom().isPresent() || !sight.alerts().isEmpty();
    }

    private boolean wellLately(Sight sight) {
        Instant from = sight.now().minus(watch.stable()).minus(Watch.ANSWERS_IN);
        return sight.samples().stream().noneMatch(sample -> sample.at().isAfter(from) && !sample.well())
                && sight.failed().stream().noneMatch(request -> request.sentAt().isAfter(from));
    }

    /** Well again, for so long that nothing of before can still come. */
    private boolean settled(Sight sight) {
        return sight.healedAt(watch.stable())
                .filter(at -> !sight.now().isBefore(at.plus(watch.stable()).plus(Watch.ANSWERS_IN)))
                .isPresent();
    }
}
