package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.nag.Nag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.ssm.ParameterTier;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * The OpenTelemetry collector beside each task. Its configuration lies in SSM parameters; a task whose collector fails goes on.
 */
public final class Collector extends Construct {
    /** Contrib, for the signatures that AWS asks for. */
    private static final String IMAGE = "otel/opentelemetry-collector-contrib:0.155.0";

    private final EnvironmentSettings settings;
    private final Map<String, StringParameter> parts = new LinkedHashMap<>();
    /** Changes with the configuration, so that a new one makes a new revision. */
    private final String version;

    Collector(Construct scope, EnvironmentSettings settings, Programs programs) {
        super(scope, "Collector");
        this.settings = settings;
        List<String> texts = programs.collector(
                settings.telemetry().transactionSearch() != EnvironmentSettings.TransactionSearch.OFF);
        int number = 0;
        for (String text : texts) {
            String name = "COLLECTOR_" + number++;
            parts.put(
                    name,
                    StringParameter.Builder.create(this, name)
                            .parameterName(
                                    "/selfheal/" + settings.name() + "/" + name.toLowerCase(java.util.Locale.ROOT))
                            .description("Selfheal: configuration of the collector beside each task")
                            .tier(ParameterTier.INTELLIGENT_TIERING)
                            .stringValue(text)
                            .build());
        }
        version = Integer.toHexString(texts.hashCode());
    }

    public void join(FargateTaskDefinition task, String service, LogDriver logs) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        List<String> command = new ArrayList<>();
        parts.forEach((name, parameter) -> {
            secrets.put(name, Secret.fromSsmParameter(parameter));
            command.add("--config=env:" + name);
        });
        task.addContainer(
                "collector",
                ContainerDefinitionOptions.builder()
                        .image(ContainerImage.fromRegistry(IMAGE))
                        .essential(false)
                        .memoryLimitMiB(256)
                        .command(command)
                        .secrets(secrets)
                        .environment(new TreeMap<>(
                                Map.of("OTEL_SERVICE_NAME", service, "SELFHEAL_CLUSTER", settings.cluster())))
                        .dockerLabels(Map.of("configuration", version))
                        .readonlyRootFilesystem(true)
                        .logging(logs)
                        .build());
        task.addToTaskRolePolicy(PolicyStatement.Builder.create()
                .sid("Telemetry")
                .actions(List.of("cloudwatch:PutMetricData", "xray:PutTraceSegments", "xray:PutTelemetryRecords"))
                .resources(List.of("*"))
                .build());
        Nag.acceptWildcard(
                task.getTaskRole(),
                "Resource::*",
                "PutMetricData and X-Ray's writes know no resources; nothing is read");
        Nag.acceptImageLogin(task);
        Nag.accept(task, "ECS2", "addresses and names only; what is secret comes out of Secrets Manager");
    }
}
