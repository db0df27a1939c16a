package io.selfheal.healer.aws;

import io.selfheal.healer.aws.EcsReading.Found;
import io.selfheal.healer.aws.EcsReading.NotFound;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Action.Degrade;
import io.selfheal.healer.fleet.Action.Redeploy;
import io.selfheal.healer.fleet.Action.RestartTask;
import io.selfheal.healer.fleet.Action.Restore;
import io.selfheal.healer.fleet.Action.Retire;
import io.selfheal.healer.fleet.Action.RollBack;
import io.selfheal.healer.fleet.Action.ScaleBack;
import io.selfheal.healer.fleet.Action.ScaleOut;
import io.selfheal.healer.fleet.Action.Shed;
import io.selfheal.healer.fleet.Action.ShiftTraffic;
import io.selfheal.healer.fleet.Action.SurgeRestart;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Outcome.Accepted;
import io.selfheal.healer.fleet.Outcome.Failed;
import io.selfheal.healer.fleet.Outcome.Refused;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;

/** Carries actions out. Throws what the SDK throws once its retries are used up; {@link #outcomeOf} makes a value of it. */
final class EcsActions {
    private final EcsSettings settings;
    private final EcsClients clients;
    private final EcsReading reading;
    private final EcsTraffic traffic;
    private final EcsProtection protection;
    private final EcsRollBack rollBack;

    EcsActions(EcsSettings settings, EcsClients clients, EcsReading reading) {
        this.settings = settings;
        this.clients = clients;
        this.reading = reading;
        this.traffic = new EcsTraffic(clients, reading);
        this.protection = new EcsProtection(settings, clients.repeating());
        this.rollBack = new EcsRollBack(settings, clients.repeating(), reading);
    }

    Outcome carryOut(Action action, String key) throws Exception {
        if (!action.service().cluster().equals(settings.clusterName())) {
            return new Refused(action.service() + " is not in the watched cluster " + settings.clusterName());
        }
        // Not every action reads the service by itself.
        if (settings.optIn().isPresent()
                && reading.service(action.service()) instanceof NotFound<Service>(String notOurs)) {
            return new Refused(notOurs);
        }
        return switch (action) {
            case RestartTask restart -> stop(restart, key);
            case Redeploy(ServiceId service) -> redeploy(service);
            case ScaleOut out -> scale(out.service(), out.from(), out.to());
            case ScaleBack back -> scale(back.service(), back.from(), back.to());
            case SurgeRestart surge -> scale(surge.service(), surge.from(), surge.to());
            case ShiftTraffic shift -> shift(shift);
            case Retire retire -> retire(retire);
            case RollBack back -> rollBack.to(back);
            case Degrade _, Shed _, Restore _ -> new Refused("ECS knows no modes of tasks");
        };
    }

    /** ECS answered no: it did nothing. Anything else leaves open whether it acted. */
    static Outcome outcomeOf(String operation, Exception failure) {
        boolean saidNo = failure instanceof AwsServiceException answer
                && answer.statusCode() >= 400
                && answer.statusCode() < 500
                // The one that leaves it open, too: it waited for the rest of a request that it may have had.
                && answer.statusCode() != 408
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

    /** The replacement is asked for only once the task is out: else a second call could not tell how far the first came. */
    private Outcome shift(ShiftTraffic shift) throws Exception {
        return switch (reading.service(shift.service())) {
            case NotFound<Service>(String why) -> new Refused(why);
            // Asked before anything is done: of a refused action nothing is undone later.
            case Found<Service>(Service service)
            when service.desiredCount() != shift.from() && service.desiredCount() != shift.to() ->
                changed(service, shift.from());
            case Found<Service>(Service service) -> {
                Optional<Refused> left = traffic.takeOut(shift.service(), service, shift.task());
                yield left.isPresent() ? left.get() : replaced(shift);
            }
        };
    }

    private Outcome replaced(ShiftTraffic shift) throws Exception {
        Outcome outcome = scale(shift.service(), shift.from(), shift.to());
        if (outcome instanceof Refused) {
            traffic.putBack(shift.service(), shift.task());
        }
        return outcome;
    }

    private Outcome retire(Retire retire) throws Exception {
        return switch (reading.describe(retire.service())) {
            case NotFound<ServiceState>(String why) -> new Refused(why);
            case Found<ServiceState>(ServiceState state) -> {
                boolean standing = state.desired() == retire.from();
                Optional<Failed> unprotected = standing ? protection.allBut(retire.task(), state) : Optional.empty();
                if (unprotected.isPresent()) {
                    yield unprotected.get();
                }
                Outcome outcome = scale(retire.service(), retire.from(), retire.to());
                // Nobody takes its place, or nobody was to: it is to serve again.
                if (retire.aside() && (!standing || outcome instanceof Refused)) {
                    traffic.putBack(retire.service(), retire.task());
                }
                yield outcome;
            }
        };
    }

    /** ECS has no compare-and-set: a change by somebody else in the few milliseconds in between is lost. */
    private Outcome scale(ServiceId id, int from, int to) {
        return switch (reading.service(id)) {
            case NotFound<Service>(String why) -> new Refused(why);
            case Found<Service>(Service service)
            when service.desiredCount() == to -> new Accepted("desired count already is " + to);
            case Found<Service>(Service service) when service.desiredCount() != from -> changed(service, from);
            case Found<Service> found -> {
                clients.repeating().updateService(request -> request.cluster(settings.cluster())
                        .service(id.service())
                        .desiredCount(to));
                yield new Accepted("desired count set from " + from + " to " + to);
            }
        };
    }

    private static Refused changed(Service service, int expected) {
        return new Refused(
                "desired count is " + service.desiredCount() + ", not " + expected + ": somebody else changed it");
    }
}
