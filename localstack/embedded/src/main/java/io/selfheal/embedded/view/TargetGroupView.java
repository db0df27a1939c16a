package io.selfheal.embedded.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.state.TargetGroup;
import io.selfheal.embedded.state.TargetGroup.Target;
import io.selfheal.embedded.wire.Json;
import java.util.List;

/** The load balancing API's TargetGroup and TargetHealthDescription. */
public final class TargetGroupView {
    private static final List<String> ECHOED = List.of(
            "VpcId",
            "HealthCheckPath",
            "HealthCheckIntervalSeconds",
            "HealthCheckTimeoutSeconds",
            "HealthCheckProtocol");

    private TargetGroupView() {}

    /** AWS' State, Reason and Description; the last two are empty for a healthy target. */
    public record TargetHealth(String state, String reason, String description) {
        public static final TargetHealth HEALTHY = new TargetHealth("healthy", "", "");
    }

    public static ObjectNode of(TargetGroup group) {
        ObjectNode node = Json.object();
        node.put("TargetGroupArn", group.arn());
        node.put("TargetGroupName", group.name());
        node.put("Protocol", group.settings().path("Protocol").asText("HTTP"));
        node.put("Port", group.settings().path("Port").asText("80"));
        node.put("TargetType", group.settings().path("TargetType").asText("ip"));
        node.put("HealthCheckEnabled", true);
        node.put("HealthCheckPort", "traffic-port");
        node.putArray("LoadBalancerArns");
        Views.echo(group.settings(), node, ECHOED);
        return node;
    }

    public static ObjectNode health(Target target, TargetHealth health) {
        ObjectNode node = Json.object();
        node.putObject("Target").put("Id", target.id()).put("Port", target.port());
        node.put("HealthCheckPort", Integer.toString(target.port()));
        ObjectNode state = node.putObject("TargetHealth").put("State", health.state());
        if (!health.reason().isEmpty()) {
            state.put("Reason", health.reason()).put("Description", health.description());
        }
        return node;
    }
}
