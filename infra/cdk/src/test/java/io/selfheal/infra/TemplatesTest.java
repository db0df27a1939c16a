package io.selfheal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.infra.Synthesised.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would hurt, if it were otherwise. That cdk-nag finds nothing is part of the synthesis, which else fails. */
@NeedsNode
class TemplatesTest {
    /** AWS's own account, by which load balancers write their access logs in us-east-1. */
    private static final String ELB = "127311923021";

    private final Synthesised all = Synthesised.all();

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenNoTemplateHoldsAnAccountOrAKey(String environment) {
        all.stacks(environment).forEach((stack, template) -> assertThat(template.toString())
                .as(stack)
                .doesNotContainPattern("(?<![0-9a-f])(?!" + ELB + ")[0-9]{12}(?![0-9a-f])")
                .doesNotContainPattern("AKIA[0-9A-Z]{16}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenNothingIsPublicButTheLoadBalancer(String environment) {
        assertThat(types(environment))
                .noneMatch(type -> type.startsWith("AWS::ApiGateway"))
                .doesNotContain("AWS::Lambda::Url", "AWS::EC2::EIPAssociation");
        assertThat(all.resources(environment, "AWS::RDS::DBInstance")).allSatisfy(one -> assertThat(
                        one.properties().path("PubliclyAccessible").asBoolean(true))
                .isFalse());
        List<String> open = new ArrayList<>();
        for (Resource group : all.resources(environment, "AWS::EC2::SecurityGroup")) {
            group.properties().path("SecurityGroupIngress").forEach(rule -> {
                if (rule.path("CidrIp").asText().equals("0.0.0.0/0")) {
                    open.add(group.toString());
                }
            });
        }
        assertThat(open).as("security groups that let everybody in").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenSecretsComeOutOfSecretsManagerAndNoneStandsInTheEnvironment(String environment) {
        for (Resource task : all.resources(environment, "AWS::ECS::TaskDefinition")) {
            for (JsonNode container : task.properties().path("ContainerDefinitions")) {
                assertThat(names(container.path("Environment"))).as("%s", task).noneMatch(TemplatesTest::secretive);
            }
        }
        for (Resource function : all.resources(environment, "AWS::Lambda::Function")) {
            List<String> names = new ArrayList<>();
            function.properties()
                    .path("Environment")
                    .path("Variables")
                    .fieldNames()
                    .forEachRemaining(names::add);
            assertThat(names).as("%s", function).noneMatch(TemplatesTest::secretive);
        }
    }

    /** Who has the administrator's password could enter every schema: only what makes a service's user has it. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenEachServiceHasItsOwnUserOfTheDatabaseAndNobodyElses(String environment) {
        List<String> users = new ArrayList<>();
        for (Resource task : all.resources(environment, "AWS::ECS::TaskDefinition")) {
            for (JsonNode container : task.properties().path("ContainerDefinitions")) {
                List<String> secrets = names(container.path("Secrets"));
                boolean makesUsers = container.path("Name").asText().equals("database-user");
                assertThat(secrets.contains("ADMIN_PASSWORD")).as("%s", task).isEqualTo(makesUsers);
                if (!makesUsers && secrets.contains("JDBC_PASSWORD")) {
                    container.path("Secrets").forEach(one -> {
                        if (one.path("Name").asText().equals("JDBC_PASSWORD")) {
                            users.add(one.path("ValueFrom").toString());
                        }
                    });
                    assertThat(container.at("/DependsOn/0/Condition").asText()).isEqualTo("SUCCESS");
                    assertThat(container.at("/DependsOn/0/ContainerName").asText())
                            .isEqualTo("database-user");
                }
            }
        }
        assertThat(users).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void whenTransactionSearchIsMade_thenXRayMayWriteItsSpansFirst() {
        Synthesised made =
                Synthesised.with("dev", "telemetry", Map.of("containerInsights", false, "transactionSearch", "make"));
        Resource policy = made.resources("dev", "AWS::Logs::ResourcePolicy").getFirst();
        assertThat(policy.properties().path("PolicyDocument").toString())
                .contains("xray.amazonaws.com", "log-group:aws/spans:*", "aws:SourceAccount");
        assertThat(made.resources("dev", "AWS::XRay::TransactionSearchConfig"))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.json().path("DependsOn").toString()).contains(policy.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenEverythingThatKeepsSomethingKeepsItEncryptedAndNotForEver(String environment) {
        assertThat(all.resources(environment, "AWS::Logs::LogGroup"))
                .isNotEmpty()
                .allSatisfy(group -> assertThat(
                                group.properties().path("RetentionInDays").asInt())
                        .as("%s", group)
                        .isPositive());
        assertThat(all.resources(environment, "AWS::SNS::Topic")).isNotEmpty().allSatisfy(topic -> assertThat(
                        topic.properties().has("KmsMasterKeyId"))
                .isTrue());
        assertThat(all.resources(environment, "AWS::SQS::Queue")).isNotEmpty().allSatisfy(queue -> assertThat(
                        queue.properties().path("SqsManagedSseEnabled").asBoolean())
                .isTrue());
        assertThat(all.resources(environment, "AWS::S3::Bucket")).isNotEmpty().allSatisfy(bucket -> assertThat(
                        bucket.properties().has("BucketEncryption"))
                .isTrue());
        assertThat(Stream.concat(
                        all.resources(environment, "AWS::RDS::DBInstance").stream(),
                        all.resources(environment, "AWS::RDS::DBCluster").stream()))
                .isNotEmpty()
                .allSatisfy(base -> assertThat(base.properties()
                                .path("StorageEncrypted")
                                .asBoolean(belongs(base, "DBClusterIdentifier")))
                        .isTrue());
        assertThat(all.resources(environment, "AWS::KMS::Key")).allSatisfy(key -> assertThat(
                        key.properties().path("EnableKeyRotation").asBoolean())
                .isTrue());
    }

    /** The statement that enforces TLS takes the place of the policy by which alarms may publish; cdk-nag does not see it. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenAlarmsAndEventsMayStillPublishToTheTopics(String environment) {
        List<Resource> topics = all.resources(environment, "AWS::SNS::Topic");
        assertThat(all.resources(environment, "AWS::SNS::TopicPolicy")).hasSameSizeAs(topics);
        for (Resource policy : all.resources(environment, "AWS::SNS::TopicPolicy")) {
            String statements = policy.properties().path("PolicyDocument").toString();
            assertThat(statements).contains("aws:SecureTransport");
            assertThat(statements.contains("cloudwatch.amazonaws.com") || statements.contains("events.amazonaws.com"))
                    .as("%s lets AWS publish", policy)
                    .isTrue();
        }
        JsonNode notices = all.resources(environment, "AWS::SNS::TopicPolicy").stream()
                .filter(one -> one.id().startsWith("Notices"))
                .findFirst()
                .orElseThrow()
                .properties();
        assertThat(notices.toString())
                .contains("cloudwatch.amazonaws.com", "budgets.amazonaws.com", "aws:SourceAccount");
        assertThat(all.resources(environment, "AWS::KMS::Key")
                        .getFirst()
                        .properties()
                        .toString())
                .contains("cloudwatch.amazonaws.com", "kms:GenerateDataKey*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void givenTheFunction_thenWhatFailsIsTriedAgainAndKept(String environment) {
        Resource asynchronous =
                all.resources(environment, "AWS::Lambda::EventInvokeConfig").getFirst();
        assertThat(asynchronous.properties().path("Qualifier").toString()).contains("FunctionLive");
        assertThat(asynchronous.properties().path("MaximumRetryAttempts").asInt())
                .isEqualTo(2);
        assertThat(asynchronous.properties().path("MaximumEventAgeInSeconds").asInt())
                .isEqualTo(600);
        assertThat(asynchronous.properties().path("DestinationConfig").has("OnFailure"))
                .isTrue();
        assertThat(all.resources(environment, "AWS::Lambda::Function"))
                .filteredOn(one -> one.properties().path("Runtime").asText().equals("java25"))
                .singleElement()
                .satisfies(one -> assertThat(
                                one.properties().at("/SnapStart/ApplyOn").asText())
                        .isEqualTo("PublishedVersions"));
        for (Resource rule : all.resources(environment, "AWS::Events::Rule")) {
            rule.properties().path("Targets").forEach(target -> {
                assertThat(target.path("Arn").toString()).as("%s", rule).contains("Live");
                assertThat(target.has("DeadLetterConfig")).as("%s", rule).isTrue();
            });
        }
        assertThat(all.resources(environment, "AWS::Lambda::EventSourceMapping"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.properties().path("BatchSize").asInt()).isEqualTo(1);
                    assertThat(one.properties().path("FunctionResponseTypes").toString())
                            .contains("ReportBatchItemFailures");
                });
    }

    @Test
    void givenTheContainer_thenTheCourierHoldsNoSecretAndTheHealerGoesBySignatures() {
        Resource courier = all.resources("dev", "AWS::Lambda::Function").stream()
                .filter(one -> one.id().startsWith("Courier"))
                .findFirst()
                .orElseThrow();
        assertThat(courier.properties().path("Environment").toString())
                .isEqualTo("{\"Variables\":{\"HEALER\":\"http://healer.selfheal-dev.internal:7070/signals/sns\"}}");
        assertThat(all.resources("dev", "AWS::SNS::Topic")).allSatisfy(topic -> assertThat(
                        topic.properties().path("SignatureVersion").asText())
                .isEqualTo("2"));
        assertThat(all.resources("dev", "AWS::SNS::Subscription")).hasSize(2).allSatisfy(one -> assertThat(
                        one.properties().path("RawMessageDelivery").asBoolean())
                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenAReleaseThatGoesWrongIsTakenBackByAnAlarmThatExists(String environment) {
        List<String> alarms = all.resources(environment, "AWS::CloudWatch::Alarm").stream()
                .map(one -> one.properties().path("AlarmName").asText())
                .toList();
        assertThat(all.resources(environment, "AWS::ECS::Service"))
                .filteredOn(one -> one.stack().equals("Services"))
                .hasSize(3)
                .allSatisfy(service -> {
                    JsonNode deployment = service.properties().path("DeploymentConfiguration");
                    assertThat(deployment
                                    .at("/DeploymentCircuitBreaker/Rollback")
                                    .asBoolean())
                            .isTrue();
                    assertThat(deployment.at("/Alarms/Rollback").asBoolean()).isTrue();
                    assertThat(alarms)
                            .contains(deployment.at("/Alarms/AlarmNames/0").asText());
                    assertThat(service.properties().path("PropagateTags").asText())
                            .isEqualTo("SERVICE");
                    assertThat(service.properties().path("Tags").toString()).contains("selfheal:heal");
                });
    }

    @Test
    void givenProd_thenNothingIsBrokenOnPurposeAndDataIsKept() {
        assertThat(types("prod")).noneMatch(type -> type.startsWith("AWS::FIS"));
        assertThat(all.stacks("prod").toString()).doesNotContain("FAULTS_ENABLED", "x-selfheal-service");
        assertThat(all.resources("prod", "AWS::EC2::NatGateway")).hasSize(3);
        assertThat(all.resources("prod", "AWS::DynamoDB::Table"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.json().path("DeletionPolicy").asText()).isEqualTo("Retain");
                    assertThat(table.properties()
                                    .path("DeletionProtectionEnabled")
                                    .asBoolean())
                            .isTrue();
                });
        assertThat(all.resources("prod", "AWS::RDS::DBCluster")).singleElement().satisfies(base -> {
            assertThat(base.json().path("DeletionPolicy").asText()).isEqualTo("Snapshot");
            assertThat(base.properties().path("DeletionProtection").asBoolean()).isTrue();
        });
    }

    @Test
    void givenDev_thenThereIsNoNatAndTheTasksStandBehindClosedDoors() {
        assertThat(all.resources("dev", "AWS::EC2::NatGateway")).isEmpty();
        assertThat(all.resources("dev", "AWS::ECS::Service")).allSatisfy(service -> assertThat(service.properties()
                        .at("/NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp")
                        .asText())
                .isEqualTo("ENABLED"));
        assertThat(all.resources("dev", "AWS::EC2::SecurityGroup")).allSatisfy(group -> assertThat(
                        group.properties().path("SecurityGroupIngress").toString())
                .doesNotContain("0.0.0.0/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void thenEverythingThatCanCarriesTheTagsOfItsEnvironment(String environment) {
        for (Resource one : all.resources(environment)) {
            if (one.id().startsWith("Custom")) {
                continue; // the CDK's own, which makes it without tags
            }
            if (Set.of(
                            "AWS::ECS::Cluster",
                            "AWS::ECS::Service",
                            "AWS::Lambda::Function",
                            "AWS::DynamoDB::Table",
                            "AWS::SQS::Queue",
                            "AWS::SNS::Topic",
                            "AWS::RDS::DBInstance",
                            "AWS::EC2::VPC")
                    .contains(one.type())) {
                assertThat(one.properties().path("Tags").toString())
                        .as("%s", one)
                        .contains("\"selfheal:environment\",\"Value\":\"" + environment + "\"");
            }
        }
    }

    private List<String> types(String environment) {
        return all.resources(environment).stream().map(Resource::type).toList();
    }

    private static List<String> names(JsonNode variables) {
        List<String> names = new ArrayList<>();
        variables.forEach(one -> names.add(one.path("Name").asText()));
        return names;
    }

    /** What belongs to a cluster is as that is. */
    private static boolean belongs(Resource resource, String key) {
        return resource.properties().has(key);
    }

    private static boolean secretive(String name) {
        return name.matches(".*(TOKEN|PASSWORD|SECRET|_KEY).*");
    }
}
