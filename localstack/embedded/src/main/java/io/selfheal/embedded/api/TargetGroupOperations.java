package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Health;
import io.selfheal.embedded.state.TargetGroup;
import io.selfheal.embedded.state.TargetGroup.Registration;
import io.selfheal.embedded.state.TargetGroup.Target;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.view.TargetGroupView;
import io.selfheal.embedded.view.TargetGroupView.TargetHealth;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Elastic Load Balancing knows of target groups, as far as a healer asks it. */
final class TargetGroupOperations {
    private static final int MAX_PORT = 65_535;

    private final Engine engine;
    private final World world;

    TargetGroupOperations(Engine engine) {
        this.engine = engine;
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateTargetGroup", this::create,
                "DescribeTargetGroups", this::describe,
                "RegisterTargets", this::register,
                "DeregisterTargets", this::deregister,
                "DescribeTargetHealth", this::health);
    }

    /** Idempotent, as on AWS. */
    private ObjectNode create(Fields request) {
        String name = request.text("Name")
                .filter(n -> n.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?"))
                .orElseThrow(
                        () -> invalid(
                                "Name must have at most 32 letters, digits and hyphens, and neither begin nor end with a hyphen"));
        request.text("Port").ifPresent(TargetGroupOperations::port);
        ObjectNode settings = request.json().deepCopy();
        Optional<TargetGroup> known =
                world.targetGroups().stream().filter(g -> g.name().equals(name)).findFirst();
        if (known.filter(g -> !g.settings().equals(settings)).isPresent()) {
            throw AwsException.of(
                    "DuplicateTargetGroupName",
                    "A target group with the name '" + name + "' exists with other settings.");
        }
        return answer(List.of(known.orElseGet(() -> made(name, settings))));
    }

    private TargetGroup made(String name, ObjectNode settings) {
        TargetGroup group = new TargetGroup(name, engine.targetGroupArn(name), settings);
        world.add(group);
        return group;
    }

    private ObjectNode describe(Fields request) {
        List<String> arns = request.texts("TargetGroupArns");
        List<String> names = request.texts("Names");
        List<TargetGroup> found = world.targetGroups().stream()
                .filter(g ->
                        (arns.isEmpty() || arns.contains(g.arn())) && (names.isEmpty() || names.contains(g.name())))
                .toList();
        if (found.size() < Math.max(arns.size(), names.size())) {
            throw notFound();
        }
        return answer(found);
    }

    private static ObjectNode answer(List<TargetGroup> groups) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("TargetGroups");
        groups.forEach(group -> list.add(TargetGroupView.of(group)));
        return answer;
    }

    private ObjectNode register(Fields request) {
        TargetGroup group = group(request);
        List<Target> targets = targets(request, group);
        for (Target target : targets) {
            if (engine.taskAt(target).filter(Task::running).isEmpty()) {
                throw AwsException.of(
                        "InvalidTarget", "No running task listens on " + target.id() + ":" + target.port() + ".");
            }
        }
        targets.forEach(group::register);
        return Json.object();
    }

    /** A target that is not registered is no error, as on AWS. */
    private ObjectNode deregister(Fields request) {
        TargetGroup group = group(request);
        targets(request, group).forEach(group::deregister);
        return Json.object();
    }

    private ObjectNode health(Fields request) {
        TargetGroup group = group(request);
        List<Target> asked = request.objects("Targets").isEmpty() ? group.targets() : targets(request, group);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("TargetHealthDescriptions");
        asked.forEach(target -> list.add(TargetGroupView.health(target, health(group, target))));
        return answer;
    }

    private TargetHealth health(TargetGroup group, Target target) {
        Optional<Registration> registration = group.registration(target);
        if (registration.isEmpty()) {
            return new TargetHealth("unused", "Target.NotRegistered", "Target is not registered to the target group");
        }
        if (registration.get() == Registration.DRAINING) {
            return new TargetHealth(
                    "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
        }
        if (!engine.isUsed(group)) {
            return new TargetHealth("unused", "Target.NotInUse", "Target group is not used by any service");
        }
        Optional<Task> task = engine.taskAt(target);
        if (task.filter(t -> t.health() == Health.UNHEALTHY).isPresent()) {
            return new TargetHealth("unhealthy", "Target.FailedHealthChecks", "Health checks failed");
        }
        return task.filter(Task::everHealthy).isPresent()
                ? TargetHealth.HEALTHY
                : new TargetHealth("initial", "Elb.InitialHealthChecking", "Initial health checks in progress");
    }

    private TargetGroup group(Fields request) {
        return request.text("TargetGroupArn").flatMap(world::targetGroup).orElseThrow(TargetGroupOperations::notFound);
    }

    private static List<Target> targets(Fields request, TargetGroup group) {
        List<Fields> given = request.objects("Targets");
        if (given.isEmpty()) {
            throw invalid("Targets must be given");
        }
        String standard = group.settings().path("Port").asText("80");
        return given.stream()
                .map(t -> new Target(
                        t.text("Id").orElseThrow(() -> invalid("A target needs an Id")),
                        port(t.text("Port").orElse(standard))))
                .toList();
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw invalid("Port '" + text + "' is not between 1 and 65535");
        }
        return port;
    }

    private static AwsException invalid(String message) {
        return AwsException.of("ValidationError", message);
    }

    private static AwsException notFound() {
        return AwsException.of("TargetGroupNotFound", "One or more target groups not found");
    }
}
