package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.nag.Nag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The agent of Systems Manager beside each program, by which FIS reaches a task's network and processor. It is root in its container, and
 * whoever may send it a command runs that: it is there only where {@code chaosAgent} asks for it.
 */
final class FaultAgent extends Construct {
    private final EnvironmentSettings settings;
    private final Role instance;
    private final String script = script();

    FaultAgent(Construct scope, EnvironmentSettings settings) {
        super(scope, "FaultAgent");
        this.settings = settings;
        Stack stack = Stack.of(this);
        instance = Role.Builder.create(this, "Instance")
                .description("Selfheal " + settings.name() + ": tasks as managed instances, for FIS")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("ssm.amazonaws.com"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount()))))
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")))
                .build();
        instance.addToPolicy(statement("Leave", "*", "ssm:DeleteActivation"));
        instance.addToPolicy(statement(
                "Deregister",
                "arn:" + stack.getPartition() + ":ssm:" + stack.getRegion() + ":" + stack.getAccount()
                        + ":managed-instance/*",
                "ssm:DeregisterManagedInstance"));
        Nag.accept(instance, "IAM4", "what an agent needs, as AWS keeps it up to date");
        Nag.acceptWildcard(instance, "Resource::*", "an activation has no ARN");
        Nag.acceptWildcards(
                instance,
                "^Resource::arn:aws.*:ssm:.*:managed-instance\\/\\*$",
                "the id is given when the task registers itself");
    }

    void join(FargateTaskDefinition task, LogDriver logs) {
        task.addContainer(
                "fault-agent",
                ContainerDefinitionOptions.builder()
                        .image(ContainerImage.fromRegistry(settings.chaosAgent()))
                        .essential(false)
                        .memoryLimitMiB(256)
                        .command(List.of("/bin/bash", "-c", script))
                        .environment(Map.of("MANAGED_INSTANCE_ROLE_NAME", instance.getRoleName()))
                        .logging(logs)
                        .build());
        task.addToTaskRolePolicy(statement("RegisterForFaults", "*", "ssm:CreateActivation", "ssm:AddTagsToResource"));
        task.addToTaskRolePolicy(PolicyStatement.Builder.create()
                .sid("AsManagedInstance")
                .actions(List.of("iam:PassRole"))
                .resources(List.of(instance.getRoleArn()))
                .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "ssm.amazonaws.com")))
                .build());
    }

    private static PolicyStatement statement(String sid, String resource, String... actions) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(List.of(actions))
                .resources(List.of(resource))
                .build();
    }

    private static String script() {
        try (InputStream in = FaultAgent.class.getResourceAsStream("fault-agent.sh")) {
            if (in == null) {
                throw new IllegalStateException("fault-agent.sh is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
