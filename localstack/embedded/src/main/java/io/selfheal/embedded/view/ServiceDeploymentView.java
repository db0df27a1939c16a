package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.schedule.Verdict;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.ServiceDeployment;
import io.selfheal.embedded.state.ServiceDeployment.Status;
import io.selfheal.embedded.state.TaskCounts;
import io.selfheal.embedded.wire.Json;
import java.util.List;

/** The API's ServiceDeployment, ServiceDeploymentBrief and ServiceRevision. */
public final class ServiceDeploymentView {
    private static final List<String> REVISED = List.of(
            "capacityProviderStrategy",
            "platformVersion",
            "loadBalancers",
            "serviceRegistries",
            "networkConfiguration",
            "serviceConnectConfiguration");

    private ServiceDeploymentView() {}

    public static ObjectNode brief(ServiceDeployment deployment) {
        ObjectNode node = Json.object();
        Service service = deployment.target().service();
        node.put("serviceDeploymentArn", deployment.arn());
        node.put("serviceArn", service.arn());
        node.put("clusterArn", service.cluster().arn());
        node.put("createdAt", Json.seconds(deployment.target().createdAt()));
        node.put("startedAt", Json.seconds(deployment.target().createdAt()));
        Views.time(node, "finishedAt", deployment.finishedAt());
        node.put("targetServiceRevisionArn", deployment.target().revisionArn());
        node.put("status", deployment.status().name());
        if (!deployment.reason().isEmpty()) {
            node.put("statusReason", deployment.reason());
        }
        return node;
    }

    public static ObjectNode of(ServiceDeployment deployment) {
        ObjectNode node = brief(deployment);
        node.remove("targetServiceRevisionArn");
        node.put("updatedAt", Json.seconds(deployment.updatedAt()));
        if (deployment.status() == Status.STOPPED) {
            Views.time(node, "stoppedAt", deployment.finishedAt());
        }
        ArrayNode sources = node.putArray("sourceServiceRevisions");
        deployment.sources().forEach(d -> sources.add(revision(d, deployment.counts(d))));
        node.set("targetServiceRevision", revision(deployment.target(), deployment.counts(deployment.target())));
        node.set("deploymentConfiguration", deployment.configuration().deepCopy());
        node.set("deploymentCircuitBreaker", breaker(deployment));
        deployment.rollback().ifPresent(back -> node.putObject("rollback")
                .put("reason", back.reason())
                .put("startedAt", Json.seconds(back.startedAt()))
                .put("serviceRevisionArn", back.to().revisionArn()));
        return node;
    }

    private static ObjectNode breaker(ServiceDeployment deployment) {
        Service service = deployment.target().service();
        boolean enabled = deployment
                .configuration()
                .path("deploymentCircuitBreaker")
                .path("enable")
                .asBoolean();
        int threshold = Verdict.threshold(service.desired());
        int failures = deployment.target().failures();
        return Json.object()
                .put("status", enabled ? monitoring(deployment.status(), failures >= threshold) : "DISABLED")
                .put("failureCount", enabled ? failures : 0)
                .put("threshold", threshold);
    }

    private static String monitoring(Status status, boolean tripped) {
        if (tripped) {
            return "TRIGGERED";
        }
        return status.finished() ? "MONITORING_COMPLETE" : "MONITORING";
    }

    static ObjectNode revision(Deployment deployment, TaskCounts counts) {
        return Json.object()
                .put("arn", deployment.revisionArn())
                .put("requestedTaskCount", counts.requested())
                .put("runningTaskCount", counts.running())
                .put("pendingTaskCount", counts.pending());
    }

    public static ObjectNode revision(Deployment deployment) {
        ObjectNode node = Json.object();
        node.put("serviceRevisionArn", deployment.revisionArn());
        node.put("serviceArn", deployment.service().arn());
        node.put("clusterArn", deployment.service().cluster().arn());
        node.put("taskDefinition", deployment.definition().arn());
        node.put("launchType", deployment.settings().path("launchType").asText("EC2"));
        node.put("createdAt", Json.seconds(deployment.createdAt()));
        node.put("guardDutyEnabled", false);
        Views.echo(deployment.settings(), node, REVISED);
        ArrayNode images = node.putArray("containerImages");
        deployment.definition().containers().forEach(c -> images.addObject()
                .put("containerName", c.name())
                .put("image", c.image()));
        return node;
    }
}
