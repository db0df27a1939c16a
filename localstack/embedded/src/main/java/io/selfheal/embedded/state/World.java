package io.selfheal.embedded.state;

import io.selfheal.embedded.wire.AwsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All clusters and task definitions of this endpoint. */
public final class World {
    private final Arns arns;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, List<TaskDefinition>> families = new TreeMap<>();

    private final Map<String, TargetGroup> targetGroups = new LinkedHashMap<>();

    public World(Arns arns) {
        this.arns = arns;
    }

    public Arns arns() {
        return arns;
    }

    public void add(Cluster cluster) {
        clusters.put(cluster.name(), cluster);
    }

    public Collection<Cluster> clusters() {
        return clusters.values();
    }

    public Optional<Cluster> find(String nameOrArn) {
        return Optional.ofNullable(clusters.get(Arns.name(nameOrArn)));
    }

    /** An active cluster, by name or ARN. */
    public Cluster cluster(Optional<String> nameOrArn) {
        Cluster cluster = find(nameOrArn.orElse("default")).orElseThrow(AwsException::clusterNotFound);
        if (!cluster.active()) {
            throw AwsException.of("ClusterNotFoundException", "The referenced cluster was inactive.");
        }
        return cluster;
    }

    public void add(TargetGroup group) {
        targetGroups.put(group.arn(), group);
    }

    public Collection<TargetGroup> targetGroups() {
        return List.copyOf(targetGroups.values());
    }

    public Optional<TargetGroup> targetGroup(String targetGroupArn) {
        return Optional.ofNullable(targetGroups.get(targetGroupArn));
    }

    public int nextRevision(String family) {
        return families.getOrDefault(family, List.of()).size() + 1;
    }

    public void add(TaskDefinition definition) {
        families.computeIfAbsent(definition.family(), f -> new ArrayList<>()).add(definition);
    }

    /** By ARN, {@code family:revision} or family (its latest active revision). */
    public Optional<TaskDefinition> definition(String reference) {
        String name = Arns.name(reference);
        int colon = name.indexOf(':');
        List<TaskDefinition> revisions = families.getOrDefault(colon < 0 ? name : name.substring(0, colon), List.of());
        return revisions.reversed().stream()
                .filter(d -> colon < 0 ? d.active() : d.shortName().equals(name))
                .findFirst();
    }

    /** Every revision, by family and then number. */
    public List<TaskDefinition> definitions() {
        return families.values().stream().flatMap(List::stream).toList();
    }

    /** A task by its id, in any cluster. */
    public Optional<Task> task(String id) {
        return clusters.values().stream().flatMap(c -> c.task(id).stream()).findFirst();
    }
}
