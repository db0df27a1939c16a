package io.selfheal.demo.stage;

import io.selfheal.demo.fleet.EcsApi;
import io.selfheal.demo.fleet.Fleet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The shop as ECS is told of it: a cluster, three task definitions, three services of two tasks. */
final class Shop {

    static final List<String> SERVICES = List.of("user", "product", "order");
    static final int TASKS = 2;

    /** A hung JVM uses all of it, since it never reacts to SIGTERM; a healthy one drains in well under a second. */
    private static final int STOP_SECONDS = 2;

    private static final int CONTAINER_PORT = 8080;

    /** Where somebody started the demo beside a collector, tasks tell it what they do; the healer inherits these anyway. */
    private static final List<String> TELEMETRY = List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_LOGS_EXPORTER");

    static final String REGION = "us-east-1";

    private final EcsApi ecs;
    private final Path root;
    private final Ports ports;
    private final Setting setting;

    Shop(EcsApi ecs, Path root, Ports ports, Setting setting) {
        this.setting = setting;
        this.ecs = ecs;
        this.root = root;
        this.ports = ports;
    }

    /** Registers everything; ECS then starts the tasks. */
    void open(Databases databases, Secrets secrets) {
        ecs.call("CreateCluster", Map.of("clusterName", Fleet.CLUSTER));
        for (String service : SERVICES) {
            Map<String, String> environment = environment(service, databases, secrets, ports);
            TELEMETRY.forEach(
                    name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
            ecs.call("RegisterTaskDefinition", taskDefinition(service, environment));
            ecs.call("CreateService", service(service));
        }
    }

    private Map<String, Object> taskDefinition(String service, Map<String, String> environment) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", service);
        container.put("image", "selfheal/" + service);
        container.put("essential", true);
        container.put("memory", 256);
        container.put("command", Program.of(service).command(root));
        container.put("stopTimeout", STOP_SECONDS);
        container.put("healthCheck", healthCheck(service));
        container.put("logConfiguration", Map.of("logDriver", "awslogs", "options", logs(service)));
        container.put(
                "portMappings",
                List.of(Map.of("name", "http", "containerPort", CONTAINER_PORT, "hostPort", 0, "protocol", "tcp")));
        container.put(
                "environment",
                environment.entrySet().stream()
                        .map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue()))
                        .toList());
        return Map.of("family", service, "containerDefinitions", List.of(container));
    }

    /**
     * Liveness, by the JDK of the image. A task counts as healthy with the first good answer, which a deployment waits for; whatever is
     * not alive for two and a half minutes ECS replaces. Every 30 s is ECS's default; during a start it is looked at more often. ECS alone is
     * measured with the three misses that are its default, too.
     */
    private Map<String, Object> healthCheck(String service) {
        return Map.of(
                "command",
                        Stream.concat(Stream.of("CMD"), Program.of(service).check(root).stream())
                                .toList(),
                "interval", 30,
                "timeout", 5,
                "retries", setting == Setting.ECS_ALONE ? 3 : 5,
                "startPeriod", 60);
    }

    /** As ECS wants it, also on Fargate. A task is not to wait for its logs: what does not fit the buffer is lost. */
    private static Map<String, String> logs(String service) {
        return Map.of(
                "awslogs-group", "/selfheal/" + service,
                "awslogs-region", REGION,
                "awslogs-stream-prefix", "ecs",
                "awslogs-create-group", "true",
                "mode", "non-blocking",
                "max-buffer-size", "4m");
    }

    /** What a task of that service is told. */
    static Map<String, String> environment(String service, Databases databases, Secrets secrets, Ports ports) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JDBC_URL", databases.url(service));
        environment.put("JDBC_USER", Databases.USER);
        environment.put("JDBC_PASSWORD", secrets.database());
        environment.put("FAULTS_ENABLED", "true");
        environment.put("MODES_TOKEN", secrets.modes());
        if (service.equals("order")) {
            environment.put("USER_URL", Ports.url(ports.front("user")).toString());
            environment.put("PRODUCT_URL", Ports.url(ports.front("product")).toString());
        }
        return environment;
    }

    /** Lets a task be taken out of the traffic while it runs on. */
    private Map<String, Object> balanced(String service) {
        return Map.of(
                "targetGroupArn",
                ecs.targetGroup(service, CONTAINER_PORT),
                "containerName",
                service,
                "containerPort",
                CONTAINER_PORT);
    }

    private Map<String, Object> service(String service) {
        Map<String, Object> alias = Map.of("port", ports.front(service), "dnsName", service);
        Map<String, Object> connect = Map.of(
                "enabled",
                true,
                "namespace",
                Fleet.CLUSTER,
                "services",
                List.of(Map.of("portName", "http", "discoveryName", service, "clientAliases", List.of(alias))));
        return Map.of(
                "cluster", Fleet.CLUSTER,
                "serviceName", service,
                "taskDefinition", service,
                "desiredCount", TASKS,
                "serviceConnectConfiguration", connect,
                "loadBalancers", List.of(balanced(service)));
    }
}
