package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.util.List;
import java.util.Optional;

/** What a service request may say. */
final class ServiceRules {
    private static final int MAX_DESIRED = 5_000;
    private static final int MAX_PORT = 65_535;
    private static final List<String> ROLLED_OUT =
            List.of("serviceConnectConfiguration", "networkConfiguration", "platformVersion", "loadBalancers");
    private static final List<String> APPLIED = List.of(
            "deploymentConfiguration", "healthCheckGracePeriodSeconds", "propagateTags", "enableECSManagedTags");

    private ServiceRules() {}

    static String name(Fields request) {
        String name = request.required("serviceName");
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw AwsException.invalidParameter("Service name contains invalid characters: " + name);
        }
        return name;
    }

    static Optional<Integer> desired(Fields request) {
        return request.integer("desiredCount").isPresent()
                ? Optional.of(request.integer("desiredCount", 0, 0, MAX_DESIRED))
                : Optional.empty();
    }

    static void supported(Fields request) {
        if (!request.text("schedulingStrategy").orElse("REPLICA").equals("REPLICA")) {
            throw AwsException.unsupported("This endpoint schedules REPLICA services only.");
        }
        String controller = request.object("deploymentController")
                .flatMap(c -> c.text("type"))
                .orElse("ECS");
        String strategy = request.object("deploymentConfiguration")
                .flatMap(c -> c.text("strategy"))
                .orElse("ROLLING");
        if (!controller.equals("ECS") || !strategy.equals("ROLLING")) {
            throw AwsException.unsupported("This endpoint does rolling deployments (ECS) only.");
        }
    }

    static void limits(Service service) {
        try {
            service.limits();
            service.breaker();
        } catch (IllegalArgumentException e) {
            throw AwsException.invalidParameter(String.valueOf(e.getMessage()));
        }
    }

    static void connect(Fields request, TaskDefinition definition) {
        for (Fields one : request.object("serviceConnectConfiguration")
                .map(c -> c.objects("services"))
                .orElse(List.of())) {
            String port = one.required("portName");
            if (!definition.hasPort(port)) {
                throw AwsException.invalidParameter(
                        "The portName %s of serviceConnectConfiguration is no named port of task definition %s."
                                .formatted(port, definition.shortName()));
            }
        }
    }

    /** Every target group exists, and the container has the port that it is to lead to. */
    static void balance(Fields request, TaskDefinition definition, World world) {
        for (Fields one : request.objects("loadBalancers")) {
            String group = one.required("targetGroupArn");
            if (world.targetGroup(group).isEmpty()) {
                throw AwsException.invalidParameter("The target group " + group + " does not exist.");
            }
            String container = one.required("containerName");
            int port = one.integer("containerPort", 0, 1, MAX_PORT);
            if (definition.containers().stream()
                    .noneMatch(c -> c.name().equals(container)
                            && c.ports().stream().anyMatch(p -> p.containerPort() == port))) {
                throw AwsException.invalidParameter(
                        "The container %s does not exist in the task definition or has no port %d."
                                .formatted(container, port));
            }
        }
    }

    /** Takes the request's settings over; says whether they need a new deployment. */
    static boolean apply(Fields request, Service service) {
        boolean rollOut = false;
        for (String name : ROLLED_OUT) {
            rollOut |= set(request, service, name);
        }
        APPLIED.forEach(name -> set(request, service, name));
        limits(service);
        return rollOut;
    }

    private static boolean set(Fields request, Service service, String name) {
        JsonNode value = request.json().get(name);
        if (value == null || value.isNull() || value.equals(service.settings().get(name))) {
            return false;
        }
        if (name.equals("deploymentConfiguration") && value instanceof ObjectNode given) {
            // Fields that are not given keep their value, as on AWS.
            service.settings().withObject("/deploymentConfiguration").setAll(given.deepCopy());
        } else {
            service.setting(name, value.deepCopy());
        }
        return true;
    }
}
