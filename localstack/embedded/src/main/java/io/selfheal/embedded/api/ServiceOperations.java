package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.view.ServiceView;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import io.selfheal.embedded.wire.Pages;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Create, describe, list, update and delete services. */
final class ServiceOperations {
    private static final int MAX_DESCRIBED = 10;

    private final Engine engine;
    private final World world;

    ServiceOperations(Engine engine) {
        this.engine = engine;
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateService", this::create,
                "DescribeServices", this::describe,
                "ListServices", this::list,
                "UpdateService", this::update,
                "DeleteService", this::delete);
    }

    private ObjectNode create(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        String name = ServiceRules.name(request);
        ServiceRules.supported(request);
        int desired = ServiceRules.desired(request)
                .orElseThrow(() -> AwsException.invalidParameter("desiredCount must be given for a REPLICA service."));
        Optional<Service> existing = cluster.service(name).filter(s -> s.status() != Service.Status.INACTIVE);
        if (existing.isPresent()) {
            return answer(same(existing.get(), request));
        }
        TaskDefinition definition = definition(request.required("taskDefinition"));
        ServiceRules.connect(request, definition);
        ServiceRules.balance(request, definition, world);
        Service service = new Service(world.arns(), cluster, name, request, engine.now());
        ServiceRules.limits(service);
        engine.connect(service);
        cluster.add(service);
        service.desired(desired);
        engine.deploy(service, definition);
        return answer(service);
    }

    /** A repeated request with the same client token is answered with what the first one made. */
    private static Service same(Service existing, Fields request) {
        if (existing.status() == Service.Status.DRAINING) {
            throw AwsException.invalidParameter("Unable to Start a service that is still Draining.");
        }
        Optional<String> token = request.text("clientToken");
        if (token.isPresent() && token.equals(new Fields(existing.settings()).text("clientToken"))) {
            return existing;
        }
        throw AwsException.invalidParameter("Creation of service was not idempotent.");
    }

    private TaskDefinition definition(String reference) {
        TaskDefinition definition =
                world.definition(reference).orElseThrow(() -> AwsException.client("TaskDefinition not found."));
        if (!definition.active()) {
            throw AwsException.client("TaskDefinition is inactive");
        }
        return definition;
    }

    private ObjectNode describe(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        List<String> names = request.texts("services");
        if (names.isEmpty()) {
            throw AwsException.invalidParameter("Services cannot be empty.");
        }
        if (names.size() > MAX_DESCRIBED) {
            throw AwsException.invalidParameter("Services cannot have more than 10 elements.");
        }
        boolean tags = request.texts("include").contains("TAGS");
        ObjectNode answer = Json.object();
        ArrayNode services = answer.putArray("services");
        ArrayNode failures = answer.putArray("failures");
        for (String name : names) {
            cluster.service(Arns.name(name))
                    .ifPresentOrElse(service -> services.add(ServiceView.of(service, tags)), () -> failures.addObject()
                            .put("arn", world.arns().service(cluster.name(), Arns.name(name)))
                            .put("reason", "MISSING"));
        }
        return answer;
    }

    private ObjectNode list(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        List<String> arns = cluster.services().stream()
                .filter(Service::active)
                .map(Service::arn)
                .toList();
        return Pages.answer(request, MAX_DESCRIBED, "serviceArns", arns);
    }

    private ObjectNode update(Fields request) {
        Service service = service(request);
        ServiceRules.supported(request);
        Optional<TaskDefinition> definition = request.text("taskDefinition").map(this::definition);
        Optional<Integer> desired = ServiceRules.desired(request);
        TaskDefinition target = definition.orElse(service.primary().definition());
        ServiceRules.connect(request, target);
        ServiceRules.balance(request, target, world);
        boolean changed = configure(request, service);
        desired.ifPresent(service::desired);
        if (changed
                || request.flag("forceNewDeployment")
                || target != service.primary().definition()) {
            engine.deploy(service, target);
        }
        engine.changed(service);
        return answer(service);
    }

    /** All of the new settings or, if one is refused, none. Says whether they need a new deployment. */
    private boolean configure(Fields request, Service service) {
        ObjectNode before = service.settings().deepCopy();
        try {
            boolean changed = ServiceRules.apply(request, service);
            if (request.object("serviceConnectConfiguration").isPresent()) {
                engine.connect(service);
            }
            return changed;
        } catch (AwsException e) {
            service.settings().removeAll();
            service.settings().setAll(before);
            throw e;
        }
    }

    private ObjectNode delete(Fields request) {
        Service service = service(request);
        if (service.desired() > 0 && !request.flag("force")) {
            throw AwsException.invalidParameter("The service cannot be stopped while it is scaled above 0.");
        }
        engine.drain(service);
        return answer(service);
    }

    private Service service(Fields request) {
        Cluster cluster = world.cluster(request.text("cluster"));
        Service service =
                cluster.service(Arns.name(request.required("service"))).orElseThrow(AwsException::serviceNotFound);
        if (!service.active()) {
            throw AwsException.serviceNotActive();
        }
        return service;
    }

    private static ObjectNode answer(Service service) {
        ObjectNode answer = Json.object();
        answer.set("service", ServiceView.of(service, true));
        return answer;
    }
}
