package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecs.CloudMapNamespaceOptions;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** The cluster, the three services in it, their database, and the door to them. */
public final class ServicesStack extends Stack {
    public static final List<String> SERVICES = List.of("user", "product", "order");

    public final Cluster cluster;
    /** Who has it may tell tasks to degrade and to shed. */
    public final Secret modesToken;

    public final FrontDoor door;
    public final Collector collector;
    public final Map<String, MicroService> services = new LinkedHashMap<>();

    public ServicesStack(Construct stage, EnvironmentSettings settings, NetworkStack network, Programs programs) {
        super(stage, "Services");
        cluster = Cluster.Builder.create(this, "Cluster")
                .clusterName(settings.cluster())
                .vpc(network.vpc)
                .containerInsightsV2(
                        settings.telemetry().containerInsights()
                                ? ContainerInsights.ENABLED
                                : ContainerInsights.DISABLED)
                .enableFargateCapacityProviders(true)
                .defaultCloudMapNamespace(CloudMapNamespaceOptions.builder()
                        .name(settings.cluster())
                        .useForServiceConnect(true)
                        .build())
                .build();
        if (!settings.telemetry().containerInsights()) {
            Nag.accept(cluster, "ECS4", "Container Insights costs more than the tasks of this environment");
        }
        modesToken = secret("ModesToken", "lets the healer tell the shop's tasks to degrade and to shed");
        door = new FrontDoor(this, settings, network);
        collector = new Collector(this, settings, programs);
        Optional<FaultAgent> faultAgent =
                settings.reachable() ? Optional.of(new FaultAgent(this, settings)) : Optional.empty();
        ShopDatabase database = new ShopDatabase(this, settings, network);
        for (String service : SERVICES) {
            services.put(
                    service,
                    new MicroService(
                            this,
                            service,
                            new MicroService.Surroundings(
                                    settings,
                                    network,
                                    programs,
                                    cluster,
                                    collector,
                                    faultAgent,
                                    database,
                                    modesToken,
                                    door)));
        }
        // A client's proxy knows what there was at its start: order comes after those that it calls.
        service("order").service.getNode().addDependency(service("user").service, service("product").service);
    }

    public MicroService service(String name) {
        MicroService service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("there is no service " + name);
        }
        return service;
    }

    private Secret secret(String id, String what) {
        Secret secret = Secret.Builder.create(this, id)
                .description("Selfheal: " + what)
                .generateSecretString(SecretStringGenerator.builder()
                        .passwordLength(40)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Nag.accept(secret, "SMG4", "read once at a task's start: a new value takes a new deployment, see docs/aws.md");
        return secret;
    }
}
