package io.selfheal.healer.aws;

import io.selfheal.healer.aws.EcsReading.NotFound;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.Task;

/** What ECS itself keeps of a service: its deployments and why its tasks stopped. */
final class EcsEvidence implements EvidenceSource {
    /** The last few say all: what came before the last good revision does not matter. */
    private static final int NEWEST = 10;
    /** ListTasks knows no order: what may be the newest is in the whole page. */
    private static final int A_PAGE = 100;

    private final EcsSettings settings;
    private final EcsClient ecs;
    private final Bounded bounded;
    private final EcsReading reading;
    private final InstantSource clock;
    private final Map<String, String> revisions = new ConcurrentHashMap<>();

    EcsEvidence(EcsSettings settings, EcsClient ecs, Bounded bounded, EcsReading reading, InstantSource clock) {
        this.settings = settings;
        this.ecs = ecs;
        this.bounded = bounded;
        this.reading = reading;
        this.clock = clock;
    }

    @Override
    public Evidence gather(ServiceId service) {
        Evidence none = Evidence.untold();
        return new Evidence(
                none.vitals(),
                none.calls(),
                none.retryShare(),
                fact("deployments of " + service, () -> ours(service, () -> releases(service))),
                fact("stopped tasks of " + service, () -> ours(service, () -> stops(service))),
                none.logs(),
                none.traces());
    }

    private <T> Fact<T> fact(String what, Callable<T> reading) {
        Instant readAt = clock.instant();
        try {
            return new Fact.Known<>(bounded.call(reading), readAt);
        } catch (Exception failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new Fact.Unknown<>(Wording.of(what, failed));
        }
    }

    private <T> T ours(ServiceId service, Callable<T> reading) throws Exception {
        boolean asked = settings.optIn().isPresent() || !service.cluster().equals(settings.clusterName());
        if (asked && this.reading.service(service) instanceof NotFound<Service>(String why)) {
            throw new NoSuchElementException(why);
        }
        return reading.call();
    }

    private List<Release> releases(ServiceId service) throws IOException {
        List<ServiceDeploymentBrief> newest = ecs
                .listServiceDeployments(request -> request.cluster(settings.cluster())
                        .service(service.service())
                        .maxResults(NEWEST))
                .serviceDeployments()
                .stream()
                .sorted(Comparator.comparing(ServiceDeploymentBrief::createdAt).reversed())
                .toList();
        Map<String, String> byArn = revisionsOf(newest);
        Optional<ServiceDeploymentBrief> nameless = newest.stream()
                .filter(brief -> !byArn.containsKey(brief.targetServiceRevisionArn()))
                .findFirst();
        if (nameless.isPresent()) {
            // Left out, it would make an older one the newest.
            throw new IOException(
                    "no task definition is known of " + nameless.get().serviceDeploymentArn());
        }
        return newest.stream()
                .map(brief -> new Release(
                        Objects.requireNonNull(byArn.get(brief.targetServiceRevisionArn())),
                        Optional.ofNullable(brief.startedAt()).orElse(brief.createdAt()),
                        status(brief)))
                .toList();
    }

    /** A service revision never changes, so that each is asked for once. */
    private Map<String, String> revisionsOf(List<ServiceDeploymentBrief> deployments) {
        List<String> unknown = deployments.stream()
                .map(ServiceDeploymentBrief::targetServiceRevisionArn)
                .filter(arn -> arn != null && !revisions.containsKey(arn))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            ecs.describeServiceRevisions(request -> request.serviceRevisionArns(unknown))
                    .serviceRevisions()
                    .forEach(revision -> revisions.put(
                            revision.serviceRevisionArn(), EcsWords.lastSegment(revision.taskDefinition())));
        }
        return new HashMap<>(revisions);
    }

    private static Release.Status status(ServiceDeploymentBrief brief) {
        return switch (String.valueOf(brief.statusAsString())) {
            case "SUCCESSFUL" -> Release.Status.COMPLETED;
            case "PENDING", "IN_PROGRESS" -> Release.Status.IN_PROGRESS;
            default -> Release.Status.ABANDONED;
        };
    }

    /** ECS forgets a stopped task after an hour at the latest. */
    private List<Stop> stops(ServiceId service) {
        List<String> arns = ecs.listTasks(request -> request.cluster(settings.cluster())
                        .serviceName(service.service())
                        .desiredStatus(DesiredStatus.STOPPED)
                        .maxResults(A_PAGE))
                .taskArns();
        if (arns.isEmpty()) {
            return List.of();
        }
        return ecs.describeTasks(request -> request.cluster(settings.cluster()).tasks(arns)).tasks().stream()
                .filter(task -> task.stoppedAt() != null)
                .sorted(Comparator.comparing(Task::stoppedAt).reversed())
                .limit(NEWEST)
                .map(EcsEvidence::stop)
                .toList();
    }

    private static Stop stop(Task task) {
        return new Stop(
                new TaskId(task.taskArn()),
                EcsWords.lastSegment(String.valueOf(task.taskDefinitionArn())),
                String.valueOf(task.stopCodeAsString()),
                String.valueOf(task.stoppedReason()),
                task.containers().stream()
                        .map(Container::exitCode)
                        .filter(Objects::nonNull)
                        .findFirst(),
                task.stoppedAt());
    }
}
