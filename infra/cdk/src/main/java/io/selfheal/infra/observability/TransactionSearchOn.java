package io.selfheal.infra.observability;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyDocumentProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.CfnResourcePolicy;
import software.amazon.awscdk.services.xray.CfnTransactionSearchConfig;

/** X-Ray keeps spans in CloudWatch Logs, in two groups that it makes; both settings are the account's, in this region. */
final class TransactionSearchOn {
    private TransactionSearchOn() {}

    static void in(Stack stack) {
        String here = ":" + stack.getRegion() + ":" + stack.getAccount() + ":";
        String logs = "arn:" + stack.getPartition() + ":logs" + here + "log-group:";
        PolicyDocument writes = new PolicyDocument(PolicyDocumentProps.builder()
                .statements(List.of(PolicyStatement.Builder.create()
                        .sid("TransactionSearch")
                        .effect(Effect.ALLOW)
                        .principals(List.of(new ServicePrincipal("xray.amazonaws.com")))
                        .actions(List.of("logs:PutLogEvents"))
                        .resources(List.of(logs + "aws/spans:*", logs + "/aws/application-signals/data:*"))
                        .conditions(Map.of(
                                "ArnLike",
                                        Map.of("aws:SourceArn", "arn:" + stack.getPartition() + ":xray" + here + "*"),
                                "StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                        .build()))
                .build());
        CfnResourcePolicy mayWrite = CfnResourcePolicy.Builder.create(stack, "SpansAreWritten")
                .policyName("selfheal-transaction-search")
                .policyDocument(stack.toJsonString(writes))
                .build();
        // X-Ray refuses to be switched on where it may not write.
        CfnTransactionSearchConfig.Builder.create(stack, "TransactionSearch")
                .indexingPercentage(1)
                .build()
                .getNode()
                .addDependency(mayWrite);
    }
}
