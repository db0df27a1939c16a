package io.selfheal.healer.aws;

import io.selfheal.healer.aws.EcsReading.Found;
import io.selfheal.healer.aws.EcsReading.NotFound;
import io.selfheal.healer.fleet.Action.RollBack;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Outcome.Accepted;
import io.selfheal.healer.fleet.Outcome.Refused;
import io.selfheal.healer.fleet.ServiceId;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** Returns a service to the revision before: stops the deployment that is under way, or else deploys the good one. */
final class EcsRollBack {
    private final EcsSettings settings;
    private final EcsClient ecs;
    private final EcsReading reading;

    EcsRollBack(EcsSettings settings, EcsClient ecs, EcsReading reading) {
        this.settings = settings;
        this.ecs = ecs;
        this.reading = reading;
    }

    Outcome to(RollBack back) {
        return switch (reading.service(back.service())) {
            case NotFound<Service>(String why) -> new Refused(why);
            case Found<Service>(Service service) -> {
                String running = EcsWords.lastSegment(String.valueOf(service.taskDefinition()));
                if (running.equals(back.good())) {
                    yield new Accepted("the service runs " + back.good() + " already");
                }
                if (!running.equals(back.bad())) {
                    yield new Refused("the service runs " + running + ", not " + back.bad()
                            + ": somebody else has deployed since");
                }
                yield EcsWords.deploymentInProgress(service).isPresent()
                        ? stopDeployment(back)
                        : deploy(back.service(), back.good());
            }
        };
    }

    private Outcome stopDeployment(RollBack back) {
        Optional<ServiceDeploymentBrief> underWay = ecs
                .listServiceDeployments(request -> request.cluster(settings.cluster())
                        .service(back.service().service())
                        .status(
                                ServiceDeploymentStatus.PENDING,
                                ServiceDeploymentStatus.IN_PROGRESS,
                                ServiceDeploymentStatus.ROLLBACK_REQUESTED,
                                ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS))
                .serviceDeployments()
                .stream()
                .findFirst();
        return underWay.map(deployment -> stop(deployment, back)).orElseGet(() -> deploy(back.service(), back.good()));
    }

    /** ECS itself then returns to the revision that was there before, whatever its alarms say. */
    private Outcome stop(ServiceDeploymentBrief deployment, RollBack back) {
        if (deployment.status() == ServiceDeploymentStatus.ROLLBACK_REQUESTED
                || deployment.status() == ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS) {
            return new Accepted("ECS rolls back already");
        }
        try {
            ecs.stopServiceDeployment(request -> request.serviceDeploymentArn(deployment.serviceDeploymentArn())
                    .stopType(StopServiceDeploymentStopType.ROLLBACK));
            return new Accepted("StopServiceDeployment with ROLLBACK accepted");
        } catch (ConflictException ended) {
            // In between: to deploy the good revision is right whichever way it ended.
            return deploy(back.service(), back.good());
        }
    }

    private Outcome deploy(ServiceId id, String revision) {
        ecs.updateService(request ->
                request.cluster(settings.cluster()).service(id.service()).taskDefinition(revision));
        return new Accepted("UpdateService to " + revision + " accepted");
    }
}
