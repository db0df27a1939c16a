package io.selfheal.infra.healer;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import io.selfheal.infra.shop.MicroService;
import io.selfheal.infra.shop.ServicesStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.CloudMapNamespaceOptions;
import software.amazon.awscdk.services.ecs.CloudMapOptions;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.amazon.awscdk.services.servicediscovery.DnsRecordType;
import software.amazon.awscdk.services.servicediscovery.NamespaceType;
import software.amazon.awscdk.services.ssm.ParameterTier;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * The healer as a task of Fargate, in a cluster of its own: it does not look after itself. It probes by itself, and hears of alarms through
 * the courier; no address of it is public.
 */
public final class HealerContainer extends Construct {
    private static final List<String> ALIVE = List.of(
            "CMD",
            "/opt/java/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx16m",
            "-cp",
            "/app/check",
            "io.selfheal.shop.kit.health.ContainerCheck");

    public final IRole role;
    public final FargateService service;
    private final EnvironmentSettings settings;
    private final HealerStack stack;

    HealerContainer(
            HealerStack stack,
            EnvironmentSettings settings,
            NetworkStack network,
            ServicesStack services,
            Programs programs,
            PolicyFolder policies) {
        super(stack, "Container");
        this.stack = stack;
        this.settings = settings;
        Courier courier = new Courier(stack, settings, network, address());
        Cluster cluster = cluster(network);
        FargateTaskDefinition task = task(services, programs, policies, courier);
        role = task.getTaskRole();
        HealerPermissions.grant(stack, settings, role, stack.belongings(services, List.of()));
        service = FargateService.Builder.create(this, "Service")
                .cluster(cluster)
                .serviceName("healer")
                .taskDefinition(task)
                .desiredCount(1)
                // Two at a time share the table and do not act twice; none at a time heals nothing.
                .minHealthyPercent(100)
                .maxHealthyPercent(200)
                .vpcSubnets(network.tasks)
                .assignPublicIp(settings.network().nat() == 0)
                .securityGroups(List.of(network.healer))
                .circuitBreaker(
                        DeploymentCircuitBreaker.builder().rollback(true).build())
                .cloudMapOptions(CloudMapOptions.builder()
                        .name("healer")
                        .dnsRecordType(DnsRecordType.A)
                        .dnsTtl(Duration.seconds(10))
                        .build())
                .build();
    }

    private String namespace() {
        return settings.cluster() + ".internal";
    }

    private String address() {
        return "http://healer." + namespace() + ":" + NetworkStack.HEALER_PORT + "/signals/sns";
    }

    private Cluster cluster(NetworkStack network) {
        Cluster cluster = Cluster.Builder.create(this, "Cluster")
                .clusterName(settings.cluster() + "-healer")
                .vpc(network.vpc)
                .containerInsightsV2(
                        settings.telemetry().containerInsights()
                                ? ContainerInsights.ENABLED
                                : ContainerInsights.DISABLED)
                .defaultCloudMapNamespace(CloudMapNamespaceOptions.builder()
                        .name(namespace())
                        .type(NamespaceType.DNS_PRIVATE)
                        .build())
                .build();
        if (!settings.telemetry().containerInsights()) {
            Nag.accept(cluster, "ECS4", "Container Insights costs more than the one task of this cluster");
        }
        return cluster;
    }

    private FargateTaskDefinition task(
            ServicesStack services, Programs programs, PolicyFolder policies, Courier courier) {
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .retention(NetworkStack.retention(settings.keep().logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        FargateTaskDefinition task = FargateTaskDefinition.Builder.create(this, "Task")
                .family(settings.cluster() + "-healer")
                .cpu(256)
                .memoryLimitMiB(512)
                .runtimePlatform(MicroService.platform(settings.tasks().architecture()))
                .build();
        task.addContainer(
                "healer",
                ContainerDefinitionOptions.builder()
                        .image(ContainerImage.fromTarball(programs.image("healer")))
                        .portMappings(List.of(PortMapping.builder()
                                .containerPort(NetworkStack.HEALER_PORT)
                                .build()))
                        .environment(environment(courier))
                        .secrets(secrets(services, policies))
                        .dockerLabels(Map.of(
                                "policies", Integer.toHexString(policies.text().hashCode())))
                        .healthCheck(software.amazon.awscdk.services.ecs.HealthCheck.builder()
                                .command(ALIVE)
                                .interval(Duration.seconds(30))
                                .timeout(Duration.seconds(10))
                                .startPeriod(Duration.seconds(120))
                                .retries(3)
                                .build())
                        // HEALER_SHUTDOWN_GRACE and a little more.
                        .stopTimeout(Duration.seconds(30))
                        .logging(LogDriver.awsLogs(AwsLogDriverProps.builder()
                                .logGroup(logs)
                                .streamPrefix("healer")
                                .build()))
                        .build());
        Nag.acceptImageLogin(task);
        Nag.accept(task, "ECS2", "addresses and names only; what is secret comes out of Secrets Manager");
        return task;
    }

    private Map<String, String> environment(Courier courier) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HEALER_HOST", "0.0.0.0");
        environment.put("HEALER_PORT", String.valueOf(NetworkStack.HEALER_PORT));
        environment.put("PORT", String.valueOf(NetworkStack.HEALER_PORT));
        environment.put("HEALER_CLUSTER", settings.cluster());
        environment.put("HEALER_STORE", "dynamodb");
        environment.put("HEALER_DYNAMO_TABLE", stack.table.getTableName());
        environment.put("HEALER_SNS_TOPIC_ARN", stack.notices.getTopicArn());
        environment.put("HEALER_SNS_TOPICS", stack.alerts.getTopicArn() + "," + courier.signals.getTopicArn());
        return environment;
    }

    private Map<String, software.amazon.awscdk.services.ecs.Secret> secrets(
            ServicesStack services, PolicyFolder policies) {
        Secret token = Secret.Builder.create(this, "Token")
                .description("Selfheal: the token of the healer's HTTP interface")
                .generateSecretString(SecretStringGenerator.builder()
                        .passwordLength(40)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Nag.accept(token, "SMG4", "read once at the start: a new value takes a new deployment, see docs/aws.md");
        StringParameter parameter = StringParameter.Builder.create(this, "Policies")
                .parameterName("/selfheal/" + settings.name() + "/policies")
                .description("Selfheal: the healer's policies")
                .tier(ParameterTier.INTELLIGENT_TIERING)
                .stringValue(policies.text())
                .build();
        Map<String, software.amazon.awscdk.services.ecs.Secret> secrets = new LinkedHashMap<>();
        secrets.put("HEALER_TOKEN", software.amazon.awscdk.services.ecs.Secret.fromSecretsManager(token));
        secrets.put(
                "HEALER_MODES_TOKEN",
                software.amazon.awscdk.services.ecs.Secret.fromSecretsManager(services.modesToken));
        secrets.put("HEALER_POLICY", software.amazon.awscdk.services.ecs.Secret.fromSsmParameter(parameter));
        return secrets;
    }
}
