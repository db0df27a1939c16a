package io.selfheal.healer.aws;

import io.selfheal.healer.aws.EcsReading.Found;
import io.selfheal.healer.aws.EcsReading.NotFound;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Action.Redeploy;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Action.ScaleBack;
import io.selfheal.healer.fleet.Action.ScaleOut;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Outcome.Accepted;
import io.selfheal.healer.fleet.Outcome.Failed;
import io.selfheal.healer.fleet.Outcome.Refused;
import io.selfheal.healer.fleet.ServiceId;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;

/** Carries actions out. Throws what the SDK throws once its retries are used up; {@link #outcomeOf} makes a value of it. */
final class EcsActions {
    private final EcsSettings settings;
    private final EcsClients clients;
    private final EcsReading reading;

    EcsActions(EcsSettings settings, EcsClients clients, EcsReading reading) {
        this.settings = settings;
        this.clients = clients;
        this.reading = reading;
    }

    Outcome carryOut(Action action, String key) {
        if (!action.service().cluster().equals(settings.clusterName())) {
            return new Refused(action.service() + " is not in the watched cluster " + settings.clusterName());
        }
        return switch (action) {
            case RestartTask restart -> stop(restart, key);
            case Redeploy(ServiceId service) -> redeploy(service);
            case ScaleOut out -> scale(out.service(), out.from(), out.to());
            case ScaleBack back -> scale(back.service(), back.from(), back.to());
        };
    }

    /** ECS answered no: it did nothing. Anything else leaves open whether it acted. */
    static Outcome outcomeOf(String operation, Exception failure) {
        boolean saidNo = failure instanceof AwsServiceException answer
                && answer.statusCode() >= 400
                && answer.statusCode() < 500
                && !answer.isThrottlingException();
        String why = Wording.of(operation, failure);
        return saidNo ? new Refused(why) : new Failed(why);
    }

    private Outcome stop(RestartTask restart, String key) {
        try {
            var task = clients.repeating()
                    .stopTask(request -> request.cluster(settings.cluster())
                            .task(restart.task().arn())
                            .reason("selfheal " + key))
                    .task();
            String status = task == null ? "unknown" : task.lastStatus();
            return new Accepted("StopTask accepted, task was " + status);
        } catch (InvalidParameterException refused) {
            if (missing(refused)) {
                return new Accepted("task " + restart.task().shortName() + " is already gone");
            }
            throw refused;
        }
    }

    /** ECS words it "The referenced task was not found."; DescribeTasks calls the same MISSING. */
    private static boolean missing(InvalidParameterException refused) {
        String message = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("not found") || message.contains("missing");
    }

    private Outcome redeploy(ServiceId id) {
        Service service = clients.careful()
                .updateService(request -> request.cluster(settings.cluster())
                        .service(id.service())
                        .forceNewDeployment(true))
                .service();
        String deployment = service == null
                ? ""
                : service.deployments().stream()
                        .filter(candidate -> "PRIMARY".equals(candidate.status()))
                        .map(candidate -> ", deployment " + candidate.id())
                        .findFirst()
                        .orElse("");
        return new Accepted("UpdateService accepted" + deployment);
    }

    /** ECS has no compare-and-set: a change by somebody else in the few milliseconds in between is lost. */
    private Outcome scale(ServiceId id, int from, int to) {
        return switch (reading.service(id)) {
            case NotFound<Service>(String why) -> new Refused(why);
            case Found<Service>(Service service)
            when service.desiredCount() == to -> new Accepted("desired count already is " + to);
            case Found<Service>(Service service)
            when service.desiredCount() != from ->
                new Refused(
                        "desired count is " + service.desiredCount() + ", not " + from + ": somebody else changed it");
            case Found<Service> found -> {
                clients.repeating().updateService(request -> request.cluster(settings.cluster())
                        .service(id.service())
                        .desiredCount(to));
                yield new Accepted("desired count set from " + from + " to " + to);
            }
        };
    }
}
