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
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** Carries actions out. Throws what the SDK throws once its retries are used up; {@link #outcomeOf} makes a value of it. */
final class EcsActions {
    /** The limit of UpdateTaskProtection. */
    private static final int TASKS_A_CALL = 10;
    /** Longer than a scale-in takes, and short enough not to stand in the way of the next deployment. */
    private static final int PROTECTED_MINUTES = 5;

    private final EcsSettings settings;
    private final EcsClients clients;
    private final EcsReading reading;

    EcsActions(EcsSettings settings, EcsClients clients, EcsReading reading) {
        this.settings = settings;
        this.clients = clients;
        this.reading = reading;
    }

    Outcome carryOut(Action action, String key) throws Exception {
        if (!action.service().cluster().equals(settings.clusterName())) {
            return new Refused(action.service() + " is not in the watched cluster " + settings.clusterName());
        }
        return switch (action) {
            case RestartTask restart -> stop(restart, key);
            case Redeploy(ServiceId service) -> redeploy(service);
            case ScaleOut out -> scale(out.service(), out.from(), out.to());
            case ScaleBack back -> scale(back.service(), back.from(), back.to());
            case SurgeRestart surge -> scale(surge.service(), surge.from(), surge.to());
            case ShiftTraffic shift -> shift(shift);
            case Retire retire -> retire(retire);
            case RollBack back -> rollBack(back);
            case Degrade _, Shed _, Restore _ -> new Refused("ECS knows no modes of tasks");
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

    /** The replacement is asked for only once the task is out: else a second call could not tell how far the first came. */
    private Outcome shift(ShiftTraffic shift) throws Exception {
        return switch (reading.service(shift.service())) {
            case NotFound<Service>(String why) -> new Refused(why);
            case Found<Service>(Service service) -> {
                List<String> groups = groupsOf(service);
                Optional<URI> address = addressOf(shift.service(), shift.task());
                if (groups.isEmpty()) {
                    yield new Refused(shift.service() + " has no target group to take a task out of");
                }
                if (address.isEmpty()) {
                    yield new Refused("task " + shift.task().shortName() + " is gone or has no address");
                }
                for (String group : groups) {
                    clients.targetGroups().deregister(group, address.get());
                }
                yield scale(shift.service(), shift.from(), shift.to());
            }
        };
    }

    private static List<String> groupsOf(Service service) {
        return service.loadBalancers().stream()
                .map(LoadBalancer::targetGroupArn)
                .filter(Objects::nonNull)
                .toList();
    }

    private Optional<URI> addressOf(ServiceId service, TaskId task) throws Exception {
        return reading.describe(service) instanceof Found<ServiceState>(ServiceState state)
                ? state.task(task).flatMap(Task::address)
                : Optional.empty();
    }

    /** A task that is to stay after all serves again. */
    private void putBack(Retire retire) throws Exception {
        Optional<URI> address = addressOf(retire.service(), retire.task());
        if (address.isPresent() && reading.service(retire.service()) instanceof Found<Service>(Service service)) {
            for (String group : groupsOf(service)) {
                clients.targetGroups().register(group, address.get());
            }
        }
    }

    /**
     * ECS itself chooses which task goes when the desired count falls: the others are protected for the time that takes, so
     * that it is this one. ECS takes it out of the load balancer and lets it drain first.
     */
    private Outcome retire(Retire retire) throws Exception {
        return switch (reading.describe(retire.service())) {
            case NotFound<ServiceState>(String why) -> new Refused(why);
            case Found<ServiceState>(ServiceState state) -> {
                List<String> others = state.tasks().stream()
                        .filter(Task::running)
                        .map(task -> task.id().arn())
                        .filter(arn -> !arn.equals(retire.task().arn()))
                        .toList();
                if (state.desired() == retire.from()) {
                    protect(others, true);
                    // An earlier retirement may have protected it.
                    protect(
                            state.task(retire.task()).stream()
                                    .map(task -> task.id().arn())
                                    .toList(),
                            false);
                }
                Outcome outcome = scale(retire.service(), retire.from(), retire.to());
                if (retire.aside() && outcome instanceof Refused) {
                    putBack(retire);
                }
                yield outcome;
            }
        };
    }

    private void protect(List<String> arns, boolean enabled) {
        for (int from = 0; from < arns.size(); from += TASKS_A_CALL) {
            List<String> batch = arns.subList(from, Math.min(from + TASKS_A_CALL, arns.size()));
            clients.repeating().updateTaskProtection(request -> request.cluster(settings.cluster())
                    .tasks(batch)
                    .protectionEnabled(enabled)
                    .expiresInMinutes(enabled ? PROTECTED_MINUTES : null));
        }
    }

    private Outcome rollBack(RollBack back) {
        return switch (reading.service(back.service())) {
            case NotFound<Service>(String why) -> new Refused(why);
            case Found<Service>(Service service) -> {
                String running = String.valueOf(service.taskDefinition());
                if (running.endsWith("/" + back.good())) {
                    yield new Accepted("the service runs " + back.good() + " already");
                }
                if (!running.endsWith("/" + back.bad())) {
                    yield new Refused("the service runs " + running + ", not " + back.bad()
                            + ": somebody else has deployed since");
                }
                yield EcsWords.deploymentInProgress(service).isPresent()
                        ? stopDeployment(back)
                        : deploy(back.service(), back.good());
            }
        };
    }

    /** ECS itself then returns to the revision that was there before, whatever its alarms say. */
    private Outcome stopDeployment(RollBack back) {
        Optional<String> running = clients
                .repeating()
                .listServiceDeployments(request -> request.cluster(settings.cluster())
                        .service(back.service().service())
                        .status(ServiceDeploymentStatus.PENDING, ServiceDeploymentStatus.IN_PROGRESS))
                .serviceDeployments()
                .stream()
                .map(ServiceDeploymentBrief::serviceDeploymentArn)
                .findFirst();
        return running.<Outcome>map(arn -> {
                    clients.repeating().stopServiceDeployment(request -> request.serviceDeploymentArn(arn)
                            .stopType(StopServiceDeploymentStopType.ROLLBACK));
                    return new Accepted("StopServiceDeployment with ROLLBACK accepted");
                })
                .orElseGet(() -> deploy(back.service(), back.good()));
    }

    private Outcome deploy(ServiceId id, String revision) {
        clients.repeating().updateService(request -> request.cluster(settings.cluster())
                .service(id.service())
                .taskDefinition(revision));
        return new Accepted("UpdateService to " + revision + " accepted");
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
