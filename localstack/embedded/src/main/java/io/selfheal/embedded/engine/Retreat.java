package io.selfheal.embedded.engine;

import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.ServiceDeployment;
import io.selfheal.embedded.state.ServiceDeployment.Status;
import java.time.Instant;
import java.util.Optional;

/** Ends a deployment that is not to go on: back to the last completed revision, or a stop where it stands. */
final class Retreat {
    private static final String BREAKER = "ECS deployment circuit breaker: ";

    private final Reporter reporter;

    Retreat(Reporter reporter) {
        this.reporter = reporter;
    }

    /** The circuit breaker gives up. */
    void failed(Service service, Instant now) {
        service.primary().to(Rollout.FAILED, BREAKER + "tasks failed to start.", now);
        reporter.deploymentFailed(service);
        Optional<ServiceDeployment> entry = service.history().current();
        if (entry.filter(d -> d.status() == Status.ROLLBACK_IN_PROGRESS).isPresent()) {
            entry.get().to(Status.ROLLBACK_FAILED, BREAKER + "tasks of the rollback failed to start.", now);
        } else if (service.rollback()) {
            back(service, BREAKER + "rolling back to deploymentId ", now);
        } else {
            entry.ifPresent(d -> d.to(Status.STOPPED, BREAKER + "tasks failed to start.", now));
        }
    }

    /** Does what StopServiceDeployment asked for. */
    void asRequested(Service service, Instant now) {
        service.history().current().ifPresent(entry -> {
            switch (entry.status()) {
                case ROLLBACK_REQUESTED -> {
                    service.primary().to(Rollout.FAILED, entry.reason(), now);
                    back(service, "Service deployment rolled back because of a user request: rolling back to ", now);
                }
                case STOP_REQUESTED -> {
                    service.primary().to(Rollout.FAILED, entry.reason(), now);
                    entry.to(Status.STOPPED, entry.reason(), now);
                }
                case PENDING,
                        IN_PROGRESS,
                        SUCCESSFUL,
                        STOPPED,
                        ROLLBACK_IN_PROGRESS,
                        ROLLBACK_SUCCESSFUL,
                        ROLLBACK_FAILED -> {}
            }
        });
    }

    private void back(Service service, String why, Instant now) {
        Optional<Deployment> good = service.rollBack();
        Optional<ServiceDeployment> entry = service.history().current();
        if (good.isEmpty()) {
            entry.ifPresent(
                    d -> d.to(Status.ROLLBACK_FAILED, "There is no completed service revision to roll back to.", now));
            return;
        }
        String reason = why + good.get().id() + ".";
        good.get().succeeded();
        good.get().to(Rollout.IN_PROGRESS, reason, now);
        entry.ifPresent(d -> d.rollingBack(good.get(), reason, now));
        reporter.deploymentInProgress(service);
    }
}
