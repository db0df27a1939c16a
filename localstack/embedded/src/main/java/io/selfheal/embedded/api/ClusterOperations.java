package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.view.ClusterView;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import io.selfheal.embedded.wire.Pages;
import java.util.List;
import java.util.Map;

/** Create, describe, list and delete clusters. */
final class ClusterOperations {
    private final World world;

    ClusterOperations(Engine engine) {
        this.world = engine.world();
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateCluster", this::create,
                "DescribeClusters", this::describe,
                "ListClusters", this::list,
                "DeleteCluster", this::delete);
    }

    /** Idempotent, as on AWS. */
    private ObjectNode create(Fields request) {
        String name = request.text("clusterName").orElse("default");
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw AwsException.invalidParameter("Identifier is invalid: " + name);
        }
        Cluster cluster = world.find(name).filter(Cluster::active).orElseGet(() -> {
            Cluster fresh = new Cluster(world.arns(), name, request);
            world.add(fresh);
            return fresh;
        });
        return answer(cluster);
    }

    private ObjectNode describe(Fields request) {
        List<String> names = request.texts("clusters");
        ObjectNode answer = Json.object();
        ArrayNode clusters = answer.putArray("clusters");
        ArrayNode failures = answer.putArray("failures");
        boolean tags = request.texts("include").contains("TAGS");
        for (String name : names.isEmpty() ? List.of("default") : names) {
            world.find(name)
                    .ifPresentOrElse(cluster -> clusters.add(ClusterView.of(cluster, tags)), () -> failures.addObject()
                            .put("arn", world.arns().cluster(Arns.name(name)))
                            .put("reason", "MISSING"));
        }
        return answer;
    }

    private ObjectNode list(Fields request) {
        List<String> arns = world.clusters().stream()
                .filter(Cluster::active)
                .map(Cluster::arn)
                .toList();
        return Pages.answer(request, 100, "clusterArns", arns);
    }

    private ObjectNode delete(Fields request) {
        Cluster cluster = world.cluster(java.util.Optional.of(request.required("cluster")));
        if (cluster.services().stream().anyMatch(Service::active)) {
            throw AwsException.of(
                    "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
        }
        if (!cluster.tasks().stream().allMatch(t -> t.stopped())) {
            throw AwsException.of(
                    "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
        }
        cluster.close();
        return answer(cluster);
    }

    private static ObjectNode answer(Cluster cluster) {
        ObjectNode answer = Json.object();
        answer.set("cluster", ClusterView.of(cluster, true));
        return answer;
    }
}
