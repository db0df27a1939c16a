package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.TaskStatus;
import io.selfheal.embedded.wire.Json;
import java.util.List;

/** The API's Cluster. */
public final class ClusterView {
    private ClusterView() {}

    public static ObjectNode of(Cluster cluster, boolean tags) {
        ObjectNode node = Json.object();
        node.put("clusterArn", cluster.arn());
        node.put("clusterName", cluster.name());
        node.put("status", cluster.active() ? "ACTIVE" : "INACTIVE");
        node.put("registeredContainerInstancesCount", 0);
        node.put("runningTasksCount", count(cluster, true));
        node.put("pendingTasksCount", count(cluster, false));
        node.put(
                "activeServicesCount",
                cluster.services().stream().filter(Service::active).count());
        node.putArray("statistics");
        node.putArray("settings");
        node.putArray("capacityProviders");
        node.putArray("defaultCapacityProviderStrategy");
        Views.echo(
                cluster.given(),
                node,
                List.of("settings", "configuration", "capacityProviders", "defaultCapacityProviderStrategy"));
        if (tags) {
            Views.tags(node, cluster.tags());
        } else {
            node.putArray("tags");
        }
        return node;
    }

    private static long count(Cluster cluster, boolean running) {
        return cluster.tasks().stream()
                .filter(t ->
                        running ? t.status() == TaskStatus.RUNNING : t.status().compareTo(TaskStatus.RUNNING) < 0)
                .count();
    }
}
