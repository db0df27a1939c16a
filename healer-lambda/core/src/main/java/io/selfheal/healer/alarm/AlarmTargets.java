package io.selfheal.healer.alarm;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.policy.AlarmMapping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Finds the service that an alarm is about: by the alarm's own tags, else by the policy file's mappings, else by the
 * dimensions of its metrics, else by the mappings of the children of an alarm of alarms.
 */
final class AlarmTargets {
    static final String SERVICE_TAG = "selfheal:service";
    static final String CLUSTER_TAG = "selfheal:cluster";

    private final String defaultCluster;
    private final List<AlarmMapping> mappings;

    AlarmTargets(String defaultCluster, List<AlarmMapping> mappings) {
        this.defaultCluster = defaultCluster;
        this.mappings = List.copyOf(mappings);
    }

    /** What was found; {@code labels} are those that a mapping puts upon the alarm. */
    record Target(ServiceId service, Optional<TaskId> task, Map<String, String> labels) {}

    Target of(AlarmChange change, SortedMap<String, String> labels) throws NotAnAlarmException {
        Optional<AlarmMapping> mapping = mapping(labels);
        String service = tag(change, SERVICE_TAG)
                .or(() -> mapping.flatMap(AlarmMapping::service))
                .or(() -> dimension(change))
                .orElse("");
        if (service.isEmpty()) {
            return ofChildren(change, mapping);
        }
        return target(change, service, mapping);
    }

    private Target target(AlarmChange change, String service, Optional<AlarmMapping> mapping)
            throws NotAnAlarmException {
        String cluster = tag(change, CLUSTER_TAG)
                .or(() -> mapping.flatMap(AlarmMapping::cluster))
                .or(() -> first(change, "ClusterName", "cluster"))
                .orElse(defaultCluster);
        try {
            return new Target(
                    new ServiceId(cluster, service),
                    first(change, "task_arn", "TaskId")
                            .flatMap(id -> change.arn().task(cluster, id)),
                    mapping.map(AlarmMapping::labels).map(Map::copyOf).orElse(Map.of()));
        } catch (IllegalArgumentException e) {
            throw new NotAnAlarmException("alarm " + Text.brief(change.name()) + ": " + e.getMessage());
        }
    }

    private Target ofChildren(AlarmChange change, Optional<AlarmMapping> own) throws NotAnAlarmException {
        Set<AlarmMapping> found = new LinkedHashSet<>();
        for (AlarmArn child : change.children()) {
            mapping(AlarmLabels.of(child, child.name()))
                    .filter(mapping -> mapping.service().isPresent())
                    .ifPresent(found::add);
        }
        List<String> services = found.stream()
                .map(mapping -> mapping.cluster().map(cluster -> cluster + "/").orElse("")
                        + mapping.service().orElseThrow())
                .distinct()
                .toList();
        if (services.size() > 1) {
            throw new NotAnAlarmException(
                    "alarm " + Text.brief(change.name()) + " names several services by its" + " children, "
                            + Text.brief(String.join(" and ", services)) + ": let the children be sent instead");
        }
        Optional<AlarmMapping> child = found.stream().findFirst();
        String service =
                child.flatMap(AlarmMapping::service).orElseThrow(() -> new NotAnAlarmException(namesNoService(change)));
        Target target = target(change, service, child);
        return own.map(mapping -> new Target(target.service(), target.task(), Map.copyOf(mapping.labels())))
                .orElse(target);
    }

    private Optional<AlarmMapping> mapping(Map<String, String> labels) {
        return mappings.stream().filter(mapping -> mapping.matches(labels)).findFirst();
    }

    private static Optional<String> tag(AlarmChange change, String name) {
        return Optional.ofNullable(change.tags().get(name)).filter(value -> !value.isBlank());
    }

    /** Other services of AWS have a ServiceName too: that of ECS stands beside a ClusterName. */
    private static Optional<String> dimension(AlarmChange change) {
        return first(change, "ClusterName")
                .flatMap(_ -> first(change, "ServiceName"))
                .or(() -> first(change, "service_name", "service"));
    }

    private static Optional<String> first(AlarmChange change, String... dimensions) {
        return Stream.of(dimensions)
                .map(change.metrics()::dimension)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static String namesNoService(AlarmChange change) {
        String disputed = change.metrics().disputed().isEmpty()
                ? ""
                : " (its metrics differ in "
                        + Text.brief(String.join(", ", change.metrics().disputed())) + ")";
        String unread = change.tagsUnread().isEmpty() ? "" : " (its tags were not sent: " + change.tagsUnread() + ")";
        return "alarm " + Text.brief(change.name()) + " names no service" + disputed + unread + ": tag it "
                + SERVICE_TAG + " and let it send its tags, or add to alarms in the policy file {match:"
                + " ['alertname=\"" + Text.brief(change.name()) + "\"'], service: NAME}";
    }
}
