package io.selfheal.infra.healer;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.shop.MicroService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the healer may do, whichever shell it runs in. It reads its own cluster and no other; it changes only what carries the
 * tag {@link MicroService#HEAL_TAG}. A test finds a call that needs it for every statement.
 */
final class HealerPermissions {
    private final Stack stack;
    private final String cluster;
    private final List<PolicyStatement> statements = new ArrayList<>();

    private HealerPermissions(Stack stack, EnvironmentSettings settings) {
        this.stack = stack;
        this.cluster = settings.cluster();
    }

    /** On what there is besides ECS. */
    record Belongings(
            String tableArn, List<String> queueArns, String noticesArn, String keyArn, List<String> logArns) {}

    static void grant(Stack stack, EnvironmentSettings settings, IRole role, Belongings belongings) {
        HealerPermissions permissions = new HealerPermissions(stack, settings);
        permissions.reads();
        permissions.acts();
        permissions.evidence(belongings);
        permissions.memory(belongings);
        permissions.statements.forEach(role::addToPrincipalPolicy);
        permissions.accept(role);
    }

    private void reads() {
        add(
                "ListInCluster",
                List.of("ecs:ListServices", "ecs:ListTasks"),
                List.of("*"),
                Map.of("ArnEquals", Map.of("ecs:cluster", arn("cluster", ""))));
        add(
                "ReadServices",
                List.of("ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:DescribeServiceRevisions"),
                List.of(arn("service", "/*"), arn("service-revision", "/*")),
                Map.of());
        add("ReadTasks", List.of("ecs:DescribeTasks"), List.of(arn("task", "/*")), Map.of());
        add("ReadTaskDefinitions", List.of("ecs:DescribeTaskDefinition"), List.of("*"), Map.of());
    }

    private void acts() {
        add("StopTasks", List.of("ecs:StopTask", "ecs:UpdateTaskProtection"), List.of(arn("task", "/*")), tagged());
        add("ChangeServices", List.of("ecs:UpdateService"), List.of(arn("service", "/*")), tagged());
        // A deployment of a service carries no tag of it.
        add("EndDeployments", List.of("ecs:StopServiceDeployment"), List.of(arn("service-deployment", "/*")), Map.of());
        add(
                "ShiftTraffic",
                List.of("elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"),
                List.of("arn:" + stack.getPartition() + ":elasticloadbalancing:" + stack.getRegion() + ":"
                        + stack.getAccount() + ":targetgroup/*"),
                tagged());
    }

    private void evidence(Belongings belongings) {
        add("ReadLogs", List.of("logs:FilterLogEvents"), belongings.logArns(), Map.of());
        add("ReadMetrics", List.of("cloudwatch:GetMetricData"), List.of("*"), Map.of());
    }

    private void memory(Belongings belongings) {
        add(
                "Remember",
                List.of(
                        "dynamodb:DescribeTable",
                        "dynamodb:GetItem",
                        "dynamodb:BatchGetItem",
                        "dynamodb:Query",
                        "dynamodb:PutItem",
                        "dynamodb:UpdateItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:ConditionCheckItem"),
                List.of(belongings.tableArn(), belongings.tableArn() + "/index/*"),
                Map.of());
        if (!belongings.queueArns().isEmpty()) {
            add("WakeAndBury", List.of("sqs:SendMessage"), belongings.queueArns(), Map.of());
        }
        add("Tell", List.of("sns:Publish"), List.of(belongings.noticesArn()), Map.of());
        add("EncryptNotices", List.of("kms:GenerateDataKey", "kms:Decrypt"), List.of(belongings.keyArn()), Map.of());
    }

    private static Map<String, Object> tagged() {
        return Map.of("StringEquals", Map.of("aws:ResourceTag/" + MicroService.HEAL_TAG, "enabled"));
    }

    private String arn(String type, String below) {
        return "arn:" + stack.getPartition() + ":ecs:" + stack.getRegion() + ":" + stack.getAccount() + ":" + type + "/"
                + cluster + below;
    }

    private void add(String sid, List<String> actions, List<String> resources, Map<String, Object> conditions) {
        statements.add(PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(resources)
                .conditions(conditions)
                .build());
    }

    private void accept(IRole role) {
        Nag.acceptWildcard(
                role,
                "Resource::*",
                "ListServices and ListTasks are held to the cluster by a condition; DescribeTaskDefinition and"
                        + " GetMetricData know neither resource nor condition, and only read");
        Nag.acceptWildcards(
                role,
                "^Resource::arn:aws.*:ecs:.*:(service|service-revision|service-deployment|task)\\/" + cluster
                        + "\\/\\*$",
                "ids are not known beforehand: the cluster's name is in the ARN, and changes ask for a tag besides");
        Nag.acceptWildcards(
                role,
                "^Resource::arn:aws.*:elasticloadbalancing:.*:targetgroup\\/\\*$",
                "only target groups that carry the tag, by a condition");
        Nag.acceptWildcards(role, "^Resource::<Table.*\\.Arn>\\/index\\/\\*$", "the table's only index");
        Nag.acceptWildcards(role, "^Resource::.*(Logs|LogGroup).*:\\*$", "the streams of a service's own log group");
    }
}
