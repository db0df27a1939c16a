package io.selfheal.infra.nag;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.ecs.TaskDefinition;
import software.constructs.IConstruct;

/** The one place that knows cdk-nag, which will be asked in another way from its version 3 on. */
public final class Nag {
    private Nag() {}

    public static void watch(Stage stage) {
        Aspects.of(stage).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    }

    /** Accepts a rule's findings on this construct and what is below it. */
    public static void accept(IConstruct construct, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-" + rule)
                        .reason(reason)
                        .build()),
                true);
    }

    /** Accepts a wildcard in a policy, and only the one that is named, such as {@code Resource::*}. */
    public static void acceptWildcard(IConstruct construct, String finding, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-IAM5")
                        .reason(reason)
                        .appliesTo(List.of(finding))
                        .build()),
                true);
    }

    /** As {@link #acceptWildcard}, for findings that hold an account's or a stack's own names. */
    public static void acceptWildcards(IConstruct construct, String regex, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-IAM5")
                        .reason(reason)
                        .appliesTo(List.of(Map.of("regex", "/" + regex + "/")))
                        .build()),
                true);
    }

    /** Accepts the one wildcard that the role has by which ECS starts a task. */
    public static void acceptImageLogin(TaskDefinition task) {
        acceptWildcard(
                task.obtainExecutionRole(),
                "Resource::*",
                "ecr:GetAuthorizationToken knows no resources; the images themselves are named");
    }

    /** Accepts a warning of the CDK that speaks of something that is taken care of. */
    public static void acceptWarning(IConstruct construct, String id, String reason) {
        Validations.of(construct)
                .acknowledge(Acknowledgment.builder()
                        .id("Annotation::" + id)
                        .reason(reason)
                        .build());
    }

    /** Accepts what the library's own validation of templates says, where it is mistaken. */
    public static void acceptTemplate(IConstruct construct, String rule, String reason) {
        Validations.of(construct)
                .acknowledge(Acknowledgment.builder()
                        .id("CloudFormation-Validate::" + rule)
                        .reason(reason)
                        .build());
    }
}
