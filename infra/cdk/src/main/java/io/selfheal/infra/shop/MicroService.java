package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.EnvironmentSettings.Architecture;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.network.NetworkStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.ecs.AlarmBehavior;
import software.amazon.awscdk.services.ecs.AvailabilityZoneRebalancing;
import software.amazon.awscdk.services.ecs.AwsLogDriverMode;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.CapacityProviderStrategy;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.CpuUtilizationScalingProps;
import software.amazon.awscdk.services.ecs.DeploymentAlarmConfig;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.HealthCheck;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.PidMode;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.PropagatedTagSource;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.ecs.ServiceConnectProps;
import software.amazon.awscdk.services.ecs.ServiceConnectService;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** One service of the shop: its tasks, how they are reached, how many there are, and when ECS takes a release back. */
public final class MicroService extends Construct {
    /** What the healer may act on has this tag, tasks and services alike; see HealerPermissions. */
    public static final String HEAL_TAG = "selfheal:heal";

    /** As the images' own HEALTHCHECK, which ECS does not look at. */
    private static final List<String> ALIVE = List.of(
            "CMD",
            "/opt/java/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx16m",
            "-cp",
            "/app/check",
            "io.selfheal.shop.kit.health.ContainerCheck");

    private static final Map<String, List<String>> PATHS = Map.of(
            "user", List.of("/users", "/users/*"),
            "product", List.of("/products", "/products/*"),
            "order", List.of("/orders", "/orders/*"));

    public final String name;
    public final FargateService service;
    public final ApplicationTargetGroup targets;
    public final LogGroup logs;
    public final ServiceAlarms alarms;
    private final Surroundings around;
    private final ServiceUser user;

    /** What all services stand in. */
    record Surroundings(
            EnvironmentSettings settings,
            NetworkStack network,
            Programs programs,
            Cluster cluster,
            Collector collector,
            Optional<FaultAgent> faultAgent,
            ShopDatabase database,
            software.amazon.awscdk.services.secretsmanager.Secret modesToken,
            FrontDoor door) {}

    MicroService(Construct scope, String name, Surroundings around) {
        super(scope, name);
        this.name = name;
        this.around = around;
        logs = LogGroup.Builder.create(this, "Logs")
                .retention(NetworkStack.retention(around.settings().keep().logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        targets = around.door().open(name, PATHS.getOrDefault(name, List.of()));
        user = new ServiceUser(this, name, around.database());
        alarms = new ServiceAlarms(this, around.settings(), name, targets, around.door().balancer);
        service = service(task());
        service.attachToApplicationTargetGroup(targets);
        service.getNode().addDependency(alarms);
        scale();
        Tags.of(service).add(HEAL_TAG, "enabled");
        Tags.of(targets).add(HEAL_TAG, "enabled");
    }

    private FargateTaskDefinition task() {
        FargateTaskDefinition.Builder definition = FargateTaskDefinition.Builder.create(this, "Task")
                .family(around.settings().cluster() + "-" + name)
                .cpu(around.settings().tasks().cpu())
                .memoryLimitMiB(around.settings().tasks().memoryMiB())
                .runtimePlatform(platform(around.settings().tasks().architecture()));
        if (around.faultAgent().isPresent()) {
            // Faults of a task's network are asked for at an address inside of it, by a program that sees all others.
            definition.enableFaultInjection(true).pidMode(PidMode.TASK);
        }
        FargateTaskDefinition task = definition.build();
        ContainerImage image = ContainerImage.fromTarball(around.programs().image(name));
        ContainerDefinition program = task.addContainer(
                name,
                ContainerDefinitionOptions.builder()
                        .image(image)
                        .portMappings(List.of(PortMapping.builder()
                                .name("http")
                                .containerPort(NetworkStack.SERVICE_PORT)
                                .build()))
                        .environment(environment())
                        .secrets(secrets())
                        .healthCheck(HealthCheck.builder()
                                .command(ALIVE)
                                .interval(Duration.seconds(30))
                                .timeout(Duration.seconds(10))
                                .startPeriod(Duration.seconds(120))
                                .retries(3)
                                .build())
                        // Longer than the 10 s that the load balancer drains for, and the 5 s of the service itself.
                        .stopTimeout(Duration.seconds(30))
                        .logging(logDriver("app"))
                        .build());
        user.before(program, task, image, logDriver("database-user"));
        around.collector().join(task, name, logDriver("collector"));
        around.faultAgent().ifPresent(agent -> agent.join(task, logDriver("fault-agent")));
        return task;
    }

    /** The runtime of a task that is built on such a machine. */
    public static RuntimePlatform platform(Architecture architecture) {
        return RuntimePlatform.builder()
                .operatingSystemFamily(OperatingSystemFamily.LINUX)
                .cpuArchitecture(architecture == Architecture.ARM64 ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64)
                .build();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOST", "0.0.0.0");
        environment.put("PORT", String.valueOf(NetworkStack.SERVICE_PORT));
        environment.put("MICRONAUT_ENVIRONMENTS", around.settings().name());
        environment.put("JDBC_URL", around.database().jdbcUrl);
        environment.put("OTEL_SERVICE_NAME", name);
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
        environment.put(
                "OTEL_RESOURCE_ATTRIBUTES",
                "deployment.environment.name=" + around.settings().name());
        if (around.settings().chaos()) {
            environment.put("FAULTS_ENABLED", "true");
        }
        if (name.equals("order")) {
            environment.put("USER_URL", "http://user:" + NetworkStack.SERVICE_PORT);
            environment.put("PRODUCT_URL", "http://product:" + NetworkStack.SERVICE_PORT);
        }
        return environment;
    }

    private Map<String, Secret> secrets() {
        Map<String, Secret> secrets = user.secrets();
        secrets.put("MODES_TOKEN", Secret.fromSecretsManager(around.modesToken()));
        return secrets;
    }

    private LogDriver logDriver(String prefix) {
        // The healer reads error lines of a task out of the stream PREFIX/CONTAINER/TASK.
        return LogDriver.awsLogs(AwsLogDriverProps.builder()
                .logGroup(logs)
                .streamPrefix(prefix)
                .mode(AwsLogDriverMode.NON_BLOCKING)
                .maxBufferSize(Size.mebibytes(25))
                .build());
    }

    private FargateService service(FargateTaskDefinition task) {
        EnvironmentSettings settings = around.settings();
        boolean open = settings.network().nat() == 0;
        return FargateService.Builder.create(this, "Service")
                .cluster(around.cluster())
                .serviceName(name)
                .taskDefinition(task)
                .desiredCount(settings.tasks().perService())
                .minHealthyPercent(100)
                .maxHealthyPercent(200)
                .capacityProviderStrategies(providers(settings.tasks().spotPercent()))
                .vpcSubnets(around.network().tasks)
                .assignPublicIp(open)
                .securityGroups(List.of(around.network().services))
                .availabilityZoneRebalancing(AvailabilityZoneRebalancing.ENABLED)
                .healthCheckGracePeriod(Duration.seconds(120))
                .circuitBreaker(
                        DeploymentCircuitBreaker.builder().rollback(true).build())
                .deploymentAlarms(DeploymentAlarmConfig.builder()
                        .alarmNames(List.of(settings.alarm(name, ServiceAlarms.ERRORS)))
                        .behavior(AlarmBehavior.ROLLBACK_ON_ALARM)
                        .build())
                .serviceConnectConfiguration(ServiceConnectProps.builder()
                        .services(List.of(ServiceConnectService.builder()
                                .portMappingName("http")
                                .dnsName(name)
                                .port(NetworkStack.SERVICE_PORT)
                                .build()))
                        .logDriver(logDriver("connect"))
                        .build())
                .enableEcsManagedTags(true)
                .propagateTags(PropagatedTagSource.SERVICE)
                .build();
    }

    private static List<CapacityProviderStrategy> providers(int spotPercent) {
        // A base would keep that many tasks off Spot, which with few tasks are all of them.
        CapacityProviderStrategy spot = CapacityProviderStrategy.builder()
                .capacityProvider("FARGATE_SPOT")
                .weight(spotPercent)
                .build();
        CapacityProviderStrategy steady = CapacityProviderStrategy.builder()
                .capacityProvider("FARGATE")
                .weight(100 - spotPercent)
                .build();
        return switch (spotPercent) {
            case 0 -> List.of(steady);
            case 100 -> List.of(spot);
            default -> List.of(steady, spot);
        };
    }

    private void scale() {
        service.autoScaleTaskCount(EnableScalingProps.builder()
                        .minCapacity(around.settings().tasks().perService())
                        .maxCapacity(around.settings().tasks().most())
                        .build())
                .scaleOnCpuUtilization(
                        "Processor",
                        CpuUtilizationScalingProps.builder()
                                .targetUtilizationPercent(60)
                                .scaleInCooldown(Duration.minutes(5))
                                .scaleOutCooldown(Duration.minutes(1))
                                .build());
    }
}
