package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import io.selfheal.embedded.schedule.Limits;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.TaskCounts;
import io.selfheal.embedded.state.TaskStatus;
import io.selfheal.embedded.wire.Json;
import java.util.List;

/** The API's Service. */
public final class ServiceView {
    private static final List<String> ECHOED = List.of(
            "loadBalancers",
            "serviceRegistries",
            "capacityProviderStrategy",
            "platformVersion",
            "placementConstraints",
            "placementStrategy",
            "networkConfiguration",
            "healthCheckGracePeriodSeconds",
            "propagateTags",
            "availabilityZoneRebalancing");

    private ServiceView() {}

    public static ObjectNode of(Service service, boolean tags) {
        ObjectNode node = Json.object();
        List<Task> tasks = service.cluster().tasksOf(service);
        node.put("serviceArn", service.arn());
        node.put("serviceName", service.name());
        node.put("clusterArn", service.cluster().arn());
        node.put("status", service.status().name());
        node.put("desiredCount", service.desired());
        node.put("runningCount", running(tasks));
        node.put("pendingCount", pending(tasks));
        node.put("launchType", service.settings().path("launchType").asText("EC2"));
        node.put("taskDefinition", service.primary().definition().arn());
        node.put("schedulingStrategy", "REPLICA");
        node.putObject("deploymentController").put("type", "ECS");
        node.put("createdAt", Json.seconds(service.createdAt()));
        node.put(
                "enableECSManagedTags",
                service.settings().path("enableECSManagedTags").asBoolean());
        node.put("enableExecuteCommand", false);
        node.putArray("loadBalancers");
        node.putArray("serviceRegistries");
        node.putArray("placementConstraints");
        node.putArray("placementStrategy");
        Views.echo(service.settings(), node, ECHOED);
        node.set("deploymentConfiguration", configuration(service));
        deployments(service, node.putArray("deployments"));
        service.history().all().stream().findFirst().ifPresent(d -> node.put("currentServiceDeployment", d.arn()));
        ArrayNode revisions = node.putArray("currentServiceRevisions");
        service.deployments().forEach(d -> revisions.add(ServiceDeploymentView.revision(d, TaskCounts.of(d))));
        events(service, node.putArray("events"));
        if (tags) {
            Views.tags(node, service.tags());
        }
        return node;
    }

    private static long running(List<Task> tasks) {
        return tasks.stream().filter(t -> t.status() == TaskStatus.RUNNING).count();
    }

    private static long pending(List<Task> tasks) {
        return tasks.stream()
                .filter(t -> t.status().compareTo(TaskStatus.RUNNING) < 0)
                .count();
    }

    private static ObjectNode configuration(Service service) {
        Limits limits = service.limits();
        ObjectNode node = Json.object();
        Views.echo(
                service.settings().withObject("/deploymentConfiguration"),
                node,
                List.of("alarms", "strategy", "bakeTimeInMinutes"));
        node.put("maximumPercent", limits.maximumPercent());
        node.put("minimumHealthyPercent", limits.minimumHealthyPercent());
        node.putObject("deploymentCircuitBreaker")
                .put("enable", service.breaker())
                .put("rollback", service.rollback());
        return node;
    }

    private static void deployments(Service service, ArrayNode list) {
        for (Deployment deployment : service.deployments()) {
            List<Task> tasks = service.cluster().tasksOf(deployment);
            boolean primary = deployment == service.primary();
            ObjectNode node = list.addObject();
            node.put("id", deployment.id());
            node.put("status", primary ? "PRIMARY" : "ACTIVE");
            node.put("taskDefinition", deployment.definition().arn());
            node.put("desiredCount", primary ? service.desired() : 0);
            node.put("pendingCount", pending(tasks));
            node.put("runningCount", running(tasks));
            node.put("failedTasks", deployment.rollout() == Rollout.COMPLETED ? 0 : deployment.failures());
            node.put("createdAt", Json.seconds(deployment.createdAt()));
            node.put("updatedAt", Json.seconds(deployment.updatedAt()));
            node.put("launchType", service.settings().path("launchType").asText("EC2"));
            node.put("rolloutState", deployment.rollout().name());
            node.put("rolloutStateReason", deployment.reason());
            Views.echo(service.settings(), node, List.of("serviceConnectConfiguration", "networkConfiguration"));
        }
    }

    private static void events(Service service, ArrayNode list) {
        service.events().forEach(e -> list.addObject()
                .put("id", e.id())
                .put("createdAt", Json.seconds(e.at()))
                .put("message", e.message()));
    }
}
