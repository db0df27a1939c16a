package io.selfheal.infra.chaos;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import io.selfheal.infra.shop.MicroService;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.fis.CfnExperimentTemplate;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Experiments of AWS FIS, out of the same catalogue as the demo's. Not there in prod. */
public final class ChaosStack extends Stack {
    private final EnvironmentSettings settings;

    public ChaosStack(
            Construct stage, EnvironmentSettings settings, List<Experiment> catalogue, CompositeAlarm stopsIt) {
        super(stage, "Chaos");
        this.settings = settings;
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .retention(NetworkStack.retention(settings.keep().logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Role role = role();
        catalogue.stream()
                .filter(experiment -> experiment.whyNot(settings.reachable()).isEmpty())
                .forEach(experiment -> template(experiment, role, logs, stopsIt));
    }

    private void template(Experiment experiment, Role role, LogGroup logs, CompositeAlarm stopsIt) {
        CfnExperimentTemplate.Builder.create(this, experiment.id())
                .description(experiment.fault() + " of " + experiment.service() + ", as in chaos/catalogue.yaml")
                .roleArn(role.getRoleArn())
                .targets(Map.of(
                        "tasks",
                        CfnExperimentTemplate.ExperimentTemplateTargetProperty.builder()
                                .resourceType("aws:ecs:task")
                                .selectionMode(experiment.selection())
                                .parameters(Map.of("cluster", settings.cluster(), "service", experiment.service()))
                                .build()))
                .actions(Map.of(
                        experiment.id(),
                        CfnExperimentTemplate.ExperimentTemplateActionProperty.builder()
                                .actionId(experiment.fis())
                                .parameters(experiment.told())
                                .targets(Map.of("Tasks", "tasks"))
                                .build()))
                .stopConditions(List.of(CfnExperimentTemplate.ExperimentTemplateStopConditionProperty.builder()
                        .source("aws:cloudwatch:alarm")
                        .value(stopsIt.getAlarmArn())
                        .build()))
                .logConfiguration(CfnExperimentTemplate.ExperimentTemplateLogConfigurationProperty.builder()
                        .logSchemaVersion(2)
                        .cloudWatchLogsConfiguration(Map.of("LogGroupArn", logs.getLogGroupArn()))
                        .build())
                .tags(Map.of("Name", experiment.id()))
                .build();
    }

    private Role role() {
        String ecs = "arn:" + getPartition() + ":ecs:" + getRegion() + ":" + getAccount();
        Role role = Role.Builder.create(this, "Role")
                .description("Selfheal " + settings.name() + ": what experiments may do")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("fis.amazonaws.com"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", getAccount()))))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("StopTasks")
                .actions(List.of("ecs:StopTask", "ecs:DescribeTasks"))
                .resources(List.of(ecs + ":task/" + settings.cluster() + "/*"))
                .conditions(Map.of("StringEquals", Map.of("aws:ResourceTag/" + MicroService.HEAL_TAG, "enabled")))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("FindTasks")
                .actions(List.of("ecs:ListTasks", "tag:GetResources"))
                .resources(List.of("*"))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("WriteLog")
                .actions(List.of(
                        "logs:CreateLogDelivery",
                        "logs:PutResourcePolicy",
                        "logs:DescribeResourcePolicies",
                        "logs:DescribeLogGroups"))
                .resources(List.of("*"))
                .build());
        if (settings.reachable()) {
            commands(role);
        }
        Nag.acceptWildcard(role, "Resource::*", "listing and the delivery of logs know no resources");
        Nag.acceptWildcards(
                role, "^Resource::arn:aws.*:ecs:.*:task\\/.*\\/\\*$", "task ids are not known beforehand; the tag is");
        return role;
    }

    /** Only the documents of FIS, and only instances that an agent of ours has registered. */
    private void commands(Role role) {
        String ssm = "arn:" + getPartition() + ":ssm:" + getRegion();
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("SendFaults")
                .actions(List.of("ssm:SendCommand"))
                .resources(List.of(ssm + "::document/AWSFIS-Run-*"))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("StrikeTasks")
                .actions(List.of("ssm:SendCommand"))
                .resources(List.of(ssm + ":" + getAccount() + ":managed-instance/*"))
                .conditions(Map.of("StringEquals", Map.of("ssm:resourceTag/FAULT_INJECTION_SIDECAR", "true")))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("FollowCommands")
                .actions(List.of("ssm:ListCommands", "ssm:CancelCommand"))
                .resources(List.of("*"))
                .build());
        Nag.acceptWildcards(
                role,
                "^Resource::arn:aws.*:ssm:.*(document\\/AWSFIS-Run-|managed-instance\\/)\\*$",
                "the documents of FIS; the ids of tasks as instances are not known beforehand, their tag is");
    }
}
