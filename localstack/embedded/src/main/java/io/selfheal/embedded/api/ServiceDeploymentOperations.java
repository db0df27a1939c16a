package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.ServiceDeployment;
import io.selfheal.embedded.state.ServiceDeployment.Status;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.view.ServiceDeploymentView;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import io.selfheal.embedded.wire.Pages;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The deployment history of services: list, describe, and stop what is going on. */
final class ServiceDeploymentOperations {
    private static final int MAX_DESCRIBED = 20;

    private final Engine engine;
    private final World world;

    ServiceDeploymentOperations(Engine engine) {
        this.engine = engine;
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of(
                "ListServiceDeployments", this::list,
                "DescribeServiceDeployments", this::describe,
                "DescribeServiceRevisions", this::revisions,
                "StopServiceDeployment", this::stop);
    }

    /** The latest first. */
    private ObjectNode list(Fields request) {
        Service service = world.cluster(request.text("cluster"))
                .service(Arns.name(request.required("service")))
                .orElseThrow(AwsException::serviceNotFound);
        Map<String, ServiceDeployment> found = service.history().all().stream()
                .filter(status(request).and(created(request)))
                .collect(Collectors.toMap(ServiceDeployment::arn, d -> d, (a, b) -> a, LinkedHashMap::new));
        ObjectNode answer = Pages.answer(request, MAX_DESCRIBED, "serviceDeployments", List.copyOf(found.keySet()));
        ArrayNode briefs = Json.array();
        answer.path("serviceDeployments").forEach(arn -> Optional.ofNullable(found.get(arn.textValue()))
                .ifPresent(d -> briefs.add(ServiceDeploymentView.brief(d))));
        answer.set("serviceDeployments", briefs);
        return answer;
    }

    private static Predicate<ServiceDeployment> status(Fields request) {
        List<Status> wanted = request.texts("status").stream()
                .map(ServiceDeploymentOperations::status)
                .toList();
        return d -> wanted.isEmpty() || wanted.contains(d.status());
    }

    private static Status status(String name) {
        return Arrays.stream(Status.values())
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AwsException.invalidParameter("Invalid service deployment status %s: use %s."
                        .formatted(name, Arrays.toString(Status.values()))));
    }

    private static Predicate<ServiceDeployment> created(Fields request) {
        Optional<Fields> range = request.object("createdAt");
        Optional<Instant> after = range.flatMap(r -> r.time("after"));
        Optional<Instant> before = range.flatMap(r -> r.time("before"));
        return d -> after.map(d.target().createdAt()::isAfter).orElse(true)
                && before.map(d.target().createdAt()::isBefore).orElse(true);
    }

    private ObjectNode describe(Fields request) {
        return answer(request, "serviceDeploymentArns", "serviceDeployments", arn -> deployments()
                .filter(d -> d.arn().equals(arn))
                .findFirst()
                .map(ServiceDeploymentView::of));
    }

    private ObjectNode revisions(Fields request) {
        return answer(request, "serviceRevisionArns", "serviceRevisions", arn -> deployments()
                .flatMap(d -> Stream.concat(Stream.of(d.target()), d.sources().stream()))
                .filter(d -> d.revisionArn().equals(arn))
                .findFirst()
                .map((Deployment d) -> ServiceDeploymentView.revision(d)));
    }

    private static ObjectNode answer(
            Fields request, String arns, String field, Function<String, Optional<ObjectNode>> find) {
        List<String> wanted = request.texts(arns);
        if (wanted.isEmpty() || wanted.size() > MAX_DESCRIBED) {
            throw AwsException.invalidParameter(
                    "%s must have between 1 and %d elements.".formatted(arns, MAX_DESCRIBED));
        }
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray(field);
        ArrayNode failures = answer.putArray("failures");
        for (String arn : wanted) {
            find.apply(arn).ifPresentOrElse(found::add, () -> failures.addObject()
                    .put("arn", arn)
                    .put("reason", "MISSING"));
        }
        return answer;
    }

    /** Asynchronous. To ask again while it goes back is no error, to ask for one that has ended is. */
    private ObjectNode stop(Fields request) {
        String arn = request.required("serviceDeploymentArn");
        Status asked = asked(request.text("stopType").orElse("ROLLBACK"));
        ServiceDeployment deployment = deployments()
                .filter(d -> d.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> AwsException.of(
                        "ServiceDeploymentNotFoundException", "The service deployment " + arn + " was not found."));
        if (deployment.status().finished()) {
            throw AwsException.of(
                    "ConflictException",
                    "The service deployment cannot be stopped: it has ended, its status is %s."
                            .formatted(deployment.status()));
        }
        if (deployment.status() == Status.IN_PROGRESS) {
            deployment.to(asked, "Service deployment stopped by a user request.", engine.now());
            engine.changed(deployment.target().service());
        }
        return Json.object().put("serviceDeploymentArn", arn);
    }

    private static Status asked(String stopType) {
        return switch (stopType) {
            case "ROLLBACK" -> Status.ROLLBACK_REQUESTED;
            case "ABORT" -> Status.STOP_REQUESTED;
            default ->
                throw AwsException.invalidParameter("Invalid stopType %s: use ROLLBACK or ABORT.".formatted(stopType));
        };
    }

    private Stream<ServiceDeployment> deployments() {
        return world.clusters().stream().flatMap(c -> c.services().stream()).flatMap(s -> s.history().all().stream());
    }
}
