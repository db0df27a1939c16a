package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.load.Request;
import io.selfheal.demo.measure.Recovery;
import io.selfheal.demo.measure.Sample;
import io.selfheal.demo.watch.FiringAlert;
import io.selfheal.demo.watch.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that can be seen of a run at one moment, since the injection.
 *
 * @param asBefore whether every service wants as many tasks as before the run, and of the same revision
 */
record Sight(
        Instant injectedAt,
        Instant now,
        List<Sample> samples,
        List<Request> requests,
        List<FiringAlert> alerts,
        List<Incident> incidents,
        List<StoppedTask> stopped,
        boolean asBefore) {

    Sight {
        samples = List.copyOf(samples);
        requests = List.copyOf(requests);
        alerts = List.copyOf(alerts);
        incidents = List.copyOf(incidents);
        stopped = List.copyOf(stopped);
    }

    List<Request> failed() {
        return requests.stream().filter(Request::failed).toList();
    }

    Optional<Instant> symptom() {
        return Recovery.firstSymptom(samples, failuresSentAt());
    }

    Optional<Instant> healedAt(Duration stable) {
        return Recovery.healedAt(samples, failuresSentAt(), stable);
    }

    /** Whether an alert fires for that task, and it still runs. */
    boolean accused(Task task) {
        return stopped.stream().noneMatch(each -> each.arn().equals(task.arn()))
                && alerts.stream().anyMatch(alert -> alert.task().equals(task.arn()));
    }

    boolean incidentsClosed() {
        return incidents.stream().allMatch(Incident::closed);
    }

    /** Whether a person was called at any time. */
    boolean escalated() {
        return incidents.stream()
                .anyMatch(incident ->
                        incident.escalated() || incident.first("ESCALATE").isPresent());
    }

    /** When the healer first decided to do something. */
    Optional<Instant> actedAt() {
        return incidents.stream()
                .flatMap(incident -> incident.first("ACT").stream())
                .min(Instant::compareTo);
    }

    /** The same as seen by somebody who looked only from then on. */
    Optional<Instant> healedAt(Duration stable, Instant from) {
        return Recovery.healedAt(
                samples.stream().filter(sample -> !sample.at().isBefore(from)).toList(),
                failuresSentAt().stream().filter(at -> !at.isBefore(from)).toList(),
                stable);
    }

    private List<Instant> failuresSentAt() {
        return failed().stream().map(Request::sentAt).toList();
    }
}
