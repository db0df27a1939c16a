package io.selfheal.infra.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.infra.NeedsNode;
import io.selfheal.infra.Templates;
import io.selfheal.infra.iam.Evaluation.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The healer's roles as they are synthesised, against the calls that it was recorded to make, against those of the rungs that the
 * recorded incident did not climb, and against what it must never be able to do.
 */
@NeedsNode
class HealerPermissionsTest {
    private static final Path RECORDED = Path.of("src/test/resources/calls.jsonl");
    /** What Lambda does for the function, as AWS prescribes it. */
    private static final Set<String> SHELL = Set.of("OwnLogs", "NetworkInterfaces");

    private static final String ARN = "arn:aws:";
    private static final String OURS = "us-east-1:" + Grants.ACCOUNT + ":";

    @ParameterizedTest
    @CsvSource({"dev, ContainerTaskTaskRole", "staging, FunctionRole", "prod, FunctionRole"})
    void thenEveryCallThatItMakesIsAllowed(String environment, String role) {
        Evaluation granted = Grants.of(Templates.of(environment), role);

        assertThat(needed(environment)).hasSizeGreaterThan(25).allSatisfy(call -> assertThat(granted.allows(call))
                .as("%s may %s", role, call)
                .isTrue());
    }

    @ParameterizedTest
    @CsvSource({"dev, ContainerTaskTaskRole", "staging, FunctionRole", "prod, FunctionRole"})
    void thenTwoHundredOthersAreNot(String environment, String role) {
        Evaluation granted = Grants.of(Templates.of(environment), role);
        List<Call> others = others(environment);

        assertThat(others).hasSizeGreaterThanOrEqualTo(200).doesNotHaveDuplicates();
        assertThat(others).noneSatisfy(call -> assertThat(granted.allows(call))
                .as("%s may %s", role, call)
                .isTrue());
    }

    /** A statement that nothing needs is one too many. */
    @Test
    void thenThereIsACallForEveryStatementThatFailsWithoutIt() {
        Evaluation granted = Grants.of(Templates.of("staging"), "FunctionRole");
        List<Call> needed = new ArrayList<>(needed("staging"));
        needed.addAll(ofTheShell());
        for (JsonNode statement : granted.statements()) {
            String sid = statement.path("Sid").asText("");
            Evaluation without = granted.without(statement);
            // The statement that the CDK adds for the on-failure destination overlaps with ours.
            if (!sid.isEmpty()) {
                assertThat(needed).as("calls without %s", sid).anyMatch(call -> !without.allows(call));
            }
            if (!sid.isEmpty() && !SHELL.contains(sid)) {
                assertThat(needed)
                        .extracting(Call::action)
                        .as(sid)
                        .containsAll(Evaluation.texts(statement.path("Action")));
            }
        }
    }

    private static List<Call> needed(String environment) {
        List<Call> calls = new ArrayList<>(RecordedCalls.read(RECORDED, "selfheal-" + environment));
        calls.addAll(ofOtherRungs("selfheal-" + environment));
        if (!environment.equals("dev")) {
            calls.add(new Call("sqs:SendMessage", ARN + "sqs:" + OURS + "WakeUps", Map.of()));
            calls.add(new Call("sqs:SendMessage", ARN + "sqs:" + OURS + "DeadLetters", Map.of()));
        }
        return calls;
    }

    /** Made by EcsActions, EcsProtection, EcsRollBack, EcsTraffic, EcsLooks, EcsEvidence, DynamoTable, Transaction, CloudWatchLogs and CloudWatchVitals. */
    private static List<Call> ofOtherRungs(String cluster) {
        Map<String, String> tagged = Map.of("aws:ResourceTag/selfheal:heal", "enabled", "ecs:cluster", "any");
        String ecs = ARN + "ecs:" + OURS;
        return List.of(
                new Call("ecs:UpdateService", ecs + "service/" + cluster + "/order", tagged),
                new Call("ecs:UpdateTaskProtection", ecs + "task/" + cluster + "/1", tagged),
                new Call("ecs:ListServiceDeployments", ecs + "service/" + cluster + "/order", tagged),
                new Call("ecs:DescribeServiceRevisions", ecs + "service-revision/" + cluster + "/order/1", Map.of()),
                new Call("ecs:StopServiceDeployment", ecs + "service-deployment/" + cluster + "/order/1", Map.of()),
                new Call(
                        "elasticloadbalancing:DeregisterTargets",
                        ARN + "elasticloadbalancing:" + OURS + "targetgroup/order/1",
                        tagged),
                new Call(
                        "elasticloadbalancing:RegisterTargets",
                        ARN + "elasticloadbalancing:" + OURS + "targetgroup/order/1",
                        tagged),
                new Call("logs:FilterLogEvents", ARN + "logs:" + OURS + "log-group:orderLogs:log-stream:", Map.of()),
                new Call("cloudwatch:GetMetricData", "*", Map.of()),
                new Call("ecs:ListServices", "*", Map.of("ecs:cluster", ecs + "cluster/" + cluster)),
                new Call("dynamodb:DescribeTable", Grants.arn("AWS::DynamoDB::Table", "Table"), Map.of()),
                new Call("dynamodb:ConditionCheckItem", Grants.arn("AWS::DynamoDB::Table", "Table"), Map.of()),
                // SNS asks for it in the name of whoever publishes to a topic with a key of its own.
                new Call("kms:Decrypt", Grants.arn("AWS::KMS::Key", "Key"), Map.of()));
    }

    /** Made by Lambda for the function, not by the healer. */
    private static List<Call> ofTheShell() {
        return List.of(
                new Call("logs:PutLogEvents", ARN + "logs:" + OURS + "log-group:FunctionLogs:log-stream:1", Map.of()),
                new Call("ec2:CreateNetworkInterface", "*", Map.of()));
    }

    private static List<Call> others(String environment) {
        String cluster = "selfheal-" + environment;
        Map<String, String> tagged = Map.of("aws:ResourceTag/selfheal:heal", "enabled", "ecs:cluster", "arn:other");
        Map<String, String> untagged = Map.of("ecs:cluster", ARN + "ecs:" + OURS + "cluster/" + cluster);
        String ecs = ARN + "ecs:" + OURS;
        List<Call> calls = new ArrayList<>();
        // Right actions on what is not ours: another cluster, account or region, and what has not opted in.
        for (String action : List.of("StopTask", "UpdateTaskProtection", "DescribeTasks")) {
            for (String task : List.of(
                    ecs + "task/other/1",
                    ecs + "task/" + cluster + "-healer/1",
                    ARN + "ecs:us-east-1:111111111111:task/" + cluster + "/1",
                    ARN + "ecs:eu-west-1:" + Grants.ACCOUNT + ":task/" + cluster + "/1")) {
                calls.add(new Call("ecs:" + action, task, tagged));
            }
        }
        for (String action : List.of("UpdateService", "DescribeServices", "ListServiceDeployments")) {
            for (String service : List.of(
                    ecs + "service/other/order",
                    ecs + "service/" + cluster + "-healer/healer",
                    ARN + "ecs:us-east-1:111111111111:service/" + cluster + "/order",
                    ARN + "ecs:eu-west-1:" + Grants.ACCOUNT + ":service/" + cluster + "/order")) {
                calls.add(new Call("ecs:" + action, service, tagged));
            }
        }
        for (Map<String, String> context : List.of(untagged, Map.<String, String>of())) {
            calls.add(new Call("ecs:StopTask", ecs + "task/" + cluster + "/1", context));
            calls.add(new Call("ecs:UpdateTaskProtection", ecs + "task/" + cluster + "/1", context));
            calls.add(new Call("ecs:UpdateService", ecs + "service/" + cluster + "/order", context));
        }
        calls.add(new Call("ecs:ListTasks", "*", tagged));
        calls.add(new Call("ecs:ListServices", "*", Map.of()));
        calls.add(new Call("ecs:StopServiceDeployment", ecs + "service-deployment/other/order/1", tagged));
        for (String action : List.of("RegisterTargets", "DeregisterTargets")) {
            calls.add(new Call(
                    "elasticloadbalancing:" + action,
                    ARN + "elasticloadbalancing:" + OURS + "targetgroup/order/1",
                    Map.of()));
        }
        for (String action : List.of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query")) {
            calls.add(new Call("dynamodb:" + action, ARN + "dynamodb:" + OURS + "table/Other", Map.of()));
        }
        calls.add(new Call("sns:Publish", ARN + "sns:" + OURS + "Alerts", Map.of()));
        calls.add(new Call("sqs:SendMessage", ARN + "sqs:" + OURS + "Other", Map.of()));
        calls.add(new Call("logs:FilterLogEvents", ARN + "logs:" + OURS + "log-group:Payroll:log-stream:", Map.of()));
        calls.add(new Call("kms:Decrypt", ARN + "kms:" + OURS + "key/Other", Map.of()));
        never().forEach((service, actions) -> Stream.of(actions.split(" "))
                .forEach(action -> calls.add(new Call(service + ":" + action, "*", tagged))));
        return calls;
    }

    /** On any resource at all. */
    private static Map<String, String> never() {
        Map<String, String> never = new LinkedHashMap<>();
        never.put(
                "ecs",
                "CreateCluster DeleteCluster UpdateCluster PutClusterCapacityProviders CreateService DeleteService RunTask"
                        + " StartTask ExecuteCommand RegisterTaskDefinition DeregisterTaskDefinition DeleteTaskDefinitions"
                        + " CreateTaskSet DeleteTaskSet UpdateServicePrimaryTaskSet PutAccountSetting TagResource"
                        + " UntagResource PutAttributes UpdateContainerInstancesState SubmitTaskStateChange ListClusters"
                        + " ListTaskDefinitions DescribeClusters");
        never.put(
                "iam",
                "PassRole CreateRole PutRolePolicy AttachRolePolicy CreateUser CreateAccessKey UpdateAssumeRolePolicy"
                        + " DeleteRole CreatePolicyVersion AddUserToGroup");
        never.put("sts", "AssumeRole GetFederationToken");
        never.put(
                "dynamodb",
                "CreateTable DeleteTable UpdateTable Scan ExportTableToPointInTime RestoreTableToPointInTime"
                        + " CreateBackup DeleteBackup UpdateTimeToLive UpdateContinuousBackups PutResourcePolicy"
                        + " BatchWriteItem PartiQLSelect");
        never.put("secretsmanager", "GetSecretValue PutSecretValue CreateSecret DeleteSecret ListSecrets UpdateSecret");
        never.put("ssm", "GetParameter GetParameters PutParameter DeleteParameter SendCommand StartSession");
        never.put(
                "kms", "CreateKey ScheduleKeyDeletion DisableKey PutKeyPolicy CreateGrant Encrypt ReEncryptFrom Sign");
        never.put("s3", "GetObject PutObject DeleteObject ListBucket DeleteBucket PutBucketPolicy ListAllMyBuckets");
        never.put(
                "rds",
                "DeleteDBInstance DeleteDBCluster ModifyDBInstance RebootDBInstance CreateDBSnapshot"
                        + " RestoreDBInstanceFromDBSnapshot StopDBInstance");
        never.put(
                "lambda",
                "InvokeFunction UpdateFunctionCode UpdateFunctionConfiguration CreateFunction DeleteFunction AddPermission"
                        + " PutFunctionEventInvokeConfig CreateEventSourceMapping GetFunction");
        never.put("sns", "CreateTopic DeleteTopic Subscribe Unsubscribe SetTopicAttributes AddPermission");
        never.put("sqs", "CreateQueue DeleteQueue PurgeQueue SetQueueAttributes AddPermission");
        never.put(
                "cloudwatch",
                "DeleteAlarms DisableAlarmActions PutMetricAlarm SetAlarmState PutDashboard DeleteDashboards"
                        + " PutCompositeAlarm DescribeAlarms");
        never.put(
                "logs",
                "DeleteLogGroup DeleteLogStream PutRetentionPolicy StartQuery CreateLogGroup PutSubscriptionFilter");
        never.put("events", "PutEvents PutRule DeleteRule DisableRule RemoveTargets PutTargets");
        never.put(
                "elasticloadbalancing",
                "DeleteLoadBalancer DeleteTargetGroup ModifyListener CreateRule DeleteRule ModifyTargetGroup SetSubnets"
                        + " SetSecurityGroups");
        never.put(
                "ec2",
                "TerminateInstances RunInstances AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress DeleteVpc"
                        + " CreateRoute DeleteSubnet ModifyVpcAttribute AttachInternetGateway DescribeInstances");
        never.put("application-autoscaling", "RegisterScalableTarget PutScalingPolicy DeleteScalingPolicy");
        never.put("cloudformation", "CreateStack UpdateStack DeleteStack ExecuteChangeSet DescribeStacks");
        never.put("ecr", "PutImage BatchDeleteImage DeleteRepository SetRepositoryPolicy");
        never.put("fis", "StartExperiment CreateExperimentTemplate StopExperiment");
        never.put("route53", "ChangeResourceRecordSets DeleteHostedZone");
        never.put("organizations", "LeaveOrganization CreateAccount");
        return never;
    }
}
